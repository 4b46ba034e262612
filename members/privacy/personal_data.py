from django.utils.translation import gettext_lazy as _

from members.privacy.models import Erasure, PrivacyRequest
from temp_portal.audit.holdings import holding, left_out

holding(
    PrivacyRequest,
    person=["person"],
    user=["created_by"],
    organisation=["organisation"],
    fields=["kind", "text", "state", "created_at", "due_on", "answer", "answered_at"],
    erased={"text": "", "answer": ""},
    stays=_("That somebody asked and was answered in time stays on record, without the texts."),
)
left_out(Erasure, "person", "organisation", why=_("The record of an erasure holds a number and no name."))
