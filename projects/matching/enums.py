from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ListingState(TextChoices):
    """A demand, a capability, a resource or a source of capital."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")


class HsEdition(IntegerChoices):
    """Editions of the Harmonised System of the World Customs Organization."""

    HS2012 = 2012, "HS 2012"
    HS2017 = 2017, "HS 2017"
    HS2022 = 2022, "HS 2022"
    HS2028 = 2028, "HS 2028"


class Unit(TextChoices):
    """Units in which quantities are compared; only equal ones are."""

    PIECE = "piece", _("pieces")
    SET = "set", _("sets")
    KILOGRAM = "kg", _("kilograms")
    TONNE = "t", _("tonnes")
    METRE = "m", _("metres")
    SQUARE_METRE = "m2", _("square metres")
    CUBIC_METRE = "m3", _("cubic metres")
    LITRE = "l", _("litres")
    KILOWATT = "kw", _("kilowatts")
    MEGAWATT = "mw", _("megawatts")
    MEGAWATT_HOUR = "mwh", _("megawatt hours")


class Instrument(TextChoices):
    EQUITY = "equity", _("equity")
    LOAN = "loan", _("loan")
    LEASE = "lease", _("lease")
    GUARANTEE = "guarantee", _("guarantee")
    FUND = "fund", _("investment fund")


class MatchState(TextChoices):
    """Domain brief §6.10. A suggestion that is dismissed stays away."""

    SUGGESTED = "suggested", _("suggested")
    INTRODUCED = "introduced", _("introduced")
    SAMPLE = "sample", _("sample")
    QUOTED = "quoted", _("quoted")
    CONTRACTED = "contracted", _("contracted")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")
    DISMISSED = "dismissed", _("dismissed")


#: The way of a match that a human has confirmed, in its order.
WAY: Final = (
    MatchState.SUGGESTED,
    MatchState.INTRODUCED,
    MatchState.SAMPLE,
    MatchState.QUOTED,
    MatchState.CONTRACTED,
    MatchState.DELIVERED,
)
IN_MOTION: Final = (MatchState.INTRODUCED, MatchState.SAMPLE, MatchState.QUOTED, MatchState.CONTRACTED)
