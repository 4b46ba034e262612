"""Numbers of India, Pakistan and Iran (domain brief §3)."""

from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.in_ import pan

from members.identifiers import text
from members.identifiers.scheme import (
    CAPITALS,
    DIGITS,
    Scheme,
    consistent,
    digits,
    last_character,
    made_of,
    not_zeros,
    of_length,
    pattern,
)

ALPHANUMERIC = DIGITS + CAPITALS
_LEGAL_ID_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)


def legal_id_check_digit(number: str) -> str:
    """Digit 11 of the Iranian national ID of legal persons, from the first ten (domain brief §3)."""
    shift = int(number[9]) + 2
    total = sum((int(digit) + shift) * weight for digit, weight in zip(number, _LEGAL_ID_WEIGHTS, strict=False))
    return str(total % 11 % 10)


def gstin_check_character(number: str) -> str:
    """Character 15 of a GSTIN, from the first fourteen (Luhn modulo 36)."""
    return str(luhn.calc_check_digit(number[:14], ALPHANUMERIC))


def _llpin(value: str) -> str:
    """The hyphen belongs to the number as the register prints it: AAB-9032."""
    bare = text.bare_code(value)
    return f"{bare[:3]}-{bare[3:]}" if len(bare) == 7 else bare


def _without_suffix(value: str) -> str:
    """The digit after the hyphen is left out as often as written, so it is not part of the stored number."""
    bare = text.bare_code(value)
    return bare[:7] if len(bare) == 8 else bare


CIN = Scheme(
    code="IN-CIN",
    country="IN",
    label=_("CIN, corporate identification number (India)"),
    hint=_("21 digits and capital letters, the first is L or U"),
    example="L17110MH1973PLC019786",
    org_id_prefix="IN-MCA",
    labels=("CIN",),
    bare=text.bare_code,
    shape=(
        of_length(21),
        pattern(
            r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}",
            _("The number is made of L or U, 5 digits, 2 letters of the state, the year, 3 letters and 6 digits."),
        ),
    ),
)

LLPIN = Scheme(
    code="IN-LLPIN",
    country="IN",
    label=_("LLPIN, number of a limited liability partnership (India)"),
    hint=_("3 letters and 4 digits"),
    example="AAB-9032",
    org_id_prefix="IN-MCA",
    labels=("LLPIN",),
    bare=_llpin,
    shape=(of_length(8), pattern(r"[A-Z]{3}-\d{4}", _("The number is made of 3 letters and 4 digits."))),
)

GSTIN = Scheme(
    code="IN-GSTIN",
    country="IN",
    label=_("GSTIN, goods and services tax number (India)"),
    hint=_("15 digits and capital letters; contains the PAN"),
    example="27AAACR5055K1Z7",
    labels=("GSTIN", "GST"),
    bare=text.bare_code,
    shape=(
        of_length(15),
        made_of(ALPHANUMERIC),
        pattern(
            r"\d\d[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]",
            _("The number is made of 2 digits of the state, the PAN, one more character, the letter Z and a last one."),
        ),
    ),
    check_characters=last_character(gstin_check_character),
)

PAN = Scheme(
    code="IN-PAN",
    country="IN",
    label=_("PAN, permanent account number (India)"),
    hint=_("5 letters, 4 digits, 1 letter"),
    example="AAACR5055K",
    org_id_prefix="IN-PAN",
    labels=("PAN",),
    bare=text.bare_code,
    shape=(
        of_length(10),
        pattern(
            r"[A-Z]{3}[ABCFGHJKLPT][A-Z]\d{4}[A-Z]",
            _("The number is made of 5 letters, 4 digits and 1 letter; the 4th letter is C for a company."),
        ),
        consistent(pan.is_valid),
    ),
)

NTN = Scheme(
    code="PK-NTN",
    country="PK",
    label=_("NTN, national tax number (Pakistan)"),
    hint=_("7 digits; the first may be a letter. A digit after a hyphen is not needed."),
    example="4174941",
    org_id_prefix="PK-NTN",
    labels=("NTN",),
    bare=_without_suffix,
    shape=(
        of_length(7),
        pattern(r"[0-9A-Z]\d{6}", _("The number is made of 7 digits, the first of which may be a letter.")),
        not_zeros,
    ),
)

SECP = Scheme(
    code="PK-SECP",
    country="PK",
    label=_("CUIN, company registration number (Pakistan)"),
    hint=_("7 digits, zeros at the beginning included"),
    example="0054321",
    org_id_prefix="PK-SEC",
    labels=("CUIN", "SECP"),
    shape=digits(7),
)

LEGAL_ID = Scheme(
    code="IR-NID",
    country="IR",
    label=_("National ID of a legal person (Iran)"),
    hint=_("11 digits"),
    example="10380284790",
    org_id_prefix="IR-CR",
    labels=("شناسه ملی",),
    shape=digits(11),
    check_characters=last_character(legal_id_check_digit),
)

SCHEMES = (CIN, LLPIN, GSTIN, PAN, NTN, SECP, LEGAL_ID)
