"""Chinese numbers: the unified social credit code since 2015, the business registration number before."""

from django.utils.translation import gettext_lazy as _
from stdnum.iso7064 import mod_11_10

from members.identifiers import text
from members.identifiers.reasons import Text, filled
from members.identifiers.scheme import (
    CAPITALS,
    DIGITS,
    Scheme,
    digits,
    last_character,
    made_of,
    of_length,
    pattern,
)

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, position, 31) for position in range(17)]

_ORGANISATION_CODE_ALPHABET = DIGITS + CAPITALS
_ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def uscc_check_character(code: str) -> str:
    """Character 18 of a unified social credit code, from the first 17 (GB 32100-2015, domain brief §3).

    The stdnum package refuses the letter prefixes of offices of foreign organisations, hence our own.
    """
    total = sum(USCC_ALPHABET.index(one) * weight for one, weight in zip(code, _USCC_WEIGHTS, strict=False))
    return USCC_ALPHABET[-total % 31]


def organisation_code_check_character(code: str) -> str:
    """Character 9 of an organisation code, from the first 8 (GB 11714)."""
    weighted = zip(code, _ORGANISATION_CODE_WEIGHTS, strict=False)
    total = sum(_ORGANISATION_CODE_ALPHABET.index(one) * weight for one, weight in weighted)
    return "0123456789X"[-total % 11]


def _organisation_code_oddity(code: str) -> tuple[Text, ...]:
    organisation_code = code[8:17]
    expected = organisation_code_check_character(organisation_code)
    if organisation_code[-1] == expected:
        return ()
    return (
        filled(_("Character 17, the end of the organisation code, would normally be %(expected)s."), expected=expected),
    )


USCC = Scheme(
    code="CN-USCC",
    country="CN",
    label=_("Unified social credit code"),
    hint=_("18 digits and capital letters, on the business licence"),
    example="91110108551385082Q",
    org_id_prefix="CN-USCI",
    labels=("统一社会信用代码", "社会信用代码", "信用代码", "USCC"),
    bare=text.bare_code,
    shape=(
        made_of(USCC_ALPHABET, meant={"V": "U"}),
        of_length(18),
        pattern(r"..\d{6}.{10}", _("Characters 3 to 8 stand for the place of registration and are digits.")),
    ),
    check_characters=last_character(uscc_check_character),
    oddities=_organisation_code_oddity,
)

REGISTRATION_NUMBER = Scheme(
    code="CN-REG",
    country="CN",
    label=_("Business registration number (before 2015)"),
    hint=_("15 digits, on business licences issued before the unified social credit code"),
    example="110108000000016",
    org_id_prefix="CN-SAIC",
    labels=("注册号", "工商注册号", "营业执照注册号"),
    shape=digits(15),
    # GS 15-2006: ISO 7064 mod 11,10.
    check_characters=last_character(lambda number: mod_11_10.calc_check_digit(number[:-1])),
)

SCHEMES = (USCC, REGISTRATION_NUMBER)
