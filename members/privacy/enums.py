from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestKind(TextChoices):
    """What a person may ask for (domain brief §9; PIPL articles 44–50)."""

    CORRECTION = "correction", _("correct my data")
    OBJECTION = "objection", _("stop using my data for a purpose")
    ERASURE = "erasure", _("erase my data")


class RequestState(TextChoices):
    OPEN = "open", _("waits for an answer")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


class ErasureState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    CONFIRMED = "confirmed", _("being erased")
    DONE = "done", _("erased")
    DECLINED = "declined", _("declined")


class ErasureScope(TextChoices):
    PERSON = "person", _("a person")
    ORGANISATION = "organisation", _("all contacts of an organisation")


REQUEST_TONES: dict[str, str] = {RequestState.OPEN: "wait", RequestState.GRANTED: "ok", RequestState.REFUSED: "bad"}
ERASURE_TONES: dict[str, str] = {
    ErasureState.PROPOSED: "wait",
    ErasureState.CONFIRMED: "info",
    ErasureState.DONE: "ok",
    ErasureState.DECLINED: "bad",
}
