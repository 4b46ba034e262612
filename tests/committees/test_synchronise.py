"""A secretary brings the roster in line with a spreadsheet: upload, columns, questions, apply, take back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from committees.enums import FunctionalRole, SynchronisationState
from committees.models import Appointment, Position, Seat, Synchronisation
from committees.synchronisation.plan import Group
from committees.workflows import appointments, seats
from committees.workflows import synchronisation as workflow
from members.enums import OwnershipType
from members.models import Organisation, Representative
from temp_portal.audit.models import Transition
from temp_portal.core import files
from temp_portal.core.db import date_range
from temp_portal.imports.models import SavedMapping
from temp_portal.jobs import runner
from temp_portal.jobs import workflows as jobs
from tests.committees.synchronising import (
    applied,
    cells,
    compared,
    counts,
    csv_of,
    decided,
    entries,
    roster,
    upload,
)
from tests.core.tabular.files import xlsx_bytes
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary, own
from tests.factories.web import text

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)
PAGE_QUERIES = 16


@pytest.fixture
def world():
    """A committee with a chair, two further members, and an organisation that is none."""
    committee, secretary = committee_with_secretary(slug="copper")
    secretary.language = "en"
    secretary.save()
    firms = [
        OrganisationFactory.create(legal_name=name, name_en=english, name_zh_hans=name)
        for name, english in [
            ("渝岭矿业有限公司", "Yuling Mining"),
            ("远屿贸易有限公司", "Yuanyu Trade"),
            ("三禾冷链有限公司", "Sanhe Cold Chain"),
            ("北辰铜业有限公司", "Beichen Copper"),
        ]
    ]
    chair = Position.objects.create(committee=committee, code="chair", title_en="Chair", rank=1, holders_max=1)
    Position.objects.create(committee=committee, code="vice_chair", title_en="Vice-chair", rank=2, holders_max=3)
    for firm in firms[:3]:
        admit(committee, firm, by=secretary, on=date(2024, 1, 10), functional_role=FunctionalRole.SPEARHEAD)
    appointments.appoint(seat_of(firms[0]), chair, by=secretary, effective_on=date(2024, 2, 1))
    return committee, secretary, firms


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world[1])
    return client


def seat_of(firm: Organisation) -> Seat:
    return Seat.objects.get(organisation=firm)


def row(name: str, **values: str) -> dict[str, str]:
    return {"单位名称": name, "职务": "", "功能角色": "", "入会时间": ""} | values


def members(*extra: dict[str, str]) -> list[dict[str, str]]:
    names = ("渝岭矿业有限公司", "Yuanyu Trade", "三禾冷链")
    return [row(name) for name in names[:2]] + [row("三禾冷链有限公司"), *extra]


def chosen(page) -> dict[str, str]:
    """What the form of the columns is filled in with."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def send(client, made: Synchronisation, **values: str):
    """Send the page of the file as it stands, with some answers."""
    form = client.get(made.get_absolute_url()).context["form"]
    usual = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (usual | values).items() if value not in (None, False, "")}
    return client.post(made.get_absolute_url(), sent)


