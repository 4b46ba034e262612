"""Cell by cell: what the file says of a member against what the portal has, and what of it can be written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries.fields import Country

from committees.enums import ChainRole, FunctionalRole, PositionCode, Standing
from committees.positions import MEMBERSHIPS
from committees.synchronisation.fields import FIELDS
from committees.synchronisation.matching import MatchedRow, name_key
from committees.synchronisation.roster import Member, Offices
from committees.synchronisation.words import ownership_groups, ownership_type, standing_of
from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType
from members.models import Organisation, Ownership, Person, Representative
from temp_portal.core.tabular.countries import country_code

NOTHING: Final = "–"
#: How much of a day in ISO form a date of this precision is.
_WRITTEN: Final = {"year": 4, "month": 7, "day": 10}
_LABELS: Final = {field.name: field.label for field in FIELDS}
People = Mapping[int, list[Person]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that differs, in words; `value` is what the workflow takes, `note` why it is not written, `remark` how
    it is.
    """

    field: str
    before: str
    after: str
    value: Any = None
    note: str = ""
    remark: str = ""

    @property
    def label(self) -> str:
        """What the value is."""
        return str(_LABELS[self.field])

    @property
    def written(self) -> bool:
        """Whether applying changes it."""
        return not self.note


def people_of(organisations: Iterable[int]) -> dict[int, list[Person]]:
    """Organisation → the people whom it has named to the portal."""
    found: dict[int, list[Person]] = defaultdict(list)
    for entry in Representative.objects.live().filter(organisation__in=organisations).select_related("person"):
        found[entry.organisation_id].append(entry.person)
    return found


def ownerships_of(organisations: Iterable[int], day: date) -> dict[int, Ownership]:
    """Organisation → its ownership on `day` as the portal knows it, verified or only declared."""
    facts = Ownership.objects.current().on(day).filter(organisation__in=organisations)
    return {fact.organisation_id: fact for fact in facts}


