"""Rosters of one body on several days, synchronised in order: the portal's roster of each day is that of its file.

The files are dirty as real ones are: a member stands twice in one committee, spellings vary, a file may be partial.
With SAMPLE_DATA the real snapshots are taken, without it a small twin with the same dirt.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.db import connection

from committees.enums import CommitteeState
from committees.models import Appointment, Committee, Position
from committees.synchronisation.plan import Group, make_plan
from committees.workflows import synchronisation as workflow
from members.models import Identifier, Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.committees.synchronising import applied, compared, csv_lines, decided, roster
from tests.factories import CommitteeFactory, OrganisationFactory, user_with

pytestmark = pytest.mark.django_db

TITLES = {"Chair": "Chair", "Chairman": "Chair", "Ex Officio": "Observer"}
Snapshot = dict[str, list[dict[str, str]]]


def member(number: str, name: str, title: str = "") -> dict[str, str]:
    return {"bioguide": number, "name": name, "title": title}


#: Day → committee → members, invented: somebody stands twice, a spelling changes, a chair changes hands, a committee is
#: missing in one file and comes back in the next.
TWIN: dict[date, Snapshot] = {
    date(2014, 3, 29): {
        "ALFA": [member("A1", "Anna Quill", "Chairman"), member("A2", "Bo Marsh"), member("A3", "Cy Dunn")],
        "BETA": [member("A2", "Bo Marsh", "Chair"), member("A4", "Di Frost", "Ex Officio")],
    },
    date(2015, 2, 25): {
        "ALFA": [
            member("A1", "Anna M. Quill"),
            member("A2", "Bo Marsh", "Chairman"),
            member("A2", "Bo Marsh", "Ex Officio"),
            member("A5", "Ed Holm"),
            member("A5", "Ed Holm"),
        ],
    },
    date(2017, 7, 4): {
        "ALFA": [member("A3", "Cy Dunn", "Chair"), member("A1", "Ana Quill")],
        "BETA": [member("A4", "Di Frost", "Chair"), member("A5", "Ed Holm")],
    },
}


@dataclass
class World:
    """Synthetic organisations, one a person, and the committees; `by` keeps all rosters."""

    by: User
    organisations: dict[str, Organisation] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)

    def organisation(self, person: dict[str, str]) -> Organisation:
        number = person["bioguide"]
        if number not in self.organisations:
            made = OrganisationFactory.create(legal_name=f"{person['name']} Ltd", name_en="", country="US")
            Identifier.objects.create(organisation=made, scheme="US-REG", value=number)
            self.organisations[number] = made
        return self.organisations[number]

    def committee(self, key: str) -> Committee:
        if key not in self.committees:
            made = CommitteeFactory.create(slug=f"snapshot-{key.lower()}", state=CommitteeState.ACTIVE)
            Position.objects.create(committee=made, code="chair", title_en="Chair", rank=1)
            self.committees[key] = made
        return self.committees[key]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Files of every size are compared at once: no worker runs here."""
    monkeypatch.setattr(workflow, "AT_ONCE", 10_000)
    return World(user_with(Role.STAFF))


def table(people: list[dict[str, str]]) -> bytes:
    """The members as a clerk would send them: one organisation a row, under a title."""
    lines = [
        [f"{person['name']} Ltd", person["bioguide"], TITLES.get(person["title"], "Unit member")] for person in people
    ]
    return csv_lines([["Members of the committee", "", ""], ["Organisation", "Register number", "Position"], *lines])


def real_snapshots() -> dict[date, Snapshot]:
    paths = sorted((Path(os.environ["SAMPLE_DATA"]) / "rosters").glob("*.yaml"))
    return {date.fromisoformat(path.name[:10]): cleaned(yaml.safe_load(path.read_text())) for path in paths}


def cleaned(snapshot: Snapshot) -> Snapshot:
    """Without committees that have no members: an empty table is no roster."""
    return {
        key: [member(person["bioguide"], person["name"], person.get("title", "")) for person in people]
        for key, people in snapshot.items()
        if people
    }


def synchronise(world: World, key: str, people: list[dict[str, str]], day: date, *, missing_left: bool) -> int:
    """Bring one committee in line with its list of a day; returns how many members stand there twice."""
    for person in people:
        world.organisation(person)
    committee = world.committee(key)
    made = compared(committee, table(people), by=world.by, on=day)
    shown = make_plan(made, by=world.by).entries
    choices = {entry.key: str(entry.row.number) for entry in shown[Group.AMBIGUOUS]}
    if choices or (missing_left and shown[Group.LEFT]):
        made = decided(made, by=world.by, choices=choices, leave_missing=missing_left)
    plan = make_plan(made, by=world.by)
    assert not plan.undecided
    assert [entry.reason for entry in plan.entries[Group.REJECTED]] == []
    if plan.to_write:
        assert applied(made, by=world.by).failure == ""
    return plan.repeated


def who(world: World, people: list[dict[str, str]]) -> set[int]:
    """The organisations of a list, each once."""
    return {world.organisations[person["bioguide"]].pk for person in people}


def chairs(committee: Committee, day: date) -> set[int]:
    held = Appointment.objects.current().on(day).filter(position__committee=committee)
    return set(held.values_list("seat__organisation", flat=True))


def in_order(snapshots: dict[date, Snapshot]) -> Iterator[tuple[date, str, list[dict[str, str]]]]:
    """Day, committee and members of every list, the oldest day first.

    In between the database counts its rows, as it does by itself from time to time: a test is one transaction, in which
    it would go on believing that the tables are empty.
    """
    lists = [(day, key, people) for day, snapshot in snapshots.items() for key, people in snapshot.items()]
    for number, each in enumerate(lists):
        if number % 50 == 0:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield each


def check_missing_left(world: World, snapshots: dict[date, Snapshot]) -> int:
    """Every roster of every day is its list, also after the later ones came in; returns the repeated rows."""
    repeated = 0
    for day, key, people in in_order(snapshots):
        repeated += synchronise(world, key, people, day, missing_left=True)
    for day, key, people in in_order(snapshots):
        assert roster(world.committees[key], day) == who(world, people), (key, day)
    return repeated


def check_nobody_leaves(world: World, snapshots: dict[date, Snapshot]) -> None:
    """Without the word that who is missing has left, rosters only grow."""
    seen: dict[str, set[int]] = defaultdict(set)
    for day, key, people in in_order(snapshots):
        synchronise(world, key, people, day, missing_left=False)
        seen[key] |= who(world, people)
        assert roster(world.committees[key], day) == seen[key], (key, day)


def test_each_day_is_its_file_when_who_is_missing_has_left(world):
    assert check_missing_left(world, TWIN) == 2
    alfa = world.committees["ALFA"]
    assert chairs(alfa, date(2014, 6, 1)) == {world.organisations["A1"].pk}
    assert chairs(alfa, date(2015, 6, 1)) == {world.organisations["A2"].pk}
    assert chairs(alfa, date(2018, 1, 1)) == {world.organisations["A3"].pk}


def test_nobody_leaves_unless_one_says_so(world):
    check_nobody_leaves(world, TWIN)


#: Pairs of member and committee of which the file of 2015 has two rows: two people in each of twelve committees. They
#: are as many by register number, by the other numbers and by name, and no third row is among them.
TWICE_IN_2015 = 24


@pytest.mark.sample_data
def test_real_rosters_when_who_is_missing_has_left(world):
    assert check_missing_left(world, real_snapshots()) == TWICE_IN_2015


@pytest.mark.sample_data
def test_nobody_leaves_real_rosters_unless_one_says_so(world):
    check_nobody_leaves(world, real_snapshots())