def test_from_the_file_to_the_roster_and_back(client, world):
    committee, _secretary, firms = world
    content = csv_of(
        [row("渝岭矿业有限公司"), row("Yuanyu Trade", 功能角色="支撑"), row("北辰铜业有限公司", 职务="副会长单位")]
    )
    response = upload(client, committee, content)
    made = Synchronisation.objects.get()
    assert response.url == reverse("committees:synchronisation-columns", args=["copper", made.pk])
    page = client.get(response.url)
    response = client.post(response.url, chosen(page))
    assert response.url == made.get_absolute_url()

    made.refresh_from_db()
    assert counts(made) == {"unchanged": 1, "changed": 1, "joined": 1, "left": 1}
    page = text(client.get(made.get_absolute_url()))
    assert "End the 1 membership that is not in the file" in page
    assert "Apply 2 changes" in page
    response = send(client, made, apply="1", document="Minutes 7", reason="Autumn roster")
    assert response.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.outcome["joined"], made.outcome["left"]) == ("applied", 1, 0)
    assert roster(committee, NOVEMBER) == {firm.pk for firm in firms}
    assert seat_of(firms[1]).functional_role == FunctionalRole.SUPPORT
    joined = seat_of(firms[3])
    assert joined.valid.lower == NOVEMBER
    assert [each.position.code for each in appointments.of_seat(joined)] == ["vice_chair"]
    moves = Transition.objects.filter(recording=made.recording)
    assert {move.move for move in moves} == {"change", "admit", "appoint"}
    assert {(move.reason, move.details["document"], move.effective_on) for move in moves} == {
        ("Autumn roster", "Minutes 7", NOVEMBER)
    }

    address = reverse("committees:synchronisation-take-back", args=["copper", made.pk])
    assert address in text(client.get(made.get_absolute_url()))
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Wrong file"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "taken_back"
    assert roster(committee, NOVEMBER) == {firm.pk for firm in firms[:3]}
    assert seat_of(firms[1]).functional_role == FunctionalRole.SPEARHEAD
    assert text(client.get(made.get_absolute_url()))
    assert client.post(address, {"reason": "Again"}).status_code == 409


def test_columns_are_asked_once(client, world):
    committee, _secretary, _firms = world
    headers = {"会员": "渝岭矿业有限公司", "备注一": "支撑"}
    address = upload(client, committee, csv_of([headers])).url
    filled = chosen(client.get(address))
    refused = client.post(address, filled)
    assert "Choose the column that holds the organisations" in text(refused)
    client.post(address, filled | {"organisation": "0", "role": "1"})
    assert SavedMapping.objects.get().kind == f"roster-{committee.pk}"

    response = upload(client, committee, csv_of([headers | {"备注一": "主力"}]))
    made = Synchronisation.objects.latest("pk")
    assert response.url == made.get_absolute_url()
    assert counts(made) == {"unchanged": 1, "left": 2}
    other, staff = committee_with_secretary()
    client.force_login(staff)
    assert "columns" in upload(client, other, csv_of([headers])).url


def test_a_workbook_with_several_rosters_asks_for_the_sheet(client, world):
    committee, _secretary, _firms = world
    rows = [["单位名称", "职务"], ["渝岭矿业有限公司", "会员"]]
    book = xlsx_bytes(("封面", [["1"]]), ("2025", [*rows, ["远屿贸易有限公司", ""]]), ("2026", rows))
    address = upload(client, committee, book.getvalue(), "book.xlsx").url
    assert "sheet" in address
    assert "2025: 2 rows (单位名称, 职务)" in text(client.get(address))
    assert "no table" in text(client.get(address))
    assert client.post(address, {"sheet": "0"}).status_code == 200
    assert client.get(Synchronisation.objects.get().get_absolute_url()).url == address
    response = client.post(address, {"sheet": "2"})
    assert "columns" in response.url
    made = Synchronisation.objects.get()
    assert (made.sheet, made.row_count) == ("2026", 1)


