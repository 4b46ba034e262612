"""Which standing a country had towards the SCO, and when (domain brief §4).

Dates are those of the decision of the heads of state; memoranda with dialogue partners were signed later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from members.enums import CountryStanding

MEMBER = CountryStanding.MEMBER
PARTNER = CountryStanding.PARTNER
OBSERVER = CountryStanding.OBSERVER
DIALOGUE_PARTNER = CountryStanding.DIALOGUE_PARTNER


@dataclass(frozen=True, slots=True)
class Standing:
    """A country (ISO alpha-2) has the standing from `valid_from` until the day before `valid_to` (None: still)."""

    country: str
    standing: CountryStanding
    valid_from: date
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


# One decision a line: when and where, the standing given, the countries that received it.
_DECISIONS: tuple[tuple[date, str, CountryStanding, str], ...] = (
    (date(2001, 6, 15), "Declaration on the Establishment of the SCO, Shanghai", MEMBER, "CN KZ KG RU TJ UZ"),
    (date(2004, 6, 17), "Tashkent summit", OBSERVER, "MN"),
    (date(2005, 7, 5), "Astana summit", OBSERVER, "IN IR PK"),
    (date(2009, 6, 16), "Yekaterinburg summit", DIALOGUE_PARTNER, "BY LK"),
    (date(2012, 6, 7), "Beijing summit", OBSERVER, "AF"),
    (date(2012, 6, 7), "Beijing summit", DIALOGUE_PARTNER, "TR"),
    (date(2015, 7, 10), "Ufa summit", OBSERVER, "BY"),
    (date(2015, 7, 10), "Ufa summit", DIALOGUE_PARTNER, "AM AZ KH NP"),
    (date(2017, 6, 9), "Astana summit", MEMBER, "IN PK"),
    (date(2021, 9, 17), "Dushanbe summit", DIALOGUE_PARTNER, "EG QA SA"),
    (date(2022, 9, 16), "Samarkand summit", DIALOGUE_PARTNER, "AE BH KW MM MV"),
    (date(2023, 7, 4), "New Delhi summit (by video link)", MEMBER, "IR"),
    (date(2024, 7, 4), "Astana summit", MEMBER, "BY"),
    (
        date(2025, 9, 1),
        "Tianjin summit: observers and dialogue partners become SCO partners",
        PARTNER,
        "AE AF AM AZ BH EG KH KW LK MM MN MV NP QA SA TR",
    ),
    (date(2025, 9, 1), "Tianjin summit", PARTNER, "LA"),
)


def _standings() -> Iterator[Standing]:
    received = [
        (country, day, standing, source)
        for day, source, standing, countries in _DECISIONS
        for country in countries.split()
    ]
    for position, (country, day, standing, source) in enumerate(received):
        later = (other_day for other, other_day, _, _ in received[position + 1 :] if other == country)
        yield Standing(country, standing, day, next(later, None), source)


STANDINGS: tuple[Standing, ...] = tuple(_standings())
"""Every standing ever held, in the order of the decisions; what a migration loads into the table of standings."""


def standing_on(country: str, day: date) -> CountryStanding | None:
    """The standing of a country on a day; None for a country without one."""
    return next((one.standing for one in STANDINGS if one.country == country and one.holds_on(day)), None)


def countries_with(standing: CountryStanding, day: date) -> list[str]:
    """Countries that have the standing on the day, in order of accession."""
    return [one.country for one in STANDINGS if one.standing == standing and one.holds_on(day)]
