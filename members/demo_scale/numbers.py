"""Register numbers by the hundred thousand: counted up, each with the check characters that its scheme asks for."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from stdnum.ru import inn

from members.identifiers import check
from members.identifiers.china import organisation_code_check_character, uscc_check_character
from members.identifiers.eurasia import bin_check_digit, unp_check_digit
from members.identifiers.south_asia import legal_id_check_digit

Draft = Callable[[int], str]


def _closed(body: Draft, check_digit: Callable[[str], str | None]) -> Draft:
    """The body with its check digit; a body that has none gets a zero, and so fails the check."""

    def draft(number: int) -> str:
        begun = body(number)
        return begun + (check_digit(begun) or "0")

    return draft


#: Country → scheme and a number's draft of one counted up. Other places than those of the small demonstration's.
_DRAFTS: Final[dict[str, tuple[str, Draft]]] = {
    "RU": ("RU-INN", _closed(lambda n: f"50{n:07d}", inn.calc_company_check_digit)),
    "KZ": ("KZ-BIN", _closed(lambda n: f"{20 + n % 5}{1 + n % 12:02d}40{n:05d}", bin_check_digit)),
    "KG": ("KG-INN", lambda n: f"0{1 + n % 28:02d}{1 + n % 12:02d}19{90 + n % 10}{n:05d}"),
    "TJ": ("TJ-TIN", lambda n: f"03{n:07d}"),
    "UZ": ("UZ-STIR", lambda n: f"3{n:08d}"),
    "BY": ("BY-UNP", _closed(lambda n: f"29{n:06d}", unp_check_digit)),
    "IN": ("IN-CIN", lambda n: f"U{n % 100_000:05d}DL2016PTC{n:06d}"),
    "PK": ("PK-NTN", lambda n: f"7{n:06d}"),
    "IR": ("IR-NID", _closed(lambda n: f"10{n:08d}", legal_id_check_digit)),
}


class NumberBook:
    """Gives the next number of a country's usual scheme."""

    def __init__(self) -> None:
        self._abroad = {country: _passing(scheme, draft) for country, (scheme, draft) in _DRAFTS.items()}
        self._domestic = count(1)

    def domestic(self, *, enterprise: bool) -> str:
        """A unified social credit code."""
        code = f"{next(self._domestic):08d}"
        body = f"{'91' if enterprise else '12'}500103{code}{organisation_code_check_character(code)}"
        return body + uscc_check_character(body)

    def abroad(self, country: str) -> tuple[str, str, bool | None]:
        """Scheme, number and whether a check agreed (None: the scheme has none)."""
        return next(self._abroad[country])


def _passing(scheme: str, draft: Draft) -> Iterator[tuple[str, str, bool | None]]:
    for number in count(1):
        result = check(scheme, draft(number))
        if result.format_ok is not False:
            yield scheme, result.normalised, result.format_ok
