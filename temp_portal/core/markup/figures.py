"""Numbers, amounts and dates in the reader's language: true minus, grouped digits, months written out."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | float | Decimal

MINUS: Final = "\u2212"
#: Stands in a cell that has no value.
NOTHING: Final = "\u2013"


def number(value: Number | None, places: int | None = None) -> str:
    """`value` with grouped digits and `places` decimals (as many as it has when None): 1,284.50 or 1 284,50."""
    if value is None:
        return NOTHING
    exact = value if isinstance(value, int) else Decimal(str(value))
    if places is not None:
        exact = Decimal(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no "−0.0"
    text = f"{exact:,}" if isinstance(exact, int) else f"{exact:,f}"
    return text.translate(_separators(get_language() or "en"))


@lru_cache(maxsize=16)
def _separators(language: str) -> dict[int, str]:
    """From Python's separators to those of a language. Django's own formatting is ten times slower and truncates."""
    group, decimal = (
        formats.get_format(name, lang=language, use_l10n=True) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")
    )
    return str.maketrans({",": group, ".": decimal, "-": MINUS})


def percent(fraction: Number | Fraction | None, places: int = 1) -> str:
    """A fraction as a percentage: 0.4667 → 46.7%. An exact one is divided as late as possible."""
    if fraction is None:
        return NOTHING
    if isinstance(fraction, Fraction):
        hundredths = Decimal(fraction.numerator * 100) / Decimal(fraction.denominator)
    else:
        hundredths = Decimal(str(fraction)) * 100
    return _("%(number)s%%") % {"number": number(hundredths, places)}


def delta(value: Number | None, places: int | None = None) -> str:
    """A difference with its sign: +3, −1, 0."""
    if value is None:
        return NOTHING
    return _signed(value, places)


def _signed(value: Number, places: int | None) -> str:
    """The figure with a plus if it is above zero as shown: 0.04 to one place is 0.0."""
    text = number(value, places)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def percent_delta(now: Number, before: Number, places: int = 1) -> str:
    """Growth from `before` to `now`: +12.5%, −5.0%; "n/a" for growth from zero (domain brief §8)."""
    if not before:
        return _("n/a")
    growth = (Decimal(str(now)) - Decimal(str(before))) / abs(Decimal(str(before))) * 100
    return _("%(number)s%%") % {"number": _signed(growth, places)}


def money(amount: Number | None, currency: str, places: int = 2) -> str:
    """An amount behind its ISO 4217 code: USD 1,284.50. The code never breaks from the amount."""
    if amount is None:
        return NOTHING
    return f"{currency}\u00a0{number(amount, places)}"


def date_text(value: date | None) -> str:
    """A day that cannot be misread in any language: 14 Mar 2023, 2023年3月14日, 14 марта 2023."""
    if value is None:
        return NOTHING
    return _format(value, "DATE_FORMAT", get_language() or "en")


def moment_text(value: datetime | None) -> str:
    """A day and a time of day in the portal's time zone: 14 Mar 2023, 16:42."""
    if value is None:
        return NOTHING
    return _format(_local(value), "DATETIME_FORMAT", get_language() or "en")


def time_tag(value: date | None) -> SafeString:
    """`<time>` around a date or a moment, machine-readable beside readable."""
    if value is None:
        return SafeString(NOTHING)
    if isinstance(value, datetime):
        local = _local(value)
        return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), moment_text(value))
    return _day_tag(value, get_language() or "en")


@lru_cache(maxsize=4096)
def _day_tag(value: date, language: str) -> SafeString:
    """Cached: a page of seats holds the same few hundred days over and over."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _format(value, "DATE_FORMAT", language))


@lru_cache(maxsize=4096)
def _format(value: date, name: str, language: str) -> str:
    """`value` by the format called `name`; the language is part of the cache's key, Django reads the active one."""
    return formats.date_format(value, formats.get_format(name, lang=language, use_l10n=True))


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
