from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import Stage

#: Stages in which a project is handed over, or has been.
HANDING_OVER: Final = (Stage.S10, Stage.S11)
#: Months after the handover at which a project is looked at again (domain brief §6.8).
REVIEW_MONTHS: Final = (12, 36, 60)


class TransferKind(TextChoices):
    """Domain brief §6.8."""

    STANDARDS = "standards", pgettext_lazy("transfer", "standards")
    TECHNOLOGY = "technology", pgettext_lazy("transfer", "technology")
    EXPERTISE = "expertise", pgettext_lazy("transfer", "expertise")
    MANAGEMENT = "management", pgettext_lazy("transfer", "management")


class SpareParts(TextChoices):
    SECURED = "secured", _("secured")
    PARTLY = "partly", _("partly secured")
    LACKING = "lacking", _("lacking")


class CertificateState(TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "valid")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")


class ReviewState(TextChoices):
    PLANNED = "planned", pgettext_lazy("review", "planned")
    DONE = "done", pgettext_lazy("review", "done")
