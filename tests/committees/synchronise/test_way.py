"""A secretary brings the roster in line with a spreadsheet: upload, sheet, columns, jobs, and the way back."""

from datetime import date

import pytest
from django.urls import reverse

from committees.enums import FunctionalRole, SynchronisationState
from committees.models import Seat, Synchronisation
from committees.workflows import appointments, seats
from committees.workflows import synchronisation as workflow
from temp_portal.audit.models import Transition
from temp_portal.core import files
from temp_portal.imports.models import SavedMapping
from temp_portal.jobs import runner
from temp_portal.jobs import workflows as jobs
from tests.committees.synchronising import (
    applied,
    chosen,
    compared,
    counts,
    csv_of,
    decided,
    members,
    roster,
    row,
    seat_of,
    send,
    upload,
)
from tests.core.tabular.files import xlsx_bytes
from tests.factories import OrganisationFactory, committee_with_secretary
from tests.factories.web import text

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)
PAGE_QUERIES = 16


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
