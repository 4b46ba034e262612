from django.utils.translation import gettext_lazy as _

from members.privacy.models import Erasure, PrivacyRequest
from temp_portal.audit.holdings import holding, left_out
from temp_portal.audit.models import Transition

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

# The longest kind comes last.
holding(
    Transition,
    user=["by"],
    fields=["at", "subject_type", "subject_id", "move", "reason"],
    stays=_("The chain of what was done by whom stays whole; it names the account, whose name is erased."),
)
