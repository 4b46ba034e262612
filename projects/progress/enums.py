from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import Stage

#: Stages in which the lead enterprise reports every quarter.
REPORTING: Final = (Stage.S6, Stage.S7, Stage.S8, Stage.S9, Stage.S10)


class MilestoneState(TextChoices):
    PLANNED = "planned", _("planned")
    REACHED = "reached", _("reached")
    DROPPED = "dropped", _("dropped")


class UpdateState(TextChoices):
    DRAFT = "draft", _("to be filled in")
    SUBMITTED = "submitted", _("sent")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


#: States in which the lead enterprise has the update in hand.
OPEN: Final = (UpdateState.DRAFT, UpdateState.RETURNED)
#: States in which the committee has it, or has had it.
SENT: Final = (UpdateState.SUBMITTED, UpdateState.ACCEPTED)


class JobOrigin(TextChoices):
    LOCAL = "local", pgettext_lazy("jobs", "local")
    EXPATRIATE = "expatriate", pgettext_lazy("jobs", "expatriate")


class JobPhase(TextChoices):
    CONSTRUCTION = "construction", pgettext_lazy("jobs", "construction")
    OPERATION = "operation", pgettext_lazy("jobs", "operation")


class LocalisationKind(TextChoices):
    """Domain brief §6.9."""

    RESEARCH = "research", _("research and development")
    PRODUCTION = "production", _("production")
    SALES = "sales", _("sales")
    STAFF = "staff", _("staff")
    PROCUREMENT = "procurement", _("procurement")
