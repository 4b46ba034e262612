"""What people are told about requests and erasures. No notice carries a name that it would have to be erased from."""

from django.utils.translation import gettext_lazy as _

from members.privacy.enums import ErasureScope, RequestKind
from members.privacy.models import Erasure, PrivacyRequest
from temp_portal.notifications.kinds import Context, Kind, every_language, register


def _request(request: PrivacyRequest) -> Context:
    return {"what": every_language(RequestKind(request.kind).label), "due_on": request.due_on}


def _erasure(erasure: Erasure) -> Context:
    return {"what": every_language(ErasureScope(erasure.scope).label), "reason": erasure.reason}


WHAT = (_("What is asked"), "what")
ANSWER = (_("Answer"), "answer")

register(
    Kind(
        "privacy_request_made",
        label=_("A request about personal data"),
        subject=_("Somebody asks: %(what)s"),
        body=_("It has to be answered with a reason by %(due_on)s."),
        context=_request,
    ),
    Kind(
        "privacy_request_granted",
        label=_("Your request about your data was granted"),
        subject=_("Granted: %(what)s"),
        body=_("The Secretariat has granted your request about personal data."),
        details=(ANSWER,),
        context=_request,
        switchable=False,
    ),
    Kind(
        "privacy_request_refused",
        label=_("Your request about your data was refused"),
        subject=_("Refused: %(what)s"),
        body=_("The Secretariat has refused your request about personal data. The reason is given below."),
        details=(ANSWER,),
        context=_request,
        switchable=False,
    ),
    Kind(
        "erasure_proposed",
        label=_("An erasure waits for a second person"),
        subject=_("An erasure waits to be confirmed: %(what)s"),
        body=_("Read what would be erased and what remains, then confirm or decline it."),
        details=((_("Reason"), "reason"),),
        context=_erasure,
    ),
)
