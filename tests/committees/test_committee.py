"""The public page of a committee: what everybody may know, on any day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import CommitteeState
from committees.models import SeatPeriod
from committees.workflows import appointments, committees, seats
from committees.workflows.lifecycle import Evidence
from members.enums import ConsentPurpose, OwnershipType
from members.models import Consent
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    give_rules,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)
JUNE = date(2024, 6, 15)


def body(client, committee, **query):
    page = client.get(committee.get_absolute_url(), query)
    assert page.status_code == 200
    return page


def test_the_page_says_what_the_committee_is(client):
    committee = CommitteeFactory.create(
        mandate_en="Opens deposits together.",
        mandate_zh_hans="共同开发矿产。",
        contact_email="office@example.org",
        industry_codes=[
            {"scheme": "GB/T 4754", "version": "2017", "code": "09"},
            {"scheme": "ISIC", "version": "3", "code": "1320"},
        ],
        established_on=JANUARY,
    )
    committee.terms.create(number=2, valid=date_range(JANUARY, date(2029, 1, 10)))
    committee.filings.create(recipient="SCO Secretariat", filed_on=JUNE)
    page = body(client, committee)
    for text in (
        committee.name_zh_hans,
        "Opens deposits together.",
        '<div lang="zh-Hans"><p>共同开发矿产。</p></div>',
        "Not translated yet",
        "09 Mining and dressing of non-ferrous metal ores",
        "1320",
        "office@example.org",
        "term 2, to",
        "SCO Secretariat",
    ):
        assert text in page.text, text


def test_the_mandate_is_read_in_the_readers_language_or_the_first_there_is(client):
    committee = CommitteeFactory.create(mandate_zh_hans="共同开发矿产。", mandate_ru="Вместе.")
    assert body(client, committee).context["shown_mandate"] == "zh-hans"
    client.cookies["django_language"] = "ru"
    assert body(client, committee).context["shown_mandate"] == "ru"


def test_a_persons_name_is_public_only_with_a_live_consent(client):
    committee, secretary = committee_with_secretary()
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    person = PersonFactory.create(name="Lin Jingchuan", email="lin@example.org", phone="+86 23 1234")
    seat = admit(committee, on=JANUARY, by=secretary, representative=person)
    appointments.appoint(seat, chair, by=secretary, effective_on=JANUARY)

    assert "Lin Jingchuan" not in body(client, committee).text
    consent = Consent.objects.create(person=person, purpose=ConsentPurpose.PUBLICATION, text_version="1", language="en")
    page = body(client, committee)
    assert "Lin Jingchuan" in page.text
    assert "lin@example.org" not in page.text
    assert "1234" not in page.text
    consent.withdrawn_at = timezone.now()
    consent.save()
    assert "Lin Jingchuan" not in body(client, committee).text


def test_the_chart_stands_beside_its_table_and_leads_to_the_rows(client):
    committee = CommitteeFactory.create()
    for kind in (OwnershipType.CENTRAL_SOE, OwnershipType.PRIVATE, OwnershipType.PRIVATE, OwnershipType.HMT):
        organisation = OrganisationFactory.create()
        own(organisation, kind)
        admit(committee, organisation)
    admit(committee)
    page = body(client, committee)
    assert 'aria-label="Ownership: Central SOE 1, Local SOE 0, Private 2, Foreign 1"' in page.text
    assert "Not counted: Unverified 1" in " ".join(page.text.split())
    assert "50.0%" in page.text
    for group, url in page.context["group_urls"].items():
        rows = client.get(committee.get_absolute_url() + url).context["list"]
        assert rows.count.value == page.context["composition"].counts.get(group, 0)


def test_a_past_day_shows_the_members_offices_and_state_of_that_day(client):
    staff = user_with(Role.STAFF)
    committee = CommitteeFactory.create()
    secretary = user_with(Role.SECRETARY, committee)
    gone, later = admit(committee, on=JANUARY, by=secretary), admit(committee, on=JUNE, by=secretary)
    seats.end(gone, by=secretary, effective_on=JUNE, how="resigned")
    committees.advance(
        committee,
        "call_re_election",
        by=staff,
        evidence=Evidence(effective_on=JUNE, document="D"),
    )

    def members(**query):
        rows = body(client, committee, **query).context["list"].page.rows
        return [SeatPeriod.objects.get(pk=row.pk).seat_id for row in rows]

    assert members() == [later.pk]
    assert members(as_of="2024-06-14") == [gone.pk]
    assert members(as_of="2024-06-15") == [later.pk]
    assert members(as_of="2024-01-09") == []
    page = body(client, committee, as_of="2024-06-14")
    assert "A past day can only be read." in page.text
    assert page.context["list"].csv_url.endswith("?as_of=2024-06-14")


@pytest.mark.parametrize("typed", ["31.12.2025", "2025-02-30", "yesterday", "0000-00-00", "2025-1", "9" * 300])
def test_a_day_that_is_none_is_explained_and_today_is_shown(client, typed):
    committee = CommitteeFactory.create()
    page = body(client, committee, as_of=typed)
    assert page.context["as_of"].error
    assert "<title>Error:" in page.text
    assert f'value="{typed}"' in page.text
    assert page.context["as_of"].day == timezone.localdate()


def test_tomorrow_is_refused_and_today_is_not_past(client):
    committee = CommitteeFactory.create()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "lies in the future" in body(client, committee, as_of=tomorrow.isoformat()).text
    assert not body(client, committee, as_of=timezone.localdate().isoformat()).context["as_of"].is_past


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (CommitteeState.ACTIVE, ""),
        (CommitteeState.ESTABLISHED, ""),
        (CommitteeState.RE_ELECTION_DUE, ""),
        (CommitteeState.PREPARATORY, "is being prepared"),
        (CommitteeState.APPROVED, "is being prepared"),
        (CommitteeState.SUSPENDED, "is suspended"),
        (CommitteeState.DISSOLVED, "has been dissolved"),
    ],
)
def test_one_applies_to_a_committee_that_works_and_reads_why_elsewhere(client, state, reason):
    committee = CommitteeFactory.create(state=state)
    page = body(client, committee)
    assert (f"/apply/?committee={committee.slug}" in page.text) == (not reason)
    assert reason in page.text
    if reason:
        assert "Apply to join" not in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_one_member_as_for_three(client, django_assert_num_queries, number):
    committee, secretary = committee_with_secretary()
    give_rules(committee)
    office = committee.positions.create(code="vice_chair", title_en="Vice-chair", rank=1)
    for _each in range(number):
        seat = admit(committee, by=secretary, representative=PersonFactory.create())
        appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 2, 1))
    with django_assert_num_queries(17):
        body(client, committee)


def test_a_visitor_has_no_sub_navigation_and_an_officer_has(client):
    committee, secretary = committee_with_secretary()
    assert body(client, committee).context["places"] == []
    client.force_login(secretary)
    labels = [str(place.label) for place in body(client, committee).context["places"]]
    assert labels == [
        "Overview",
        "Roster",
        "What changed",
        "Applications",
        "Composition",
        "Dues",
        "Re-election",
        "Settings",
    ]


def test_an_unknown_committee_is_not_found(client):
    assert client.get(reverse("committees:committee", args=["nowhere"])).status_code == 404
