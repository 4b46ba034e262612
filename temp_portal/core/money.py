"""Amounts as people write them, read into base units and an ISO 4217 currency; and written for a reader in millions.

Rules for a number: a space, a no-break space or an apostrophe only groups digits; with both `.` and `,` the last one is
the decimal sign; a lone comma groups when exactly three digits follow one to three others ("1,234"), and is the decimal
sign otherwise ("1,5", "0,123", "1234,567"). What can be read in two ways is refused.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from temp_portal.core.currencies import is_currency
from temp_portal.core.markup import figures

#: Powers of ten beyond which a number is a slip of the pen.
MAX_MAGNITUDE: Final = 24
MILLION: Final = Decimal(1_000_000)


class AmountError(ValueError):
    """The text is not an amount, or could be read in two ways; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` in base units of `currency` (ISO 4217), which is None when the text names none."""

    value: Decimal
    currency: str | None = None


_MULTIPLIERS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("千", "тыс", "тысяч", "thousand", "k", "ths"), 10**3),
    **dict.fromkeys(("万", "萬"), 10**4),
    **dict.fromkeys(("十万",), 10**5),
    **dict.fromkeys(("百万", "млн", "миллион", "миллиона", "миллионов", "million", "mln", "mio", "mn", "m"), 10**6),
    **dict.fromkeys(("千万",), 10**7),
    **dict.fromkeys(("亿", "億"), 10**8),
    **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов", "billion", "bln", "bn", "b"), 10**9),
    **dict.fromkeys(("万亿", "трлн", "trillion", "tn"), 10**12),
}

_CURRENCIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("人民币", "人民币元", "¥", "юань", "юаня", "юаней", "yuan", "renminbi", "rmb"), "CNY"),
    **dict.fromkeys(("美元", "美金", "us$", "$", "us", "dollars", "dollar", "долл", "доллар"), "USD"),
    **dict.fromkeys(("доллара", "долларов", "доллары", "сша"), "USD"),
    **dict.fromkeys(("港元", "港币", "香港元", "香港币", "hk$"), "HKD"),
    **dict.fromkeys(("澳门元", "澳门币"), "MOP"),
    **dict.fromkeys(("新台币", "台币", "nt$"), "TWD"),
    **dict.fromkeys(("欧元", "€", "euro", "euros", "евро"), "EUR"),
    **dict.fromkeys(("日元", "日圆", "yen"), "JPY"),
    **dict.fromkeys(("英镑", "£", "pounds"), "GBP"),
    **dict.fromkeys(("韩元", "₩"), "KRW"),
    **dict.fromkeys(("新加坡元", "新元", "s$"), "SGD"),
    **dict.fromkeys(("澳元", "澳大利亚元", "a$"), "AUD"),
    **dict.fromkeys(("加元", "加拿大元", "c$"), "CAD"),
    **dict.fromkeys(("瑞士法郎",), "CHF"),
    **dict.fromkeys(("卢布", "俄罗斯卢布", "₽", "р", "руб", "рубль", "рубля", "рублей", "rubles", "roubles"), "RUB"),
    **dict.fromkeys(("坚戈", "₸", "тенге", "tenge"), "KZT"),
    **dict.fromkeys(("索姆", "сом", "сома", "сомов", "som"), "KGS"),
    **dict.fromkeys(("苏姆", "сум", "сума", "сумов", "sum", "soum"), "UZS"),
    **dict.fromkeys(("索莫尼", "сомони", "somoni"), "TJS"),
    **dict.fromkeys(("印度卢比", "₹", "inr"), "INR"),
    **dict.fromkeys(("巴基斯坦卢比",), "PKR"),
    **dict.fromkeys(("白俄罗斯卢布",), "BYN"),
    **dict.fromkeys(("伊朗里亚尔",), "IRR"),
}

#: Says "currency unit" and becomes yuan when nothing more exact stands beside it, as in 万元 and 万元(美元).
_GENERIC: Final[Mapping[str, str]] = dict.fromkeys(("元", "圆", "圓"), "CNY")

_CHINESE: Final = "|".join(
    sorted((word for word in (*_MULTIPLIERS, *_CURRENCIES, *_GENERIC) if ord(word[0]) > 0x2E80), key=len, reverse=True)
)
_TOKEN: Final = re.compile(rf"(?:us|hk|nt|s|a|c)\$|[$€£¥₽₸₹₩]|{_CHINESE}|[^\W\d_\u2e80-\uffdf]+|[^\s\W_]|[^\s\W]")
_NUMBER: Final = re.compile(r"[+-]?\d[\d.,' ]*(?:(?<=\d)e[+-]?\d+(?![^\W_]))?|[+-]?[.,]\d+", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<sign>[., '])\d{3}(?:(?P=sign)\d{3})*|(?:,\d{2})+,\d{3})?|\d+")
_SPACES: Final = re.compile(r"\s+")
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "’": "'", "‘": "'", "`": "'"})