class Comparison:
    """Compares rows with members; the words are those of the active language.

    may_correct: whether who compares may correct the register, as the Secretariat's staff may.
    """

    def __init__(
        self, offices: Offices, people: People, ownerships: Mapping[int, Ownership], *, may_correct: bool
    ) -> None:
        self._offices = offices
        self._people = people
        self._ownerships = ownerships
        self._may_correct = may_correct

    def cells(self, row: MatchedRow, organisation: Organisation | None, member: Member | None) -> list[Cell]:
        """What differs, or for one who joins what is recorded. Raises UnknownOffice."""
        period = member.period if member else None
        codes = self._codes(row, member)
        found = [
            self._choice(row, "role", FunctionalRole, period.functional_role if period else ""),
            self._choice(row, "chain", ChainRole, period.chain_role if period else ""),
            self._position(codes, member),
            self._voting(row, codes, period.voting if period else None),
            self._representative(row, organisation, period.representative if period else None),
            self._since(row, period.member_since if period else None),
            self._ownership(row, organisation),
            self._country(row, organisation) if organisation else None,
            self._standing(row, period.standing if period else Standing.SITTING),
        ]
        return [cell for cell in found if cell is not None]

    def _codes(self, row: MatchedRow, member: Member | None) -> set[str]:
        """Codes of the offices that the row names; none when it says nothing, or just what the portal says."""
        text = row.values.get("position") or ""
        if not text or (member and text == member.period.office_titles):
            return set()
        return self._offices.read(text)

    def _choice(self, row: MatchedRow, field: str, choices: Any, before: str) -> Cell | None:
        after = row.values.get(field)
        if not after or after == before:
            return None
        return Cell(field, _label(choices, before), _label(choices, after), after)

    def _position(self, codes: set[str], member: Member | None) -> Cell | None:
        held = {each.position.code for each in member.offices} if member else set()
        wanted = codes - set(MEMBERSHIPS)
        if not codes or wanted == held:
            return None
        return Cell("position", self._titles(held), self._titles(wanted), sorted(wanted))

    def _titles(self, codes: set[str]) -> str:
        held = sorted((self._offices.by_code[code] for code in codes), key=lambda position: position.rank)
        return ", ".join(map(str, held)) or NOTHING

    def _voting(self, row: MatchedRow, codes: set[str], before: bool | None) -> Cell | None:
        after = row.values.get("voting")
        if after is None and codes & set(MEMBERSHIPS):
            after = PositionCode.OBSERVER not in codes
        usual = True if before is None else before
        if after is None or after == usual:
            return None
        words = {True: _("Yes"), False: _("No"), None: NOTHING}
        return Cell("voting", words[before], words[after], after)

    def _representative(self, row: MatchedRow, organisation: Organisation | None, before: Person | None) -> Cell | None:
        name = row.values.get("representative")
        if not name or (before and _is_called(before, name)):
            return None
        named = self._people.get(organisation.pk, []) if organisation else []
        found = [person for person in named if _is_called(person, name)]
        was = str(before or NOTHING)
        if len(found) == 1:
            return Cell("representative", was, str(found[0]), found[0])
        note = (
            _("The organisation has named several people of this name.")
            if found
            else _("The organisation has not named this person to the portal.")
        )
        return Cell("representative", was, name, note=note)

    def _since(self, row: MatchedRow, before: Any) -> Cell | None:
        after = parse_date(row.values.get("since") or "")
        length = _WRITTEN[row.values.get("since_precision") or "day"]
        if after is None or (before and before.isoformat()[:length] == after.isoformat()[:length]):
            return None
        was, told = before.isoformat() if before else NOTHING, after.isoformat()[:length]
        if told == after.isoformat():
            return Cell("since", was, told, after)
        return Cell("since", was, told, note=_("The day is missing. Write YYYY-MM-DD."))

    def _ownership(self, row: MatchedRow, organisation: Organisation | None) -> Cell | None:
        """A statement of the list: it is declared, not verified, and says nothing against what was verified."""
        text = row.values.get("ownership") or ""
        groups = ownership_groups(text)
        known = self._ownerships.get(organisation.pk) if organisation else None
        if (
            not text
            or OwnershipGroup.UNVERIFIED in groups
            or (known and GROUP_OF_TYPE[OwnershipType(known.type)] in groups)
        ):
            return None
        before = capfirst(str(known.get_type_display())) if known else str(OwnershipGroup.UNVERIFIED.label)
        country = str(organisation.country) if organisation else country_code(row.values.get("country") or "") or ""
        meant = ownership_type(text, country)
        if known and known.verified_at:
            note = _("This ownership was verified. The Secretariat settles it by newer evidence.")
        elif meant is None:
            note = _("It may mean several kinds of ownership. Write one of: %(kinds)s.")
            note %= {"kinds": ", ".join(str(kind.label) for kind in OwnershipType)}
        else:
            return Cell("ownership", before, str(capfirst(meant.label)), meant, remark=_("declared, to be verified"))
        return Cell("ownership", before, text, note=note)

    def _country(self, row: MatchedRow, organisation: Organisation) -> Cell | None:
        text = row.values.get("country") or ""
        code = country_code(text)
        if not text or code == str(organisation.country):
            return None
        before = str(organisation.country.name or NOTHING)
        if not code:
            return Cell("country", before, text, note=_("This is no country known here."))
        if not self._may_correct:
            note = _("To be settled by the Secretariat’s staff: the register keeps the country.")
            return Cell("country", before, text, note=note)
        return Cell("country", before, str(Country(code).name), code)

    def _standing(self, row: MatchedRow, before: str) -> Cell | None:
        text = row.values.get("standing") or ""
        after = standing_of(text)
        if not text or after == before:
            return None
        was = capfirst(str(Standing(before).label))
        if not after:
            return Cell("standing", was, text, note=_("This is no state of a member."))
        return Cell("standing", was, capfirst(str(Standing(after).label)), after == Standing.SUSPENDED)


def _is_called(person: Person, name: str) -> bool:
    key = name_key(name)
    return bool(key) and key in {name_key(person.name), name_key(person.name_latin)}


def _label(choices: Any, code: str) -> str:
    return capfirst(str(choices(code).label)) if code else NOTHING
