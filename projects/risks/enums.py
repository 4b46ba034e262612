from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RiskType(TextChoices):
    """Domain brief §6.3: the ministry's five categories, and those that the seed names beside them."""

    POLITICAL = "political", pgettext_lazy("risk", "political")
    ECONOMIC = "economic", pgettext_lazy("risk", "economic")
    POLICY = "policy", pgettext_lazy("risk", "policy")
    NATURAL = "natural", pgettext_lazy("risk", "natural")
    TECHNICAL_BARRIERS = "barriers", _("technical barriers")
    SUPPLY_CHAIN = "supply", _("supply-chain disruption")
    EXCHANGE_RATE = "currency", _("exchange-rate risk")
    GEOPOLITICAL = "geopolitical", _("geopolitical risk")
    OTHER = "other", pgettext_lazy("risk", "other")


class RiskState(TextChoices):
    OPEN = "open", pgettext_lazy("risk", "open")
    CLOSED = "closed", pgettext_lazy("risk", "closed")


class Likelihood(IntegerChoices):
    RARE = 1, _("rare")
    UNLIKELY = 2, _("unlikely")
    POSSIBLE = 3, _("possible")
    LIKELY = 4, _("likely")
    ALMOST_CERTAIN = 5, _("almost certain")


class Impact(IntegerChoices):
    NEGLIGIBLE = 1, pgettext_lazy("impact", "negligible")
    MINOR = 2, pgettext_lazy("impact", "minor")
    MODERATE = 3, pgettext_lazy("impact", "moderate")
    MAJOR = 4, pgettext_lazy("impact", "major")
    SEVERE = 5, pgettext_lazy("impact", "severe")


class RiskLevel(TextChoices):
    LOW = "low", pgettext_lazy("risk", "low")
    MEDIUM = "medium", pgettext_lazy("risk", "medium")
    HIGH = "high", pgettext_lazy("risk", "high")
    EXTREME = "extreme", pgettext_lazy("risk", "extreme")


#: The least product of likelihood and impact of each level, the worst first.
LEVELS: Final = ((15, RiskLevel.EXTREME), (10, RiskLevel.HIGH), (5, RiskLevel.MEDIUM), (1, RiskLevel.LOW))


def level_of(score: int) -> RiskLevel:
    """The level of likelihood × impact (1 to 25)."""
    return next(level for least, level in LEVELS if score >= least)
