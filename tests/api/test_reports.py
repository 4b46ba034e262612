"""A program starts a quarterly report, reads its frozen figures and fetches its files."""

import pytest

from temp_portal.accounts.enums import Role
from temp_portal.core.periods import Quarter
from temp_portal.reports import workflows
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.filing import make_file
from temp_portal.reports.models import Report
from tests.factories import CommitteeFactory, admit, user_with

pytestmark = pytest.mark.django_db


def test_staff_start_a_report_once(api):
    client = api(user_with(Role.STAFF))
    body = {"quarter": "2026-Q2", "languages": ["en", "ru"]}
    first = client.post("/api/v1/reports/", body, format="json", HTTP_IDEMPOTENCY_KEY="q2")
    again = client.post("/api/v1/reports/", body, format="json", HTTP_IDEMPOTENCY_KEY="q2")
    assert (first.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert Report.objects.get().languages == ["en", "ru"]


@pytest.mark.parametrize("quarter", ["2026-Q5", "Q2", "2126-Q1"])
def test_a_quarter_that_is_none_or_has_not_begun(api, quarter):
    response = api(user_with(Role.STAFF)).post("/api/v1/reports/", {"quarter": quarter}, format="json")
    assert response.status_code == 400
    assert "quarter" in response.json()["errors"]


def test_representatives_find_no_report(api):
    report = workflows.prepare(Quarter(2026, 2), by=user_with(Role.STAFF), scope=None, languages=["en"])
    stranger = user_with(Role.CHAIR, CommitteeFactory.create())
    assert api(stranger).get(f"/api/v1/reports/{report.pk}/").status_code == 404
    assert api().get("/api/v1/reports/").status_code == 401


def test_frozen_figures_and_a_file(api):
    staff, committee = user_with(Role.STAFF), CommitteeFactory.create()
    admit(committee)
    report = workflows.prepare(Quarter(2026, 2), by=staff, scope=[committee.pk], languages=["en"])
    basis = basis_of(report.period, cut_off=cut_off_now(), scope=report.scope, time_zone=report.time_zone)
    report = workflows.freeze(report, compute(basis), by=staff, cut_off=basis.cut_off, restated=[])
    file = make_file(report, "csv", "en")
    client = api(staff)
    shown = client.get(f"/api/v1/reports/{report.pk}/").json()
    assert shown["hash"] == report.figures_hash
    assert shown["figures"]
    (listed,) = client.get("/api/v1/reports/").json()["results"]
    content = client.get(listed["files"][0]["url"])
    with file.file.open() as stored:
        assert b"".join(content.streaming_content) == stored.read()
    assert content["X-Content-Type-Options"] == "nosniff"