def test_who_is_missing_leaves_only_when_one_says_so(client, world):
    committee, secretary, firms = world
    made = compared(committee, csv_of([row("三禾冷链有限公司")]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 1, "left": 2}
    # The box changes what is written: it is shown first, with the number on the button.
    send(client, made, apply="1", leave_missing="on", leave_as="lapsed")
    made.refresh_from_db()
    assert made.state == "compared"
    assert len(roster(committee, NOVEMBER)) == 3
    assert "Apply 2 changes" in text(client.get(made.get_absolute_url()))
    send(client, made, apply="1", leave_missing="on", leave_as="lapsed")
    assert roster(committee, NOVEMBER) == {firms[2].pk}
    assert seat_of(firms[0]).ended_as == "lapsed"
    assert not Appointment.objects.current().on(NOVEMBER).exists()


def test_unknown_rows_are_answered(client, world):
    committee, secretary, firms = world
    content = csv_of(members(row("Beichen Copper Group"), row("Nowhere Ltd"), row("Elsewhere Ltd"), row("Third Ltd")))
    made = compared(committee, content, by=secretary, on=NOVEMBER)
    unknown = entries(made, Group.UNKNOWN)
    assert [entry.row.name for entry in unknown] == [
        "Beichen Copper Group",
        "Nowhere Ltd",
        "Elsewhere Ltd",
        "Third Ltd",
    ]
    assert firms[3] in unknown[0].candidates
    other = OrganisationFactory.create()
    numbers = [entry.key for entry in unknown]
    send(
        client,
        made,
        check="1",
        **{
            f"row-{numbers[0]}": str(firms[3].pk),
            f"other-{numbers[1]}": str(other.pk),
            f"row-{numbers[2]}": "new",
            f"row-{numbers[3]}": "out",
        },
    )
    made.refresh_from_db()
    assert counts(made) == {"unchanged": 3, "joined": 3, "unknown": 1}
    assert made.choices[numbers[3]] == "out"
    send(client, made, apply="1")
    made.refresh_from_db()
    assert made.state == "applied", made.failure
    new = Organisation.objects.get(legal_name="Elsewhere Ltd")
    assert roster(committee, NOVEMBER) == {*(firm.pk for firm in firms), other.pk, new.pk}


def test_two_rows_for_one_organisation(client, world):
    committee, secretary, firms = world
    double = [row("渝岭矿业有限公司", 功能角色="支撑"), row("Yuling Mining", 功能角色="补充")]
    same = [row("远屿贸易有限公司"), row("Yuanyu Trade")]
    made = compared(committee, csv_of([*double, *same]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"ambiguous": 1, "unchanged": 1, "left": 1}
    key = f"use-{firms[0].pk}"
    send(client, made, check="1", **{key: "3"})
    made.refresh_from_db()
    (entry,) = entries(made, Group.CHANGED)
    assert cells(entry) == {"role": ("Spearhead", "Complement")}
    send(client, made, check="1", **{key: "out"})
    made.refresh_from_db()
    assert counts(made)["left"] == 1


def test_a_changed_roster_stops_the_file_and_names_whom(client, world):
    committee, secretary, firms = world
    made = compared(committee, csv_of(members(row("北辰铜业有限公司"))), by=secretary, on=NOVEMBER)
    seats.change(seat_of(firms[1]), by=secretary, effective_on=date(2026, 10, 1), chain_role="trade")
    page = text(client.get(made.get_absolute_url()))
    assert "The roster was changed since this comparison: Yuanyu Trade." in page
    assert "Apply 1 change" not in page
    made = applied(made, by=secretary)
    assert made.state == "failed"
    assert "Yuanyu Trade" in made.failure
    assert len(roster(committee, NOVEMBER)) == 3
    assert "Compare again" in text(client.get(made.get_absolute_url()))
    client.post(made.get_absolute_url())
    made.refresh_from_db()
    assert made.state == "compared"
    assert applied(made, by=secretary).state == "applied"


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


def test_rejected_rows_are_a_file_with_reasons(client, world):
    committee, secretary, _firms = world
    bad = [row("远屿贸易有限公司", 职务="皇帝"), row("", 职务="会员", 功能角色="支撑")]
    bad.append(row("渝岭矿业有限公司", 入会时间="近日"))
    made = compared(committee, csv_of([*bad, row("Nobody Ltd"), row("三禾冷链有限公司")]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"rejected": 3, "unknown": 1, "unchanged": 1}
    response = client.get(reverse("committees:synchronisation-rejected", args=["copper", made.pk]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Row,Reason,单位名称,职务,功能角色,入会时间"
    assert "“皇帝” is no position of this committee. It has: Chair, Vice-chair." in lines[1]
    assert "The row names no organisation." in lines[2]
    assert "入会时间: Not a date" in lines[3]
    assert "The organisation is not in the register." in lines[4]


def test_what_is_not_the_rosters_to_change_is_only_shown(world):
    committee, secretary, firms = world
    own(firms[0], OwnershipType.PRIVATE)
    line = row("渝岭矿业有限公司") | {"企业性质": "央企", "国家": "哈萨克斯坦", "代表": "王某", "状态": "suspended"}
    made = compared(committee, csv_of([line]), by=secretary, on=NOVEMBER)
    (entry,) = entries(made, Group.UNCHANGED)
    assert {cell.field for cell in entry.cells} == {"ownership", "country", "representative", "standing"}
    assert not any(cell.written for cell in entry.cells)


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


def test_a_row_that_says_left_counts_as_missing(world):
    committee, secretary, _firms = world
    lines = [line | {"状态": "已离开" if line["单位名称"] == "Yuanyu Trade" else "在任"} for line in members()]
    made = compared(committee, csv_of(lines), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 2, "left": 1}


def test_a_large_file_is_a_jobs_work(client, world, monkeypatch):
    committee, secretary, firms = world
    monkeypatch.setattr(workflow, "AT_ONCE", 2)
    made = compared(committee, csv_of(members(row("北辰铜业有限公司"))), by=secretary, on=NOVEMBER)
    assert made.state == SynchronisationState.COMPARING
    assert "Comparison of a roster" in text(client.get(made.get_absolute_url()))
    runner.run(made.job_id, threaded=False)
    made.refresh_from_db()
    assert made.state == SynchronisationState.COMPARED
    made = applied(made, by=secretary)
    runner.run(made.job_id, threaded=False)
    made.refresh_from_db()
    assert (made.state, made.job.state) == ("applied", "succeeded")
    assert firms[3].pk in roster(committee, NOVEMBER)
    runner.run(made.job_id, threaded=False)
    assert Seat.objects.filter(organisation=firms[3]).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("roster.csv", b"", "The file is empty"),
        ("roster.xlsx", b"PK\x03\x04 no archive", "The file is damaged"),
        ("roster.pdf", b"%PDF-1.7 x", "looks like PDF"),
        ("roster.csv", "单位名称,职务".encode(), "no row under them"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_reason(client, world, name, content, message):
    response = upload(client, world[0], content, name)
    assert response.status_code == 200
    assert message in text(response)
    assert not Synchronisation.objects.exists()


def test_a_day_to_come_is_refused(client, world):
    response = upload(client, world[0], csv_of(members()), effective_on="2999-01-01")
    assert "The day lies in the future" in text(response)


def test_the_comparison_is_a_file(client, world):
    committee, secretary, _firms = world
    content = csv_of([row("渝岭矿业有限公司", 功能角色="引领"), row("Nobody Ltd")])
    made = compared(committee, content, by=secretary, on=NOVEMBER)
    response = client.get(reverse("committees:synchronisation-comparison", args=["copper", made.pk]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Group,Row,Organisation,Value,Before,After,Note",
        "Unknown,3,Nobody Ltd,,,,",
        "Change,2,Yuling Mining,Functional role,Spearhead,Lead,",
        "Not in the file,,Yuanyu Trade,,,,",
        "Not in the file,,Sanhe Cold Chain,,,,",
    ]


def test_a_stranger_named_twice_is_put_into_the_register_once(client, world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members(row("Nobody Ltd"), row("NOBODY, Ltd."))), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 3, "unknown": 1, "rejected": 1}
    send(client, made, check="1", **{"row-5": "new"})
    send(client, made, apply="1")
    assert Organisation.objects.filter(legal_name__iexact="nobody ltd").count() == 1


def test_what_rows_say_of_people_is_kept_only_until_it_is_applied(world):
    committee, secretary, _firms = world
    line = row("渝岭矿业有限公司", 功能角色="引领") | {"代表": "王明"}
    made = compared(committee, csv_of([line]), by=secretary, on=NOVEMBER)
    assert "王明" in str(made.rows)
    made = applied(made, by=secretary)
    assert (made.rows, made.sample, made.outcome["changed"]) == ([], [], 1)


def test_it_is_not_taken_back_over_a_later_change(client, world):
    committee, secretary, firms = world
    made = compared(committee, csv_of(members(row("北辰铜业有限公司"))), by=secretary, on=NOVEMBER)
    made = applied(made, by=secretary)
    seats.change(seat_of(firms[3]), by=secretary, effective_on=NOVEMBER, chain_role="trade")
    address = reverse("committees:synchronisation-take-back", args=["copper", made.pk])
    response = client.post(address, {"reason": "Wrong"})
    assert response.status_code == 200
    assert "Beichen Copper" in text(response)
    made.refresh_from_db()
    assert made.state == "applied"


def test_a_cancelled_job_is_started_again_and_a_running_one_is_not(client, world, monkeypatch):
    committee, secretary, _firms = world
    monkeypatch.setattr(workflow, "AT_ONCE", 0)
    made = compared(committee, csv_of(members(row("北辰铜业有限公司"))), by=secretary, on=NOVEMBER)
    jobs.cancel(made.job, by=secretary)
    assert "Compare again" in text(client.get(made.get_absolute_url()))
    client.post(made.get_absolute_url())
    made.refresh_from_db()
    assert made.job.is_active
    runner.run(made.job_id, threaded=False)
    made.refresh_from_db()
    applied(made, by=secretary)
    assert client.post(made.get_absolute_url()).status_code == 409
    made.refresh_from_db()
    runner.run(made.job_id, threaded=False)
    assert client.post(made.get_absolute_url()).status_code == 409


def test_a_file_that_is_gone_says_so(client, world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members()), by=secretary, on=NOVEMBER)
    files.discard(made.file.name)
    made = decided(made, by=secretary)
    assert (made.state, made.failure) == ("failed", "The stored file is no longer there. Upload it again.")
    assert "no longer there" in text(client.get(made.get_absolute_url()))


@pytest.mark.parametrize("extra", [1, 3])
def test_the_page_asks_the_database_no_more_for_more_rows(client, world, extra, django_assert_num_queries):
    committee, secretary, _firms = world
    joined = [OrganisationFactory.create(legal_name=f"新成员{number}") for number in range(extra)]
    rows = [*members(*(row(each.legal_name) for each in joined)), *(row(f"Nobody {n}") for n in range(extra))]
    made = compared(committee, csv_of(rows), by=secretary, on=NOVEMBER)
    client.get(made.get_absolute_url())
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(made.get_absolute_url())


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


def test_one_answer_for_all_whom_nobody_resembles(client, world):
    committee, secretary, _firms = world
    strangers = [row(f"{name} Ltd") for name in ("Aral", "Balkash", "Caspi", "Dunay")]
    made = compared(committee, csv_of(members(*strangers, row("Beichen Copper Group"))), by=secretary, on=NOVEMBER)
    assert "All 4 undecided rows that resemble nobody" in text(client.get(made.get_absolute_url()))
    send(client, made, check="1", **{"row-5": "out", "strangers": "new"})
    made.refresh_from_db()
    assert made.choices == {"5": "out", "6": "new", "7": "new", "8": "new"}
    assert counts(made) == {"unchanged": 3, "unknown": 2, "joined": 3}


def test_an_answer_can_be_taken_back(client, world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members(row("Nobody Ltd"), row("Else Ltd"))), by=secretary, on=NOVEMBER)
    send(client, made, check="1", **{"row-5": "out"})
    made.refresh_from_db()
    other = OrganisationFactory.create()
    send(client, made, check="1", **{"row-5": "", "other-5": str(other.pk)})
    made.refresh_from_db()
    assert made.choices == {"5": str(other.pk)}
