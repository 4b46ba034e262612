import json
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final

from members.demo_data import words
from members.demo_data.build import CONTROLLERS, RECLASSIFIED_SHARE
from members.demo_scale.firms import Firms
from members.demo_scale.names import NameBook, Names
from members.demo_scale.numbers import NumberBook
from members.enums import OrganisationKind, OwnershipType
from members.models import Consent, Identifier, Organisation, Ownership, Person, Representative
from temp_portal.core.bulk import NULL, TRUE, CopyTable, reserve_ids
from temp_portal.core.scale import Scale
from temp_portal.core.search import search_key

TABLES: Final = (Organisation, Identifier, Ownership, Person, Representative, Consent)

#: Parts of a hundred.
_SHARES: Final = {
    OwnershipType.CENTRAL_SOE: 9,
    OwnershipType.LOCAL_SOE: 17,
    OwnershipType.PRIVATE: 41,
    OwnershipType.HMT: 5,
    OwnershipType.FOREIGN: 7,
    OwnershipType.OVERSEAS: 15,
    OwnershipType.COLLECTIVE: 3,
    OwnershipType.NON_ENTERPRISE: 3,
}
_GROUPS: Final = (OwnershipType.CENTRAL_SOE, OwnershipType.LOCAL_SOE)
_INSTITUTIONS: Final = (OrganisationKind.ASSOCIATION, OrganisationKind.UNIVERSITY, OrganisationKind.THINK_TANK)
_UNVERIFIED_SHARE: Final = 0.06
_VERIFIED_LATER_SHARE: Final = 0.2
_CONSENTING_SHARE: Final = 0.3
_A_LINE: Final = 20_000


def load(scale: Scale) -> None:
    """Write the organisations and their people; leaves `firms` in what was made."""
    writer = _Writer(scale)
    for number, kind in enumerate(_types(scale)):
        writer.write(number, kind)
        if (number + 1) % _A_LINE == 0 or number + 1 == scale.organisations:
            scale.progress(f"Organisations: {number + 1:,} of {scale.organisations:,}")
    for table in writer.tables:
        table.flush()
    scale.made["firms"] = writer.firms


def _types(scale: Scale) -> Iterator[OwnershipType]:
    bounds = list(zip(accumulate(_SHARES.values()), _SHARES, strict=True))
    for _ in range(scale.organisations):
        drawn = scale.chance.random() * 100
        yield next(kind for bound, kind in bounds if drawn < bound)


