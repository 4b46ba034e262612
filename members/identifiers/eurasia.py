"""Numbers of Russia, Belarus, Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan (domain brief §3)."""

from django.utils.translation import gettext_lazy as _
from stdnum.by import unp
from stdnum.exceptions import ValidationError
from stdnum.ru import inn, ogrn

from members.identifiers import text
from members.identifiers.persons import personal_inn
from members.identifiers.scheme import Scheme, consistent, digits, last_character, of_length, pattern


def _weighted(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def okpo_check_digit(number: str) -> str:
    """Digit 8 of an OKPO code, from the first seven: weights 1–7, then 3–9, modulo 11 (PR 50.1.024-2005, annex)."""
    for weights in ((1, 2, 3, 4, 5, 6, 7), (3, 4, 5, 6, 7, 8, 9)):
        remainder = _weighted(number[:7], weights) % 11
        if remainder < 10:
            return str(remainder)
    return "0"


def bin_check_digit(number: str) -> str | None:
    """Digit 12 of a Kazakh BIN, from the first eleven; None for the beginnings that are left out (domain brief §3)."""
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        remainder = _weighted(number[:11], weights) % 11
        if remainder < 10:
            return str(remainder)
    return None


def ogrnip_check_digit(number: str) -> str:
    """Digit 15 of a sole trader's OGRNIP: remainder modulo 13, of which only the last digit is written."""
    return str(int(number[:14]) % 13 % 10)


def unp_check_digit(number: str) -> str | None:
    """Character 9 of a Belarusian UNP, from the first eight; None for the beginnings that are left out."""
    try:
        return unp.calc_check_digit(number)
    except ValidationError:
        return None


def _inn_is_consistent(number: str) -> None:
    if len(number) == 10:
        last_character(inn.calc_company_check_digit)(number)
    else:
        consistent(lambda twelve: inn.calc_personal_check_digits(twelve) == twelve[-2:])(number)


INN = Scheme(
    code="RU-INN",
    country="RU",
    label=_("INN, taxpayer number (Russia)"),
    hint=_("10 digits, for sole traders 12"),
    example="7707083893",
    org_id_prefix="RU-INN",
    labels=("ИНН", "INN"),
    shape=digits(10, 12),
    check_characters=_inn_is_consistent,
    oddities=personal_inn,
)

OGRN = Scheme(
    code="RU-OGRN",
    country="RU",
    label=_("OGRN, state registration number (Russia)"),
    hint=_("13 digits"),
    example="1027700132195",
    org_id_prefix="RU-OGRN",
    labels=("ОГРН", "OGRN"),
    shape=(*digits(13), pattern("[1-9].*", _("The first digit is not zero."))),
    check_characters=last_character(ogrn.calc_check_digit),
)

OGRNIP = Scheme(
    code="RU-OGRNIP",
    country="RU",
    label=_("OGRNIP, registration number of a sole trader (Russia)"),
    hint=_("15 digits, the first is 3 or 4"),
    example="304500116000157",
    org_id_prefix="RU-OGRN",
    labels=("ОГРНИП", "OGRNIP"),
    shape=(*digits(15), pattern("[34].*", _("The number of a sole trader begins with 3 or 4."))),
    check_characters=last_character(ogrnip_check_digit),
)

UNP = Scheme(
    code="BY-UNP",
    country="BY",
    label=_("UNP, payer number (Belarus)"),
    hint=_("9 digits; the first two may be letters"),
    example="100373962",
    org_id_prefix="BY-ADR",
    labels=("УНП", "UNP"),
    bare=text.bare_code,
    shape=(
        of_length(9),
        pattern(
            r"(?:[1-7]\d|[ABCEHKM][ABCEHKMOPT])\d{7}",
            _("The number begins with a digit from 1 to 7 or with two letters; digits follow."),
        ),
    ),
    check_characters=last_character(unp_check_digit),
)

BIN = Scheme(
    code="KZ-BIN",
    country="KZ",
    label=_("BIN, business identification number (Kazakhstan)"),
    hint=_("12 digits"),
    example="950440001673",
    org_id_prefix="KZ-BIN",
    labels=("БИН", "БСН", "BIN"),
    shape=(
        *digits(12),
        pattern(
            r"\d\d(?:0[1-9]|1[0-2])[456][0-3]\d{6}",
            _("Digits 3 and 4 are a month, digit 5 is 4, 5 or 6, and digit 6 is 0 to 3."),
        ),
    ),
    check_characters=last_character(bin_check_digit),
)

KG_INN = Scheme(
    code="KG-INN",
    country="KG",
    label=_("INN, taxpayer number (Kyrgyzstan)"),
    hint=_("14 digits"),
    example="02507199510010",
    org_id_prefix="KG-TIN",
    labels=("ИНН", "INN"),
    shape=digits(14),
)

KG_OKPO = Scheme(
    code="KG-OKPO",
    country="KG",
    label=_("OKPO, code in the statistical register (Kyrgyzstan)"),
    hint=_("8 digits"),
    example="29693656",
    org_id_prefix="KG-OKPO",
    labels=("ОКПО", "OKPO"),
    shape=digits(8),
    check_characters=last_character(okpo_check_digit),
)

TIN = Scheme(
    code="TJ-TIN",
    country="TJ",
    label=_("RMA, taxpayer number (Tajikistan)"),
    hint=_("9 digits, zeros at the beginning included"),
    example="020025789",
    org_id_prefix="TJ-TIN",
    labels=("РМА", "ИНН", "INN"),
    shape=digits(9),
)

STIR = Scheme(
    code="UZ-STIR",
    country="UZ",
    label=_("STIR, taxpayer number (Uzbekistan)"),
    hint=_("9 digits"),
    example="200899410",
    labels=("СТИР", "STIR", "ИНН", "INN"),
    shape=digits(9),
)

KTUT = Scheme(
    code="UZ-KTUT",
    country="UZ",
    label=_("KTUT, code in the statistical register (Uzbekistan)"),
    hint=_("8 digits"),
    example="02365119",
    org_id_prefix="UZ-KTUT",
    labels=("КТУТ", "KTUT", "ОКПО", "OKPO"),
    shape=digits(8),
    check_characters=last_character(okpo_check_digit),
)

SCHEMES = (INN, OGRN, OGRNIP, UNP, BIN, KG_INN, KG_OKPO, TIN, STIR, KTUT)
