"""Invented register numbers that pass their checks: drawn at random until the check agrees."""

from collections.abc import Callable, Iterator
from random import Random

from members.enums import OrganisationKind
from members.identifiers import check
from members.identifiers.china import organisation_code_check_character, uscc_check_character
from members.models import Organisation


def _digits(chance: Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _uscc(chance: Random, leading: str) -> str:
    code = _digits(chance, 8)
    body = f"{leading}{chance.choice(['500112', '510104', '530112', '650102', '440305'])}{code}"
    body += organisation_code_check_character(code)
    return body + uscc_check_character(body)


DRAFTS: dict[str, tuple[str, Callable[[Random], str]]] = {
    "RU": ("RU-INN", lambda c: "77" + _digits(c, 8)),
    "KZ": ("KZ-BIN", lambda c: f"{c.randrange(1, 20):02d}{c.randrange(1, 13):02d}40" + _digits(c, 6)),
    "KG": (
        "KG-INN",
        lambda c: f"0{c.randrange(1, 29):02d}{c.randrange(1, 13):02d}20{c.randrange(1, 20):02d}" + _digits(c, 5),
    ),
    "TJ": ("TJ-TIN", lambda c: "02" + _digits(c, 7)),
    "UZ": ("UZ-STIR", lambda c: "2" + _digits(c, 8)),
    "BY": ("BY-UNP", lambda c: "19" + _digits(c, 7)),
    "IN": ("IN-CIN", lambda c: "U" + _digits(c, 5) + "MH2015PTC" + _digits(c, 6)),
    "PK": ("PK-NTN", lambda c: "4" + _digits(c, 6)),
    "IR": ("IR-NID", lambda c: "14" + _digits(c, 9)),
}


def of(chance: Random, organisation: Organisation) -> Iterator[tuple[str, str, bool | None]]:
    """The main number of an organisation as (scheme, value, check passed)."""
    country = organisation.country.code
    if country == "CN":
        leading = "91" if organisation.kind == OrganisationKind.ENTERPRISE else "12"
        value = _uscc(chance, leading)
        yield "CN-USCC", value, check("CN-USCC", value).format_ok
        return
    scheme, draft = DRAFTS[country]
    result = check(scheme, draft(chance))
    while result.format_ok is False:
        result = check(scheme, draft(chance))
    yield scheme, result.normalised, result.format_ok
