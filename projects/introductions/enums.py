from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """Domain brief §6.1: from a person to a first disbursement or production, and the two exits."""

    IDENTIFIED = "identified", _("identified")
    CONTACTED = "contacted", _("contacted")
    RECRUITED = "recruited", _("recruited")
    IDEA = "idea", _("idea")
    FEASIBILITY = "feasibility", _("feasibility study")
    AGREEMENT = "agreement", _("agreement")
    REGISTERED = "registered", _("company registered")
    LANDED = "landed", _("landed")
    DECLINED = "declined", _("declined")
    LOST = "lost", _("lost")


EXITS: Final = (Step.DECLINED, Step.LOST)
#: The way through the pipeline, in its order.
WAY: Final = tuple(step for step in Step if step not in EXITS)
UNDER_WAY: Final = WAY[:-1]


class Criterion(TextChoices):
    """What an entrepreneur is assessed by (domain brief §6.1): "intelligence" means these, not scientists."""

    INNOVATION = "innovation", _("innovation")
    BRAND = "brand", _("brand")
    OUTLOOK = "outlook", _("global outlook")


class Score(IntegerChoices):
    VERY_WEAK = 1, _("1 very weak")
    WEAK = 2, _("2 weak")
    FAIR = 3, _("3 fair")
    STRONG = 4, _("4 strong")
    VERY_STRONG = 5, _("5 very strong")


class Landing(TextChoices):
    """What the landing is proved by."""

    DISBURSEMENT = "disbursement", _("first verified disbursement")
    PRODUCTION = "production", _("first production")