class _Writer:
    """Writes one organisation after the other with all that belongs to it."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.names, self.numbers = NameBook(), NumberBook()
        self.firms = Firms(reserve_ids(Organisation, scale.organisations), reserve_ids(Person, scale.organisations))
        self.organisation = CopyTable(
            Organisation, "id", "kind", "legal_name", "legal_name_language", "name", "name_en", "name_zh_hans",
            "name_ru", "country", "region", "city", "industry_codes", "registered_on", "search_key", "created_at",
        )  # fmt: skip
        self.identifier = CopyTable(
            Identifier, "organisation_id", "scheme", "value", "is_primary", "format_ok", "created_at"
        )
        self.ownership = CopyTable(
            Ownership, "organisation_id", "type", "controller", "evidence", "evidence_on", "valid", "recorded_at",
            "verified_at", "superseded_at", "superseded_reason",
        )  # fmt: skip
        self.person = CopyTable(Person, "id", "name", "name_latin", "languages", "search_key", "created_at")
        self.representative = CopyTable(Representative, "person_id", "organisation_id", "valid", "created_at")
        self.consent = CopyTable(Consent, "person_id", "purpose", "text_version", "language", "given_at")
        self.tables = (
            self.organisation, self.identifier, self.ownership, self.person, self.representative, self.consent
        )  # fmt: skip

    def write(self, number: int, kind: OwnershipType) -> None:
        """Write the organisation of this number and type of ownership."""
        scale, key = self.scale, str(self.firms.organisation(number))
        abroad = kind == OwnershipType.OVERSEAS
        names = self.names.abroad(number) if abroad else self.names.domestic(number, group=kind in _GROUPS)
        self.firms.types.append(kind)
        self.firms.trades.append(names.trade)
        self.firms.countries.append(names.country)
        created = scale.moment(scale.start - scale.between(5, 60))
        registered = f"{1998 + number % 22}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        self._organisation(key, number, kind, names, registered, created)
        self._number(key, kind, names, created)
        self._ownership(key, number, kind, registered, created)
        self._person(key, str(self.firms.person(number)), abroad=abroad, created=created)

    def _organisation(
        self, key: str, number: int, kind: OwnershipType, names: Names, registered: str, created: str
    ) -> None:
        sort = OrganisationKind.ENTERPRISE
        if kind == OwnershipType.NON_ENTERPRISE:
            sort = _INSTITUTIONS[number % len(_INSTITUTIONS)]
        self.organisation.add(
            key, sort, names.legal, names.language, names.english, names.english, names.chinese, names.russian,
            names.country, names.region, names.city, _codes(names.trade), registered,
            search_key(names.legal, names.english, names.chinese, names.russian), created,
        )  # fmt: skip

    def _number(self, key: str, kind: OwnershipType, names: Names, created: str) -> None:
        if kind == OwnershipType.OVERSEAS:
            scheme, value, checked = self.numbers.abroad(names.country)
        else:
            value = self.numbers.domestic(enterprise=kind != OwnershipType.NON_ENTERPRISE)
            scheme, checked = "CN-USCC", True
        self.identifier.add(key, scheme, value, TRUE, NULL if checked is None else TRUE, created)

    def _ownership(self, key: str, number: int, kind: OwnershipType, since: str, created: str) -> None:
        """One fact, or its history: verified some time after it was declared, or turned into another during the years.

        What was believed before stays as a superseded row.
        """
        scale = self.scale
        whole = f"[{since},)"
        drawn = scale.chance.random()
        if kind != OwnershipType.NON_ENTERPRISE and drawn < _UNVERIFIED_SHARE:
            self.firms.unverified.add(number)
            self._fact(key, kind, whole, created, verified=NULL)
        elif kind == OwnershipType.PRIVATE and drawn < _UNVERIFIED_SHARE + RECLASSIFIED_SHARE:
            day = scale.between(scale.start + 120, scale.last - 30)
            known = scale.moment(day)
            self.firms.turns[number] = day
            self._fact(key, kind, whole, created, verified=created, superseded=known)
            self._fact(key, kind, f"[{since},{scale.days[day]})", known, verified=known)
            self._fact(key, OwnershipType.LOCAL_SOE, scale.since(day), known, verified=known)
        elif drawn > 1 - _VERIFIED_LATER_SHARE:
            known = scale.moment(scale.between(scale.start, scale.last))
            self._fact(key, kind, whole, created, verified=NULL, superseded=known)
            self._fact(key, kind, whole, known, verified=known)
        else:
            self._fact(key, kind, whole, created, verified=created)

    def _fact(
        self, key: str, kind: OwnershipType, valid: str, recorded: str, *, verified: str, superseded: str = NULL
    ) -> None:
        reason = "" if superseded == NULL else "Verified with a newer register extract"
        self.ownership.add(
            key, kind, CONTROLLERS[kind], "Register extract", recorded[:10], valid, recorded, verified, superseded,
            reason,
        )  # fmt: skip

    def _person(self, organisation: str, key: str, *, abroad: bool, created: str) -> None:
        name, latin, languages = self._somebody(abroad=abroad)
        self.person.add(key, name, latin, languages, _person_key(name, latin), created)
        self.representative.add(key, organisation, self.scale.since(self.scale.start), created)
        if self.scale.chance.random() < _CONSENTING_SHARE:
            self.consent.add(key, "publication", "1", "en", created)

    def _somebody(self, *, abroad: bool) -> tuple[str, str, str]:
        chance = self.scale.chance
        if abroad:
            name, latin = words.FOREIGN_PEOPLE[int(chance.random() * len(words.FOREIGN_PEOPLE))]
            return name, latin, "{ru,en}"
        surname = words.SURNAMES[int(chance.random() * len(words.SURNAMES))]
        given = words.GIVEN[int(chance.random() * len(words.GIVEN))]
        return surname[0] + given[0], f"{surname[1]} {given[1]}", "{zh-hans}"


@cache
def _person_key(name: str, latin: str) -> str:
    """Names are drawn from few, so their keys are worked out once."""
    return search_key(name, latin)


@cache
def _codes(trade: int) -> str:
    *_words, gb, isic = words.TRADES[trade]
    return json.dumps(
        [
            {"scheme": "GB/T 4754", "version": "2017", "code": gb},
            {"scheme": "ISIC", "version": "4", "code": isic},
        ]
    )
