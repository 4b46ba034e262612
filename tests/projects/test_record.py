"""A project is entered and changed on its pages; participants, countries and sites are written as a whole."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.models import Organisation
from projects.enums import ParticipantRole, Stage
from projects.models import Participant, Project, ProjectCountry, Site, Sponsorship
from projects.workflows import participants, projects
from projects.workflows.guards import OverwriteConflict
from projects.workflows.participants import WHOLE, Member, consortium_faults
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import CommitteeFactory, OrganisationFactory, ProjectFactory, user_with
from tests.factories.race import Meeting, at_once

CENTS = 100


@pytest.fixture
def committee(db):
    return CommitteeFactory.create(slug="rail")


@pytest.fixture
def secretary(committee, client):
    user = user_with(Role.SECRETARY, committee)
    client.force_login(user)
    return user


@pytest.fixture
def project(committee):
    project = ProjectFactory.create(title_en="Light rail")
    Sponsorship.objects.create(project=project, committee=committee)
    ProjectCountry.objects.create(project=project, country="ET")
    return project


def form_of(client, url):
    """What the page's form would send untouched."""
    form = client.get(url).context["form"]
    return {
        field.html_name: value
        for field in form
        if (value := field.value()) not in (None, False) and (not isinstance(value, list) or value)
    }


def test_a_project_is_entered(client, committee, secretary):
    lead = OrganisationFactory.create()
    url = "/projects/new/"
    sent = form_of(client, url) | {
        "code": "TEMP-1",
        "title_zh_hans": "轻轨",
        "committees": ["rail"],
        "host_countries": ["ET", "KZ"],
        "lead": lead.pk,
        "sector_code": "42",
        "start_planned": "2027-03",
        "stage": "S1",
    }
    assert client.post(url, sent | {"end_planned": "2027-02"}).context["form"].errors.keys() == {"end_planned"}
    assert client.post(url, sent | {"code": "new"}).context["form"].errors.keys() == {"code"}
    assert client.post(url, sent).status_code == 302
    made = Project.objects.get(code="TEMP-1")
    assert (made.title_zh_hans, made.stage, made.lead) == ("轻轨", Stage.S1, lead)
    assert (str(made.start_planned), made.start_planned_precision) == ("2027-03-01", "month")
    assert made.participants.get().role == ParticipantRole.LEAD
    assert sorted(made.countries.values_list("country", flat=True)) == ["ET", "KZ"]
    assert Transition.objects.of(made).get().to_state == Stage.S1


def test_a_project_of_somebody_elses_committee_is_not_entered(client, secretary):
    CommitteeFactory.create(slug="other")
    sent = form_of(client, "/projects/new/") | {"code": "T", "title_en": "Rail", "committees": ["other"]}
    errors = client.post("/projects/new/", sent).context["form"].errors
    assert errors.keys() == {"committees"}
    assert not Project.objects.exists()


def test_who_comes_second_reads_who_changed_what(client, project, secretary):
    url = f"/projects/{project.code}/edit/"
    sent = form_of(client, url)
    staff = user_with(Role.STAFF, name="Wu Min")
    said = {name: getattr(project, name) for name in projects.DESCRIPTION} | {"title_en": "Metro"}
    projects.describe(project, by=staff, seen=projects.version(project), committees=project.committees.all(), **said)
    response = client.post(url, sent | {"title_en": "Tram"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Wu Min" in page
    assert "Tram" in page
    assert Project.objects.get().title_en == "Metro"
    assert client.post(url, form_of(client, url) | {"title_en": "Tram"}).status_code == 302


def test_participants_of_a_consortium_are_saved_as_a_whole(client, project, secretary):
    lead, partner = OrganisationFactory.create_batch(2)
    Participant.objects.create(project=project, name="Old funder", source_type="bank", role=ParticipantRole.FUNDER)
    url = f"/projects/{project.code}/participants/edit/"
    sent = form_of(client, url) | {
        "is_consortium": "on",
        "organisation_1": lead.pk,
        "role_1": "lead",
        "share_1": "60",
        "organisation_2": partner.pk,
        "share_2": "39.99",
    }
    refused = client.post(url, sent)
    assert "99.99" in refused.content.decode()
    assert refused.context["form"]["share_2"].value() == "39.99"
    assert client.post(url, sent | {"share_2": "40"}).status_code == 302
    project.refresh_from_db()
    assert (project.lead, project.is_consortium, project.participants.count()) == (lead, True, 3)
    assert project.participants.get(role="funder").source_type == "bank"
    page = client.get(f"/projects/{project.code}/participants/?as_of=2026-01-01").content.decode()
    assert "Unverified" in page


def test_a_row_without_anybody_is_pointed_at(client, project, secretary):
    url = f"/projects/{project.code}/participants/edit/"
    errors = client.post(url, form_of(client, url) | {"share_0": "x", "share_1": "5"}).context["form"].errors
    assert {"share_0", "organisation_0", "organisation_1"} == errors.keys()


def test_countries_and_sites_belong_together(client, project, secretary):
    sites, countries = (f"/projects/{project.code}/{name}/" for name in ("sites", "countries"))
    place = {"name_0": "Depot", "country_0": "ET", "latitude_0": "9.03", "longitude_0": "38.74"}
    assert (
        "latitude_0" in client.post(sites, form_of(client, sites) | place | {"latitude_0": "91"}).context["form"].errors
    )
    assert client.post(sites, form_of(client, sites) | place).status_code == 302
    assert Site.objects.get().latitude == Decimal("9.03")
    moved = form_of(client, countries) | {"country_0": "KZ"}
    assert client.post(countries, moved).context["form"].non_field_errors()
    shared = form_of(client, countries) | {"share_0": "70", "country_1": "KZ", "share_1": "29"}
    assert client.post(countries, shared).context["form"].non_field_errors()
    assert client.post(countries, shared | {"share_1": "30"}).status_code == 302
    assert sum(project.countries.values_list("share", flat=True)) == WHOLE


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 100 * CENTS), min_size=1, max_size=6))
def test_shares_are_whole_exactly_when_they_make_a_hundred(cents):
    firms = [Organisation(pk=number, kind="enterprise") for number, _share in enumerate(cents)]
    members = [
        Member(
            role=ParticipantRole.PARTNER if number else ParticipantRole.LEAD,
            organisation=firm,
            share=Decimal(share) / CENTS,
        )
        for number, (firm, share) in enumerate(zip(firms, cents, strict=True))
    ]
    assert bool(consortium_faults(members)) == (sum(cents) != 100 * CENTS or len(cents) == 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["lock", "control"])
def test_of_two_who_write_the_participants_one_is_told(monkeypatch, locked):
    project = ProjectFactory.create()
    staff, other = user_with(Role.STAFF), user_with(Role.STAFF)
    seen = participants.version(project)
    meeting = Meeting()
    meeting.inside(monkeypatch, participants, "_faults")
    if not locked:
        monkeypatch.setattr(participants, "lock", lambda project, **_options: Project.objects.get(pk=project.pk))
    rows = [[Member(role=ParticipantRole.FUNDER, name=name)] for name in ("One", "Two")]
    found = at_once(
        *(
            lambda by=by, row=row: participants.save(project, row, by=by, seen=seen, is_consortium=False)
            for by, row in zip((staff, other), rows, strict=True)
        )
    )
    assert sum(isinstance(each, OverwriteConflict) for each in found) == (1 if locked else 0)