def parse_decimal(text: str) -> Decimal:
    """Read one plain number (see the rules above; full-width digits, "(500)" for −500 and 1.2E+08 are understood).

    Raises AmountError.
    """
    plain = _normalised(text)
    if plain.startswith("(") and plain.endswith(")"):
        return -_number(plain[1:-1].strip(), text)
    return _number(plain, text)


def parse_amount(text: str, *, units: Mapping[str, str] | None = None) -> Amount:
    """Read a number with its unit: "50(万元人民币)", "1,000 万美元", "USD 475 m", "1,5 млрд руб.".

    `units` rewrites a source's own words for units into ones known here, e.g. {"CNY_10k": "万元"}. Raises AmountError.
    """
    for word, meaning in (units or {}).items():
        text = text.replace(word, meaning)
    plain = _normalised(text)
    numbers = list(_NUMBER.finditer(plain))
    if len(numbers) != 1:
        raise AmountError(_("“%(text)s” is not one amount.") % {"text": text})
    (found,) = numbers
    unit = plain[: found.start()] + " " + plain[found.end() :]
    factor, currency = _unit(unit, text)
    value = _number(found.group().strip(" ,"), text) * factor
    is_accounting_negative = plain.startswith("(") and plain[found.end() :].lstrip().startswith(")")
    return Amount(-value if is_accounting_negative else value, currency)


def millions(amount: Decimal, places: int = 2) -> str:
    """`amount` in millions for the active language: 1,234.50 or 1 234,50, rounded half up, with a true minus."""
    rounded = round_half_up(amount / MILLION, places)
    return figures.number(abs(rounded) if rounded == 0 else rounded, places)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """`value` with `places` decimals, halves away from zero as in accounts. For display only (domain brief §7)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def _normalised(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).translate(_SIGNS).strip().casefold()


def _number(plain: str, text: str) -> Decimal:
    body, exponent_sign, exponent = plain.partition("e")
    sign = body[:1] if body[:1] in "+-" else ""
    whole, fraction = _split(body[len(sign) :].strip(), text)
    if not _GROUPED.fullmatch(whole) or not (fraction.isdigit() or not fraction):
        raise AmountError(_("“%(text)s” is not a number.") % {"text": text})
    digits = re.sub(r"\D", "", whole)
    try:
        value = Decimal(f"{sign}{digits}{fraction and f'.{fraction}'}{exponent_sign}{exponent}")
    except InvalidOperation as error:
        raise AmountError(_("“%(text)s” is not a number.") % {"text": text}) from error
    if value and abs(value.adjusted()) > MAX_MAGNITUDE:
        raise AmountError(_("“%(text)s” is too large or too small a number.") % {"text": text})
    return value


def _split(body: str, text: str) -> tuple[str, str]:
    """Whole part, still grouped, and decimals of an unsigned number."""
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        decimal_sign = "." if body.rindex(".") > body.rindex(",") else ","
    elif dots == 1:
        decimal_sign = "."
    elif commas == 1 and _is_decimal_comma(body, text):
        decimal_sign = ","
    else:
        return body, ""
    whole, __, fraction = body.rpartition(decimal_sign)
    if decimal_sign in whole:
        raise AmountError(_("“%(text)s” is not a number.") % {"text": text})
    return whole or "0", fraction


def _is_decimal_comma(body: str, text: str) -> bool:
    whole, __, fraction = body.partition(",")
    if " " in body or "'" in body or len(whole) > 3 or whole in {"", "0"}:
        return True
    if len(fraction) > 3:
        message = _("“%(text)s” can be read in two ways. Write a point before decimals and no comma.")
        raise AmountError(message % {"text": text})
    return len(fraction) < 3


def _unit(unit: str, text: str) -> tuple[int, str | None]:
    """Factor and currency that the words beside the number mean."""
    factors: list[int] = []
    exact: set[str] = set()
    generic: set[str] = set()
    for token in _tokens(unit):
        if token in _MULTIPLIERS:
            factors.append(_MULTIPLIERS[token])
        elif token in _GENERIC:
            generic.add(_GENERIC[token])
        elif token in _CURRENCIES:
            exact.add(_CURRENCIES[token])
        elif is_currency(token.upper()):
            exact.add(token.upper())
        else:
            raise AmountError(_("“%(unit)s” in “%(text)s” is not a known unit.") % {"unit": token, "text": text})
    named = exact or generic
    if len(factors) > 1 or len(named) > 1:
        raise AmountError(_("“%(text)s” names more than one unit.") % {"text": text})
    return (factors[0] if factors else 1), (named.pop() if named else None)


def _tokens(unit: str) -> Iterator[str]:
    return (found.group() for found in _TOKEN.finditer(unit))
