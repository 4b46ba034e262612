"""What a row says of a member, and what of it is written."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from committees.models import Appointment, Seat
from committees.synchronisation.plan import Group
from committees.workflows import seats
from committees.workflows import synchronisation as workflow
from members.enums import OwnershipType
from members.models import Organisation, Ownership, Representative
from members.workflows import declare_ownership, verify_ownership
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from temp_portal.notifications.models import Delivery
from tests.committees.synchronising import (
    applied,
    cells,
    compared,
    counts,
    csv_of,
    decided,
    entries,
    members,
    roster,
    row,
    seat_of,
)
from tests.factories import OrganisationFactory, PersonFactory, admit, own, user_with

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)
APPLY_QUERIES = 57


def test_a_day_that_the_facts_do_not_allow(world):
    committee, secretary, firms = world
    seats.change(seat_of(firms[1]), by=secretary, effective_on=date(2025, 6, 1), chain_role="trade")
    late = OrganisationFactory.create(legal_name="晚到公司")
    admit(committee, late, by=secretary, on=date(2025, 1, 1))
    content = csv_of([*members(row("晚到公司")), row("北辰铜业有限公司")])
    content = content.replace(b"Yuanyu Trade,,", "Yuanyu Trade,,支撑".encode(), 1)
    made = compared(committee, content, by=secretary, on=date(2024, 6, 1))
    reasons = {entry.row.name: entry.reason for entry in entries(made, Group.REJECTED)}
    assert "Choose a day from 2025-06-01 on" in reasons["Yuanyu Trade"]
    assert "has a seat in this committee" in reasons["晚到公司"]
    assert counts(made) == {"unchanged": 2, "joined": 1, "rejected": 2}
    assert applied(made, by=secretary).state == "applied"
    assert firms[3].pk in roster(committee, date(2024, 6, 1))


def test_an_office_changes_hands_in_one_go(world):
    committee, secretary, firms = world
    content = csv_of([row("渝岭矿业有限公司", 职务="会员"), row("Yuanyu Trade", 职务="会长"), row("三禾冷链有限公司")])
    made = compared(committee, content, by=secretary, on=NOVEMBER)
    assert counts(made) == {"changed": 2, "unchanged": 1}
    assert applied(made, by=secretary).state == "applied"
    held = Appointment.objects.current().on(NOVEMBER).get()
    assert held.seat.organisation == firms[1]


def test_a_full_office_rejects_the_row_with_the_holder(world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members(row("北辰铜业有限公司", 职务="会长"))), by=secretary, on=NOVEMBER)
    (entry,) = entries(made, Group.REJECTED)
    assert "Yuling Mining holds it on these days" in entry.reason
    assert counts(made) == {"unchanged": 3, "rejected": 1}


def test_what_is_not_the_rosters_to_change_is_only_shown(world):
    committee, secretary, firms = world
    own(firms[0], OwnershipType.PRIVATE)
    line = row("渝岭矿业有限公司") | {"企业性质": "央企", "国家": "哈萨克斯坦", "代表": "王某"}
    other = row("Yuanyu Trade") | {"企业性质": "国企", "国家": "亚特兰蒂斯", "代表": ""}
    made = compared(committee, csv_of([line, other]), by=secretary, on=NOVEMBER)
    first, second = entries(made, Group.UNCHANGED)
    notes = {cell.field: cell.note for cell in (*second.cells, *first.cells)}
    assert not any(cell.written for cell in (*first.cells, *second.cells))
    assert notes["ownership"] == "This ownership was verified. The Secretariat settles it by newer evidence."
    assert notes["country"] == "To be settled by the Secretariat’s staff: the register keeps the country."
    assert notes["representative"] == "The organisation has not named this person to the portal."
    assert "several kinds of ownership" in second.cells[0].note
    assert second.cells[1].note == "This is no country known here."


def test_ownership_country_and_suspension_are_recorded_and_taken_back(world):
    committee, _secretary, firms = world
    staff = user_with(Role.STAFF)
    reviewer = user_with(Role.REVIEWER)
    declare_ownership(firms[1], by=staff, ownership_type=OwnershipType.PRIVATE, controller="", since=date(2024, 1, 1))
    line = row("渝岭矿业有限公司") | {"企业性质": "央企", "国家": "哈萨克斯坦", "状态": "suspended"}
    other = row("Yuanyu Trade") | {"企业性质": "外资", "国家": "", "状态": ""}
    made = compared(committee, csv_of([line, other]), by=staff, on=NOVEMBER)
    assert applied(made, by=staff, document="Minutes 8").failure == ""
    made.refresh_from_db()
    seat = seat_of(firms[0])
    assert seat.suspended
    assert Transition.objects.filter(recording=made.recording, move="suspend").get().reason == "Roster file roster.csv"
    firms[0].refresh_from_db()
    assert firms[0].country == "KZ"
    facts = Ownership.objects.current().order_by("organisation")
    assert [(each.type, each.evidence, each.verified_at) for each in facts] == [
        (OwnershipType.CENTRAL_SOE, "Roster file roster.csv", None),
        (OwnershipType.FOREIGN, "Roster file roster.csv", None),
    ]
    assert Delivery.objects.filter(recipient=reviewer, notification__kind="ownerships_declared").exists()
    assert counts(compared(committee, csv_of([line, other]), by=staff, on=NOVEMBER)) == {"unchanged": 2, "left": 1}

    workflow.take_back(made, by=staff, reason="Wrong file")
    firms[0].refresh_from_db()
    assert (firms[0].country, seat_of(firms[0]).suspended) == ("CN", False)
    assert [each.type for each in Ownership.objects.current()] == [OwnershipType.PRIVATE]


def test_a_verified_declaration_of_a_file_is_not_taken_back_with_it(world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of([row("Yuanyu Trade") | {"企业性质": "民营"}]), by=secretary, on=NOVEMBER)
    made = applied(made, by=secretary)
    verify_ownership(Ownership.objects.current().get(), by=user_with(Role.REVIEWER))
    with pytest.raises(ValidationError, match="has settled the ownership since"):
        workflow.take_back(made, by=secretary, reason="Wrong file")


def test_whom_a_file_put_into_the_register_vanishes_with_it_unless_something_else_hangs_on_it(world):
    committee, secretary, _firms = world
    strangers = [row("新甲有限公司"), row("新乙有限公司")]
    made = compared(committee, csv_of(members(*strangers)), by=secretary, on=NOVEMBER)
    made = decided(made, by=secretary, choices={"5": "new", "6": "new"})
    made = applied(made, by=secretary)
    kept, gone = Organisation.objects.filter(legal_name__in=["新甲有限公司", "新乙有限公司"]).order_by("pk")
    Representative.objects.create(person=PersonFactory.create(), organisation=kept, valid=date_range(date(2026, 11, 2)))
    workflow.take_back(made, by=secretary, reason="Wrong file")
    registered = Organisation.objects.visible_to(secretary)
    assert set(registered.filter(legal_name__startswith="新")) == {kept}
    with pytest.raises(ValidationError, match="was taken back"):
        admit(committee, gone, by=secretary, on=NOVEMBER)
    again = compared(committee, csv_of(members(*strangers)), by=secretary, on=NOVEMBER)
    assert counts(again) == {"unchanged": 3, "joined": 1, "unknown": 1}


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_is_admitted_in_the_same_number_of_statements(world, count, django_assert_num_queries):
    committee, secretary, _firms = world
    strangers = [row(f"新{number}有限公司", 功能角色="支撑") for number in range(count)]
    rows = [line | {"企业性质": "民营"} for line in members(*strangers)]
    made = compared(committee, csv_of(rows), by=secretary, on=NOVEMBER)
    made = decided(made, by=secretary, choices={str(5 + number): "new" for number in range(count)})
    with django_assert_num_queries(APPLY_QUERIES):
        made = applied(made, by=secretary)
    assert made.outcome["joined"] == count


def test_every_field_that_can_be_written_is_written(world):
    committee, secretary, firms = world
    person = PersonFactory.create(name="王明", name_latin="Wang Ming")
    Representative.objects.create(person=person, organisation=firms[0], valid=date_range(date(2024, 1, 1)))
    line = row("渝岭矿业有限公司", 功能角色="引领", 入会时间="2024年1月5日", 职务="副会长、会长")
    line |= {"产业链环节": "贸易", "代表": "WANG MING", "表决权": "否"}
    made = compared(committee, csv_of([line]), by=secretary, on=NOVEMBER)
    (entry,) = entries(made, Group.CHANGED)
    assert cells(entry) == {
        "role": ("Spearhead", "Lead"),
        "chain": ("–", "Trade"),
        "position": ("Chair", "Chair, Vice-chair"),
        "voting": ("Yes", "No"),
        "representative": ("–", "王明"),
        "since": ("2024-01-10", "2024-01-05"),
    }
    assert applied(made, by=secretary).failure == ""
    seat = seat_of(firms[0])
    assert (seat.functional_role, seat.chain_role, seat.voting, seat.representative) == ("lead", "trade", False, person)
    assert seat.valid.lower == date(2024, 1, 5)
    again = compared(committee, csv_of([line]), by=secretary, on=NOVEMBER)
    assert counts(again) == {"unchanged": 1, "left": 2}


def test_what_rows_say_of_people_is_kept_only_until_it_is_applied(world):
    committee, secretary, _firms = world
    line = row("渝岭矿业有限公司", 功能角色="引领") | {"代表": "王明"}
    made = compared(committee, csv_of([line]), by=secretary, on=NOVEMBER)
    assert "王明" in str(made.rows)
    made = applied(made, by=secretary)
    assert (made.rows, made.sample, made.outcome["changed"]) == ([], [], 1)


@pytest.mark.parametrize(
    ("written", "differs"), [("2024年1月", False), ("2024", False), ("2024.02", True), ("2023", True)]
)
def test_a_month_or_year_of_admission_is_only_compared(world, written, differs):
    committee, secretary, _firms = world
    lines = [row("渝岭矿业有限公司", 入会时间=written), row("北辰铜业有限公司", 入会时间="2025年3月")]
    made = compared(committee, csv_of(lines), by=secretary, on=NOVEMBER)
    (entry,) = entries(made, Group.UNCHANGED)
    assert [cell.written for cell in entry.cells] == ([False] if differs else [])
    assert applied(made, by=secretary).state == "applied"
    assert Seat.objects.get(organisation__legal_name="北辰铜业有限公司").valid.lower == NOVEMBER
