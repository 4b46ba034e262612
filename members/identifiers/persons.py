"""Numbers of people. The register keeps organisations: such a number is recognised, refused and never stored."""

import re
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric
from stdnum.ru import inn

from members.identifiers import text
from members.identifiers.reasons import Text

_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_IIN = re.compile(rf"\d\d{_MONTH}{_DAY}[0-6]\d{{5}}")
_UZ_PINFL = re.compile(rf"[3-6]{_DAY}{_MONTH}\d{{9}}")
_KG_PIN = re.compile(rf"[12]{_DAY}{_MONTH}(?:19|20)\d{{7}}")
_PERSONAL_PAN = re.compile(r"[A-Z]{3}P[A-Z]\d{4}[A-Z]")
_AADHAAR = re.compile(r"[2-9]\d{11}")
_CNIC = re.compile(r"[1-7]\d{12}")


def _is_melli_code(number: str) -> bool:
    """The Iranian national code of a person: ten digits, the last of which is a check digit of weights 10 to 2."""
    if not re.fullmatch(r"\d{10}", number) or len(set(number)) == 1:
        return False
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11
    return int(number[9]) == (remainder if remainder < 2 else 11 - remainder)


_RECOGNISED: dict[str, tuple[Callable[[str], object], Text]] = {
    "CN": (
        ric.is_valid,
        _("This looks like the identity number of a person. Please enter the organisation's own code."),
    ),
    "KZ": (_IIN.fullmatch, _("This looks like the IIN of a person. Please enter the organisation's BIN.")),
    "KG": (_KG_PIN.fullmatch, _("This looks like the PIN of a person. Please enter the organisation's INN.")),
    "UZ": (_UZ_PINFL.fullmatch, _("This looks like the PINFL of a person. Please enter the organisation's STIR.")),
    "IN": (
        lambda number: _PERSONAL_PAN.fullmatch(number) or _AADHAAR.fullmatch(number),
        _("This looks like the PAN or Aadhaar number of a person. Please enter the organisation's own number."),
    ),
    "PK": (_CNIC.fullmatch, _("This looks like the CNIC of a person. Please enter the organisation's own number.")),
    "IR": (_is_melli_code, _("This looks like the national code of a person. Please enter the organisation's own.")),
}

SOLE_TRADER = _("This looks like the INN of a person. A sole trader has such a number; a company's INN has 10 digits.")


def of_a_person(country: str, value: str) -> Text:
    """Why the number is refused as one that a person has in that country (ISO alpha-2); "" when it is none."""
    recognise, reason = _RECOGNISED.get(country, (None, ""))
    return reason if recognise and recognise(text.bare_code(text.plain(value))) else ""


def personal_inn(number: str) -> tuple[Text, ...]:
    """The oddity of a Russian INN of twelve digits: it belongs to a person, who may trade under it."""
    return (SOLE_TRADER,) if len(number) == 12 and inn.is_valid(number) else ()
