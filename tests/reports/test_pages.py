"""The pages of reports, as staff, officers and outsiders see them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.report_sections import records
from committees.workflows import applications
from temp_portal.accounts.enums import Role
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from temp_portal.reports import workflows
from temp_portal.reports.models import Report
from tests.factories import CommitteeFactory, admit, user_with
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def staff():
    return user_with(Role.STAFF)


@pytest.fixture
def report(world, staff):
    return made(staff, world.scope)


def made(by, scope, languages=("en",)) -> Report:
    report = workflows.prepare(worlds.quarter(), by=by, scope=scope, languages=languages)
    runner.run(report.job_id, threaded=False)
    return Report.objects.get(pk=report.pk)


def signed_in(client, user):
    client.force_login(user)
    return client


def codes(client, urls) -> set[int]:
    """The answers to these addresses; downloads are read."""
    found = set()
    for url in urls:
        response = client.get(url)
        found.add(response.status_code)
        b"".join(response)
    return found


def text(response) -> str:
    """What a reader sees of the page, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def figures_url(report, table, row, column):
    return reverse("reports:figures", args=[report.pk, table, row, column])


def test_the_list_shows_reports_and_the_way_to_a_new_one(client, staff, report):
    response = signed_in(client, staff).get("/reports/")
    assert f'href="{report.get_absolute_url()}"' in response.content.decode()
    assert f'href="{reverse("reports:new")}"' in response.content.decode()
    assert "Figures frozen" in text(response)


def test_the_list_takes_the_same_queries_for_one_report_and_many(
    client, world, staff, report, django_assert_num_queries
):
    signed_in(client, staff).get("/reports/")
    with django_assert_num_queries(9):
        client.get("/reports/")
    for scope in (None, [CommitteeFactory.create().pk], world.scope):
        workflows.prepare(worlds.quarter(), by=staff, scope=scope, languages=["en"])
    with django_assert_num_queries(9):
        client.get("/reports/")


def test_the_list_of_an_officer_without_reports_says_so(client, world):
    chair = user_with(Role.CHAIR, world.committee)
    response = signed_in(client, chair).get("/reports/")
    assert "No report has been prepared yet." in text(response)
    assert reverse("reports:new") not in response.content.decode()


def test_staff_prepare_a_report_by_the_form(client, world, staff):
    signed_in(client, staff)
    page = client.get("/reports/new/")
    assert page.context["form"]["quarter"].initial == str(worlds.quarter().previous)
    given = {"quarter": str(worlds.quarter()), "committees": [world.committee.pk], "languages": ["en", "ru"]}
    response = client.post("/reports/new/", given)
    report = Report.objects.get()
    assert (response.status_code, response["Location"]) == (302, report.get_absolute_url())
    assert (report.scope, report.languages, report.quarter) == (list(world.scope), ["en", "ru"], str(worlds.quarter()))
    assert report.job == Job.objects.get()
    waiting = client.get(report.get_absolute_url())
    assert "Waiting for a worker" in text(waiting)


def test_the_secretariat_may_leave_the_committees_empty(client, staff):
    signed_in(client, staff).post("/reports/new/", {"quarter": str(worlds.quarter()), "languages": ["en"]})
    assert Report.objects.get().scope is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"languages": ["en"]}, "quarter"),
        ({"quarter": "2026-Q9", "languages": ["en"]}, "quarter"),
        ({"quarter": "1999-Q1", "languages": ["en"]}, "quarter"),
        ({"quarter": str(worlds.quarter())}, "languages"),
        ({"quarter": "", "languages": ["fr"]}, "languages"),
        ({"committees": ["0"], "languages": ["en"]}, "committees"),
        ({"committees": ["x"], "languages": ["en"]}, "committees"),
    ],
)
def test_a_form_that_cannot_be_understood_says_why(client, staff, given, field):
    response = signed_in(client, staff).post("/reports/new/", given)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "<title>Error:" in response.content.decode()
    assert not Report.objects.exists()


def test_a_secretary_is_offered_the_own_committees_and_must_choose(client, world):
    other = CommitteeFactory.create()
    signed_in(client, world.secretary)
    form = client.get("/reports/new/").context["form"]
    assert [pk for pk, _name in form.fields["committees"].choices] == [world.committee.pk]
    given = {"quarter": str(worlds.quarter()), "languages": ["en"]}
    assert "committees" in client.post("/reports/new/", given).context["form"].errors
    assert "committees" in client.post("/reports/new/", given | {"committees": [other.pk]}).context["form"].errors
    assert client.post("/reports/new/", given | {"committees": [world.committee.pk]}).status_code == 302


