"""Board, map, portfolio and comparison: every figure opens its rows in the table, and counts them exactly."""

from datetime import date
from html.parser import HTMLParser

import pytest

from members.enums import OwnershipType
from projects.changes import Change, compare
from projects.enums import Stage, Visibility
from projects.models import Project, ProjectCountry, Site
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import MoneyEventFactory, OrganisationFactory, ProjectFactory, own, user_with

pytestmark = pytest.mark.django_db


class Figures(HTMLParser):
    """(number, address) of every figure that opens its rows."""

    def __init__(self, page):
        super().__init__()
        self.found, self._url = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and "fig" in (said.get("class") or "").split():
            self._url = said["href"]

    def handle_data(self, data):
        if self._url:
            self.found.append((int(data.split()[0]), self._url))
            self._url = None


def project(stage, country="KZ", **fields):
    made = ProjectFactory.create(stage=stage, **fields)
    ProjectCountry.objects.create(project=made, country=country)
    return made


@pytest.fixture
def world():
    firm = OrganisationFactory.create()
    own(firm, OwnershipType.PRIVATE)
    whole = project(Stage.S7, lead=firm, sector_code="4210", sector_name="Railways")
    project(Stage.S7, lead=OrganisationFactory.create(), parent=whole)
    project(Stage.S3, "UZ", lead=OrganisationFactory.create(), sector_code="3510", sector_name="Power")
    project(Stage.X1, "UZ", in_totals=False)
    project(Stage.S5, lead=firm)
    secret = project(Stage.S9, visibility=Visibility.CONFIDENTIAL)
    MoneyEventFactory.create(project=secret, amount=5_000_000)
    Site.objects.create(project=whole, name="Depot", country="KZ", latitude="43.2", longitude="76.9")


def rows_of(client, url):
    return client.get(url).context["list"].count.value


@pytest.mark.parametrize("role", [None, Role.STAFF], ids=["visitor", "staff"])
@pytest.mark.parametrize("view", ["map", "portfolio"])
def test_every_figure_opens_as_many_rows(client, world, view, role):
    if role:
        client.force_login(user_with(role))
    figures = Figures(client.get(f"/projects/{view}/").content.decode()).found
    assert len(figures) >= 2
    for number, url in figures:
        assert rows_of(client, url) == number, url


def test_the_board_counts_and_shows_the_newest(client, world):
    for _each in range(8):
        project(Stage.S3)
    columns = {column["stage"]: column for column in client.get("/projects/board/").context["columns"]}
    assert [columns[stage]["count"] for stage in (Stage.S3, Stage.S7, Stage.S9)] == [9, 2, 0]
    assert len(columns[Stage.S3]["cards"]) == 6
    assert columns[Stage.S3]["cards"][0] == Project.objects.filter(stage=Stage.S3).latest("pk")
    narrowed = client.get("/projects/board/?country=UZ").context["columns"]
    assert sum(column["count"] for column in narrowed) == 2
    assert rows_of(client, narrowed[3]["url"]) == 1


def test_a_part_counts_with_its_parent_and_money_is_for_those_who_may_read_it(client, world):
    assert client.get("/projects/portfolio/").context["total"] == 3
    assert client.get("/projects/portfolio/").context["kinds"] == []
    client.force_login(user_with(Role.STAFF))
    page = client.get("/projects/portfolio/")
    assert page.context["total"] == 4
    stages = next(figure for figure in page.context["figures"] if figure["name"] == "stage")
    operation = next(row for row in stages["rows"] if row["label"] == Stage.S9.label)
    assert operation["money"][2].amount == 5


def test_what_happened_between_two_days_is_counted_by_moves(client):
    def course(*moves):
        made = ProjectFactory.create(stage=moves[-1][0])
        Transition.objects.bulk_create(
            Transition(
                subject_type="projects.project", subject_id=made.pk, move="move", to_state=stage, effective_on=day
            )
            for stage, day in moves
        )

    before, within, later = date(2026, 1, 1), date(2026, 2, 1), date(2026, 5, 1)
    course((Stage.S3, before), (Stage.S4, within), (Stage.S5, within), (Stage.S6, later))
    course((Stage.S0, within))
    course((Stage.S7, before), (Stage.S5, within))
    course((Stage.S7, before), (Stage.X1, within))
    course((Stage.X1, before), (Stage.X2, within))
    course((Stage.S10, before), (Stage.S11, within))
    course((Stage.X1, before), (Stage.S7, within))
    course((Stage.S9, before))
    found = compare(Project.objects.all(), date(2026, 1, 31), date(2026, 3, 31))
    assert found.changes == dict.fromkeys(Change, 1)
    assert (found.opening, found.closing) == (7, 8)
    for stage in found.stages:
        assert stage.opening + stage.came - stage.went == stage.closing
    page = client.get("/projects/changes/?since=2026-01-31&until=2026-03-31").content.decode()
    figures = Figures(page).found
    assert len(figures) == len(Change)
    for number, url in figures:
        assert rows_of(client, url) == number, url


def test_days_that_are_none_are_reported(client):
    response = client.get("/projects/changes/?since=soon&until=2026-13-01")
    assert response.status_code == 200
    assert set(response.context["view"].filterset.form.errors) == {"since", "until"}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("view", "queries"), [("board", 6), ("map", 4), ("portfolio", 7), ("changes", 3)])
def test_pages_cost_the_same_for_one_project_and_three(client, django_assert_num_queries, view, queries, rows):
    for _each in range(rows):
        project(Stage.S3, lead=OrganisationFactory.create())
    with django_assert_num_queries(queries):
        assert client.get(f"/projects/{view}/").status_code == 200
