"""What a file would change on the roster, row by row, as the choices stand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import Standing
from committees.models import Synchronisation
from committees.synchronisation.differences import Cell, Comparison, ownerships_of, people_of
from committees.synchronisation.matching import MatchedRow, Question, name_key
from committees.synchronisation.roster import Member, Offices, UnknownOffice, fingerprint, members_on
from committees.synchronisation.words import standing_of
from members.models import Organisation

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Choices about a row or an organisation, beside the number of an organisation or of a row.
OUT: Final = "out"
NEW: Final = "new"
_UNCOMPARED: Final = ("organisation", "name_en", "name_zh_hans", "name_ru", "number")
_QUESTIONS: Final = {
    Question.SEVERAL: gettext_lazy("Several organisations fit this row equally well."),
    Question.OTHER_NUMBER: gettext_lazy("The organisation of this name has another register number."),
}


class Group(StrEnum):
    """What becomes of a row, or of a member that the file does not name."""

    JOINED = "joined"
    CHANGED = "changed"
    LEFT = "left"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Entry:
    """A row of the file or a member of the roster. `key` names it in choices and refusals."""

    group: Group
    key: str
    row: MatchedRow | None = None
    organisation: Organisation | None = None
    member: Member | None = None
    cells: Sequence[Cell] = ()
    reason: str = ""
    candidates: Sequence[Organisation] = ()
    rows: Sequence[MatchedRow] = ()
    choice: str = ""

    @property
    def title(self) -> str:
        """Whom it is about."""
        if self.organisation is not None:
            return str(self.organisation)
        return self.row.name if self.row else ""

    @property
    def written(self) -> list[Cell]:
        """The cells that applying changes."""
        return [cell for cell in self.cells if cell.written]

    @property
    def is_new(self) -> bool:
        """Whether the organisation has to be put into the register first."""
        return self.organisation is None and self.group == Group.JOINED


@dataclass(slots=True)
class Plan:
    """The entries by group. `moved` are members of which something was recorded since the comparison."""

    entries: dict[Group, list[Entry]] = field(default_factory=lambda: {group: [] for group in Group})
    leave_missing: bool = False
    repeated: int = 0
    moved: Sequence[str] = ()

    def add(self, entry: Entry) -> None:
        """Put an entry into its group."""
        self.entries[entry.group].append(entry)

    @property
    def counts(self) -> dict[str, int]:
        """Entries by group."""
        return {group.value: len(found) for group, found in self.entries.items()}

    @property
    def undecided(self) -> list[Entry]:
        """Entries to which the user has the say and has not said anything."""
        asked = [*self.entries[Group.UNKNOWN], *self.entries[Group.AMBIGUOUS]]
        return [entry for entry in asked if not entry.choice]

    @property
    def to_write(self) -> list[Entry]:
        """Entries that applying writes, in the order in which places become free before they are taken."""
        left = self.entries[Group.LEFT] if self.leave_missing else []
        return [*left, *self.entries[Group.CHANGED], *self.entries[Group.JOINED]]


def make_plan(synchronisation: Synchronisation, *, by: "User", refusals: Mapping[str, str] | None = None) -> Plan:
    """What applying by this user would do now. `refusals` (key → why) stand for those on record."""
    return _Planner(synchronisation, by, synchronisation.refusals if refusals is None else refusals).plan()


class _Planner:
    """Puts the rows of one file into groups."""

    def __init__(self, synchronisation: Synchronisation, by: "User", refusals: Mapping[str, str]) -> None:
        committee, day = synchronisation.committee, synchronisation.effective_on
        self._synchronisation = synchronisation
        self._refusals = refusals
        self._choices: Mapping[str, str] = synchronisation.choices
        self._rows = [MatchedRow.from_data(row) for row in synchronisation.rows]
        self._members = members_on(committee, day)
        self._known = Organisation.objects.registered().in_bulk(self._mentioned())
        self._comparison = Comparison(
            Offices(committee),
            people_of(self._known) if self._tells("representative") else {},
            ownerships_of(self._known, day) if self._tells("ownership") else {},
            may_correct=self._tells("country") and by.has_perm("members.correct_organisation"),
        )
        self._present: set[int] = set()
        self._unknown: dict[tuple[str, str], int] = {}
        self._plan = Plan(leave_missing=synchronisation.leave_missing)

    def plan(self) -> Plan:
        """The rows in groups, then the members that no row names."""
        meant: dict[int, list[MatchedRow]] = defaultdict(list)
        for row in self._rows:
            if standing_of(row.values.get("standing") or "") != Standing.LEFT:
                self._sort(row, meant)
        for organisation, rows in meant.items():
            self._of_organisation(organisation, rows)
        for organisation, member in self._members.items():
            if organisation not in self._present:
                self._add(Group.LEFT, f"left-{organisation}", member=member, organisation=member.organisation)
        self._plan.moved = self._moved()
        return self._plan

    def _mentioned(self) -> set[int]:
        """Organisations that rows or choices name."""
        chosen = {int(choice) for choice in self._choices.values() if choice.isdecimal()}
        asked = {pk for row in self._rows for pk in row.candidates or ()}
        return chosen | asked | {row.organisation for row in self._rows if row.organisation}

    def _tells(self, field: str) -> bool:
        """Whether a row says something of the field."""
        return any(row.values.get(field) for row in self._rows)

    def _sort(self, row: MatchedRow, meant: dict[int, list[MatchedRow]]) -> None:
        """Reject the row, ask about it, or file it under the organisation that it means."""
        choice = self._choices.get(str(row.number), "") if row.question else ""
        organisation = int(choice) if choice.isdecimal() else row.organisation or 0
        if row.problems:
            self._present.add(organisation)
            self._add(Group.REJECTED, str(row.number), row=row, reason="; ".join(row.problems))
        elif not row.names and not row.values.get("number"):
            self._add(Group.REJECTED, str(row.number), row=row, reason=_("The row names no organisation."))
        elif organisation in self._known:
            meant[organisation].append(row)
        elif (first := self._first_alike(row)) != row.number:
            reason = _("Row %(row)s names the same organisation.") % {"row": first}
            self._add(Group.REJECTED, str(row.number), row=row, reason=reason)
        elif choice == NEW:
            self._compare(row, None, None)
        else:
            self._ask(row, choice)

    def _first_alike(self, row: MatchedRow) -> int:
        """The first unknown row with this name and number: the organisation would be put into the register twice."""
        if row.question != Question.UNKNOWN:
            return row.number
        number = "".join((row.values.get("number") or "").split())
        return self._unknown.setdefault((name_key(row.name), number), row.number)

    def _ask(self, row: MatchedRow, choice: str) -> None:
        group = Group.UNKNOWN if row.question == Question.UNKNOWN else Group.AMBIGUOUS
        candidates = [self._known[pk] for pk in row.candidates or () if pk in self._known]
        reason = str(_QUESTIONS.get(Question(row.question), ""))
        self._add(group, str(row.number), row=row, candidates=candidates, choice=choice, reason=reason)

    def _of_organisation(self, pk: int, rows: list[MatchedRow]) -> None:
        """One row decides about an organisation; rows that contradict each other are for the user to choose from."""
        self._present.add(pk)
        organisation, member = self._known[pk], self._members.get(pk)
        said = {tuple(sorted(_compared(row).items())) for row in rows}
        chosen = self._choices.get(f"use-{pk}", "")
        if len(said) == 1:
            self._plan.repeated += len(rows) - 1
            self._compare(rows[0], organisation, member)
            return
        used = next((row for row in rows if str(row.number) == chosen), None)
        if used is not None:
            self._plan.repeated += len(rows) - 1
            self._compare(used, organisation, member)
            return
        numbers = ", ".join(str(row.number) for row in rows)
        reason = _("Rows %(rows)s are about the same organisation and differ.") % {"rows": numbers}
        entry = Entry(Group.AMBIGUOUS, f"use-{pk}", rows[0], organisation, member, reason=reason, rows=rows)
        entry.choice = chosen
        self._plan.add(entry)

    def _compare(self, row: MatchedRow, organisation: Organisation | None, member: Member | None) -> None:
        key = str(row.number)
        try:
            cells = self._comparison.cells(row, organisation, member)
        except UnknownOffice as error:
            self._add(Group.REJECTED, key, row=row, organisation=organisation, reason=str(error))
            return
        if member is None:
            group = Group.JOINED
        else:
            group = Group.CHANGED if any(cell.written for cell in cells) else Group.UNCHANGED
        self._add(group, key, row=row, organisation=organisation, member=member, cells=cells)

    def _add(self, group: Group, key: str, **content: Any) -> None:
        """An entry that the roster's rules refuse is a rejected one."""
        if key in self._refusals and group in (Group.JOINED, Group.CHANGED, Group.LEFT):
            content |= {"reason": self._refusals[key]}
            group = Group.REJECTED
        self._plan.add(Entry(group, key, **content))

    def _moved(self) -> list[str]:
        """Names of members whose facts are no longer those of the comparison."""
        seen, now = self._synchronisation.roster, fingerprint(self._synchronisation.committee)
        moved = [int(pk) for pk in seen.keys() | now.keys() if seen.get(pk) != now.get(pk)]
        return sorted(str(each) for each in Organisation.objects.filter(pk__in=moved))


def _compared(row: MatchedRow) -> dict[str, Any]:
    """What the row says beyond whom it means."""
    return {name: value for name, value in row.values.items() if name not in _UNCOMPARED and value is not None}


def entries_of(plan: Plan, *groups: Group) -> Iterator[Entry]:
    """The entries of some groups, in the order of the file."""
    found = [entry for group in groups for entry in plan.entries[group]]
    yield from sorted(found, key=lambda entry: entry.row.number if entry.row else 0)
