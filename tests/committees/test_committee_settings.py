"""Creating a committee, describing it, and keeping its state, terms, positions and filings."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import CommitteeState
from committees.models import Committee
from committees.workflows import committees
from committees.workflows.lifecycle import flow
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import CommitteeFactory, OrganisationFactory, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

NEW = {
    "name_en": "Copper Committee",
    "name_zh_hans": "铜业工作委员会",
    "slug": "copper",
    "sector": "materials",
    "title_set": "council",
    "state": "proposed",
    "since": "2024-03-01",
}


def address(name, committee, *args):
    return reverse(f"committees:{name}", args=[committee.slug, *args])


@pytest.fixture
def staff(client):
    user = user_with(Role.STAFF)
    client.force_login(user)
    return user


def test_who_may_create_a_committee(client):
    page = reverse("committees:committee-new")
    assert client.get(page).status_code == 302
    for role, scope, code in [
        (Role.STAFF, None, 200),
        (Role.ADMINISTRATOR, None, 200),
        (Role.LEADER, None, 403),
        (Role.SECRETARY, CommitteeFactory.create(), 403),
        (Role.REPRESENTATIVE, OrganisationFactory.create(), 403),
    ]:
        client.force_login(user_with(role, scope))
        assert client.get(page).status_code == code, role
        if code == 403:
            assert client.post(page, NEW).status_code == 403, role


def test_a_proposal_needs_little(client, staff):
    answer = client.post(reverse("committees:committee-new"), NEW)
    made = Committee.objects.get(slug="copper")
    assert answer.headers["Location"] == address("settings", made)
    assert (made.state, made.created_by) == (CommitteeState.PROPOSED, staff)
    assert made.positions.get(code="chair").title_zh_hans == "理事长"
    assert Transition.objects.of(made).get().effective_on == date(2024, 3, 1)


def test_an_existing_committee_goes_in_with_all_its_evidence(client, staff):
    host, initiator = OrganisationFactory.create_batch(2)
    data = NEW | {
        "name_ru": "Комитет медной промышленности",
        "mandate_ru": "Вместе.",
        "gb_codes": ["09", "32"],
        "isic_codes": ["07"],
        "initiator": initiator.pk,
        "legal_host": host.pk,
        "host_branch_name": "铜业分会",
        "host_branch_founded_on": "2022-02-01",
        "contact_email": "office@example.org",
        "rules_text": "Article 1",
        "state": "re_election_due",
        "document": "Decision 5",
        "established_on": "2022-03-04",
        "term_number": "1",
        "term_begins_on": "2022-03-04",
        "term_ends_on": "2024-08-31",
        "recipient": "SCO Secretariat",
        "filed_on": "2022-06-01",
        "filing_document": "F-1",
    }
    client.post(reverse("committees:committee-new"), data)
    made = Committee.objects.get(slug="copper")
    assert (made.initiator, made.legal_host, made.rules_text) == (initiator, host, "Article 1")
    assert [code["code"] for code in made.industry_codes] == ["09", "32", "07"]
    assert [each.to_state for each in Transition.objects.of(made)] == ["established", "active", "re_election_due"]
    assert made.terms.get().last_day == date(2024, 8, 31)
    assert made.filings.get().document == "F-1"
    page = client.get(address("settings", made))
    assert "Re-election due from 1 Mar 2024" in page.text
    assert "Decision 5" in page.text


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"name_en": "", "name_zh_hans": ""}, "name_en", "Give the name in at least one language."),
        ({"slug": "new"}, "slug", "used by the portal itself"),
        ({"slug": "Медь"}, "slug", "valid “slug”"),
        ({"slug": "taken"}, "slug", "Another committee has this address already."),
        ({"sector": "magic"}, "sector", "Select a valid choice"),
        ({"gb_codes": ["00"]}, "gb_codes", "Select a valid choice"),
        ({"initiator": "99999999"}, "initiator", "not in the register"),
        ({"contact_email": "office"}, "contact_email", "valid email"),
        ({"since": "1 March"}, "since", "Write the day as year"),
        ({"since": "2999-01-01"}, "since", "lies in the future"),
        ({"state": "active", "established_on": "2024-04-01"}, "established_on", "before it reached its present state"),
        ({"term_number": "1"}, "term_begins_on", "Complete the term, or leave it out."),
        ({"recipient": "SCO Secretariat"}, "filed_on", "Complete the filing, or leave it out."),
        (
            {"term_number": "1", "term_begins_on": "2024-02-01", "term_ends_on": "2024-01-01"},
            "term_ends_on",
            "ends before it begins",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(client, staff, change, field, message):
    CommitteeFactory.create(slug="taken")
    page = client.post(reverse("committees:committee-new"), NEW | {"mandate_en": "Typed by me"} | change)
    assert page.status_code == 200
    assert message in " ".join(page.context["form"].errors[field])
    assert "Typed by me" in page.text
    assert Committee.objects.count() == 1


def test_the_picker_answers_what_is_typed_and_nothing_else(client):
    organisation = OrganisationFactory.create(legal_name="特变电工")
    OrganisationFactory.create()
    pick = reverse("committees:pick-organisation")
    assert client.get(pick).json() == []
    assert client.get(pick, {"q": "特变"}).json() == [{"value": str(organisation.pk), "text": str(organisation)}]


def test_a_form_does_not_read_the_register(client, staff, django_assert_num_queries):
    OrganisationFactory.create_batch(3)
    client.get(reverse("committees:committee-new"))
    with django_assert_num_queries(3):
        client.get(reverse("committees:committee-new"))


SETTINGS = ["settings", "settings-description", "term-new", "filing"]


@pytest.mark.parametrize("name", SETTINGS)
def test_who_may_keep_the_settings(client, name):
    committee = CommitteeFactory.create()
    page = address(name, committee)
    assert client.get(page).status_code == 302
    for role, scope, code in [
        (Role.SECRETARY, committee, 200),
        (Role.STAFF, None, 200),
        (Role.LEADER, None, 200 if name == "settings" else 403),
        (Role.CHAIR, committee, 403),
        (Role.SECRETARY, CommitteeFactory.create(), 404),
        (Role.REPRESENTATIVE, OrganisationFactory.create(), 404),
    ]:
        client.force_login(user_with(role, scope))
        assert client.get(page).status_code == code, role
        if code != 200:
            assert client.post(page).status_code in (code, 405), role


def test_the_description_is_changed_and_codes_of_other_editions_are_kept(client):
    old = {"scheme": "ISIC", "version": "3", "code": "1320"}
    committee, secretary = committee_with_secretary(
        industry_codes=[old, {"scheme": "GB/T 4754", "version": "2017", "code": "09"}]
    )
    client.force_login(secretary)
    page = client.get(address("settings-description", committee))
    form = page.context["form"]
    assert form.initial["gb_codes"] == ["09"]
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    client.post(address("settings-description", committee), data | {"name_ru": "Новое имя", "gb_codes": ["32"]})
    committee.refresh_from_db()
    assert committee.name_ru == "Новое имя"
    assert committee.industry_codes == [{"scheme": "GB/T 4754", "version": "2017", "code": "32"}, old]


def test_of_two_writers_the_second_is_told_and_keeps_the_text(client):
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    form = client.get(address("settings-description", committee)).context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    committees.describe(
        committee, by=user_with(Role.STAFF), seen=committees.version(committee), mandate_en="From the Secretariat"
    )
    answer = client.post(address("settings-description", committee), data | {"mandate_en": "From the secretary"})
    assert answer.status_code == 409
    assert "From the secretary" in answer.text
    assert "Somebody else has changed this description" in answer.text
    committee.refresh_from_db()
    assert committee.mandate_en == "From the Secretariat"


def test_the_steps_offered_are_those_possible_now(client, staff):
    committee = CommitteeFactory.create(state=CommitteeState.UNDER_REVIEW)
    page = client.get(address("settings", committee))
    offered = [step.name for step in (*page.context["steps"], *page.context["dangers"])]
    assert offered == ["return", "approve", "reject", "dissolve"]
    client.force_login(user_with(Role.SECRETARY, committee))
    assert "recorded by the Secretariat" in client.get(address("settings", committee)).text


@pytest.mark.parametrize("name", [name for name, step in flow.moves.items() if not step.guided])
def test_every_step_has_a_form_that_asks_for_its_evidence(client, staff, name):
    committee = CommitteeFactory.create(state=next(iter(flow.moves[name].sources)))
    page = client.get(address("settings-step", committee, name))
    assert list(page.context["form"].fields) == ["effective_on", *flow.moves[name].asks]
    empty = client.post(address("settings-step", committee, name), {})
    assert set(empty.context["form"].errors) == {"effective_on", *flow.moves[name].requires}


def test_a_step_is_taken_with_its_evidence(client, staff):
    committee = CommitteeFactory.create(state=CommitteeState.APPROVED)
    data = {"effective_on": "2024-03-01", "document": "Minutes 1", "term_ends_on": "2029-02-28"}
    answer = client.post(address("settings-step", committee, "establish"), data)
    assert answer.headers["Location"] == address("settings", committee)
    committee.refresh_from_db()
    assert (committee.state, committee.established_on) == (CommitteeState.ESTABLISHED, date(2024, 3, 1))
    assert "Minutes 1" in client.get(address("settings", committee)).text


def test_a_step_that_somebody_else_has_taken_is_a_conflict(client, staff):
    committee = CommitteeFactory.create(state=CommitteeState.APPROVED)
    data = {"effective_on": "2024-03-01", "document": "Minutes 1", "term_ends_on": "2029-02-28"}
    client.post(address("settings-step", committee, "establish"), data)
    client.force_login(user_with(Role.STAFF))
    answer = client.post(address("settings-step", committee, "establish"), data)
    assert answer.status_code == 409
    assert str(staff) in answer.text
    assert 'value="Minutes 1"' in answer.text


def test_steps_are_for_secretariat_and_leader_and_unknown_ones_are_not_found(client, staff):
    committee = CommitteeFactory.create()
    assert client.get(address("settings-step", committee, "leap")).status_code == 404
    client.force_login(user_with(Role.LEADER))
    assert client.get(address("settings-step", committee, "suspend")).status_code == 200
    client.force_login(user_with(Role.SECRETARY, committee))
    assert client.get(address("settings-step", committee, "suspend")).status_code == 403


def test_terms_are_added_and_changed(client):
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    client.post(address("term-new", committee), {"number": 1, "begins_on": "2024-01-01", "ends_on": "2028-12-31"})
    term = committee.terms.get()
    page = client.get(address("term", committee, term.pk))
    assert page.context["form"]["ends_on"].value() == date(2028, 12, 31)
    clash = client.post(address("term-new", committee), {"number": 2, "begins_on": "2028-12-31"})
    assert "Another term of this committee covers some of these days." in clash.text
    client.post(address("term", committee, term.pk), {"number": 1, "begins_on": "2024-01-01", "ends_on": ""})
    term.refresh_from_db()
    assert term.last_day is None
    other = CommitteeFactory.create()
    assert client.get(address("term", other, term.pk)).status_code == 404


def test_a_position_is_renamed_in_three_languages(client):
    committee, secretary = committee_with_secretary()
    position = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    client.force_login(secretary)
    data = {
        "title_en": "Director",
        "title_zh_hans": "主任",
        "title_ru": "",
        "holders_min": 1,
        "holders_max": "",
        "rank": 1,
    }
    client.post(address("position", committee, position.pk), data)
    position.refresh_from_db()
    assert (position.title_en, position.title_zh_hans, position.holders_max) == ("Director", "主任", None)
    nameless = client.post(address("position", committee, position.pk), data | {"title_en": "", "title_zh_hans": ""})
    assert "Give the title in at least one language." in nameless.text


def test_a_filing_is_recorded(client):
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    late = client.post(address("filing", committee), {"recipient": "SCO Secretariat", "filed_on": tomorrow})
    assert "The day lies in the future" in late.text
    client.post(address("filing", committee), {"recipient": "SCO Secretariat", "filed_on": "2024-05-01"})
    assert committee.filings.get().filed_on == date(2024, 5, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_the_settings_take_as_many_queries_for_one_term_as_for_three(client, staff, django_assert_num_queries, number):
    committee = CommitteeFactory.create()
    for each in range(number):
        valid = (date(2010 + each, 1, 1), date(2011 + each, 1, 1))
        committee.terms.create(number=each + 1, valid=valid)
        committee.positions.create(code=f"p{each}", title_en=f"P{each}")
        committee.filings.create(recipient=f"R{each}", filed_on=valid[0])
    client.get(address("settings", committee))
    with django_assert_num_queries(15):
        client.get(address("settings", committee))