def test_the_page_shows_tables_checks_chart_and_files(client, staff, report):
    response = signed_in(client, staff).get(report.get_absolute_url())
    html, words = response.content.decode(), text(response)
    assert "T1. Summary" in words
    assert "T3. Roster by ownership" in words
    assert "T6. Applications funnel" in words
    assert "6 + 0 − 0 − 0 + 0 − 0 = 6" in words
    assert "0 + 2 − 0 − 0 − 0 = 2" in words
    assert 'data-chart="line" data-source="course-T3a"' in html
    assert html.count("data-series=") == 4
    assert report.figures_hash in words
    assert "provisional" in words
    for file in report.files.all():
        assert file.download_url in html
    assert f'href="{figures_url(report, "T3", "all", "closing")}"' in html
    assert figures_url(report, "T3", "all", "left") not in html  # zero has nothing behind it


def test_the_page_takes_a_fixed_number_of_queries(client, staff, report, django_assert_num_queries):
    signed_in(client, staff).get(report.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(report.get_absolute_url())


def test_counting_again_says_whether_the_hash_is_the_same(client, world, staff, report):
    worlds.LATER["a corrected ownership"](world)
    url = reverse("reports:recompute", args=[report.pk])
    assert signed_in(client, staff).get(url).status_code == 405
    assert "Counted again from the facts: the same hash" in text(client.post(url))


def test_counting_again_finds_what_was_tampered_with_and_restores_what_was_lost(client, staff, report):
    url = reverse("reports:recompute", args=[report.pk])
    Report.objects.update(figures=None)
    page = signed_in(client, staff).get(report.get_absolute_url())
    assert "The stored figures are missing" in text(page)
    assert "the same hash" in text(client.post(url))
    assert Report.objects.get().figures == report.figures
    changed = report.figures
    changed["tables"]["T3"]["all"]["opening"] = 99
    Report.objects.update(figures=changed)
    assert "1 figure differs" in text(client.post(url))


def test_a_draft_cannot_be_counted_again(client, world, staff):
    draft = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    assert signed_in(client, staff).post(reverse("reports:recompute", args=[draft.pk])).status_code == 404


def test_restated_lines_stand_on_the_page(client, world, staff, report):
    worlds.LATER["an expulsion"](world)
    second = made(staff, world.scope)
    page = signed_in(client, staff).get(second.get_absolute_url())
    assert "Restated figures" in text(page)
    assert re.search(rf"{worlds.quarter()}, version 1 T3 All members Expelled 0 1", text(page))
    assert "Restated figures" not in text(client.get(report.get_absolute_url()))


def test_files_are_downloads(client, staff, report):
    signed_in(client, staff)
    for file in report.files.all():
        response = client.get(file.download_url)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        assert len(response.getvalue()) == file.size


def test_a_file_of_another_report_and_a_lost_one_are_not_found(client, world, staff, report):
    other = made(staff, None)
    signed_in(client, staff)
    file = report.files.first()
    assert client.get(reverse("reports:file", args=[other.pk, file.pk])).status_code == 404
    file.file.storage.delete(file.file.name)
    assert client.get(file.download_url).status_code == 404


def test_the_records_behind_a_figure_are_those_known_at_the_cut_off(client, world, staff, report):
    latecomer = worlds.owned("private")
    admit(world.committee, latecomer, on=worlds.today() - timedelta(days=100), by=world.secretary)
    response = signed_in(client, staff).get(figures_url(report, "T3", "all", "closing"))
    assert "All members: Closing 6 records" in text(response)
    for seat in world.seats:
        assert str(seat.organisation) in text(response)
    assert str(latecomer) not in text(response)
    (row,) = client.get(figures_url(report, "T3", "foreign", "closing")).context["rows"]
    assert str(world.seats[3].organisation) in row[0]
    assert "Hong Kong, Macao, Taiwan capital" in str(row[2])


def test_movements_lead_to_their_seats(client, world, staff):
    worlds.LATER["an expulsion"](world)
    worlds.LATER["a change of owner"](world)
    worlds.LATER["an admission"](world)
    report = made(staff, world.scope)
    signed_in(client, staff)
    expected = {
        ("central", "expelled"): world.seats[0],
        ("private", "recl_out"): world.seats[2],
        ("local", "recl_in"): world.seats[2],
        ("enterprises", "opening"): None,
        ("private", "admitted"): None,
    }
    for place, seat in expected.items():
        rows = client.get(figures_url(report, "T3", *place)).context["rows"]
        assert len(rows) == (4 if place == ("enterprises", "opening") else 1)
        assert seat is None or str(seat.organisation) in rows[0][0]


def test_suspended_members_are_listed(client, world, staff):
    worlds.LATER["a suspension"](world)
    report = made(staff, world.scope)
    rows = signed_in(client, staff).get(figures_url(report, "T3", "suspended", "closing")).context["rows"]
    assert [str(world.seats[0].organisation) in row[0] for row in rows] == [True]


def test_every_linked_figure_opens_as_many_records_as_it_says(client, world, staff):
    for name in ("an expulsion", "a change of owner", "an admission", "an approval", "the loss of the vote"):
        if name != "the loss of the vote":
            worlds.LATER[name](world)
    applications.return_for_completion(world.undecided[1], by=world.secretary, note="Evidence")
    report = made(staff, world.scope)
    html = signed_in(client, staff).get(report.get_absolute_url()).content.decode()
    links = re.findall(r'<a class="fig" href="([^"]+)">([^<]+)</a>', html)
    assert len(links) > 30
    for url, figure in links:
        rows = client.get(url).context["rows"]
        assert "median" in url or len(rows) == int(figure.replace(",", "")), url


def test_records_are_paged_by_key(client, world, staff, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 4)
    report = made(staff, world.scope)
    url = figures_url(report, "T3", "all", "closing")
    first = signed_in(client, staff).get(url)
    second = client.get(url + first.context["next_url"])
    assert (len(first.context["rows"]), len(second.context["rows"]), second.context["next_url"]) == (4, 2, "")
    names = [row[0] for page in (first, second) for row in page.context["rows"]]
    assert len(set(names)) == 6
    for nonsense in ("x", "9" * 30 + "~2026-01-01", "1~", "~", "1~9999-99-99", "%00"):
        assert client.get(f"{url}?after={nonsense}").status_code == 200


@pytest.mark.parametrize(
    "place",
    [
        ("T3", "nobody", "closing"),
        ("T3", "all", "share"),
        ("T3", "organisations", "closing"),
        ("T3", "suspended", "admitted"),
        ("T1", "unit_members", "value"),
        ("T9", "all", "closing"),
        ("T6", "all", "closing"),
    ],
)
def test_a_figure_without_records_is_not_found(client, staff, report, place):
    assert signed_in(client, staff).get(figures_url(report, *place)).status_code == 404


def test_a_draft_has_no_records(client, world, staff):
    draft = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    assert signed_in(client, staff).get(figures_url(draft, "T3", "all", "closing")).status_code == 404


def pages(report):
    file = report.files.first()
    return [
        report.get_absolute_url(),
        file.download_url,
        figures_url(report, "T3", "all", "closing"),
    ]


def test_officers_read_reports_on_nothing_but_their_own_committees(client, world, staff, report):
    whole = made(staff, None)
    for user in (world.secretary, user_with(Role.CHAIR, world.committee)):
        signed_in(client, user)
        assert codes(client, pages(report)) == {200}
        assert codes(client, pages(whole)) == {404}
    stranger = user_with(Role.SECRETARY, CommitteeFactory.create())
    assert codes(signed_in(client, stranger), pages(report)) == {404}


def test_leaders_read_everything_and_prepare_nothing(client, world, staff, report):
    signed_in(client, user_with(Role.LEADER))
    assert codes(client, pages(report)) == {200}
    assert client.get("/reports/new/").status_code == 403
    chair = user_with(Role.CHAIR, world.committee)
    assert signed_in(client, chair).get("/reports/new/").status_code == 403


def test_for_everybody_else_there_are_no_reports(client, world, report):
    for url in ["/reports/", "/reports/new/", *pages(report)]:
        assert client.get(url)["Location"].startswith("/account/login/")
    for user in (user_with(Role.REPRESENTATIVE, world.seats[0].organisation), user_with(Role.REVIEWER)):
        signed_in(client, user)
        for url in ["/reports/", "/reports/new/", *pages(report)]:
            assert client.get(url).status_code == 404
        assert client.post(reverse("reports:recompute", args=[report.pk])).status_code == 404


def test_a_reader_who_may_not_see_the_job_sees_the_report_without_it(client, world, staff):
    draft = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    page = signed_in(client, world.secretary).get(draft.get_absolute_url())
    assert page.context["job"] is None
    assert signed_in(client, staff).get(draft.get_absolute_url()).context["job"] == draft.job
    assert timezone.now() > draft.created_at
