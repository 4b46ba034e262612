"""The people of a committee: found in any script, kept by its officers, with consents given outside the portal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.enums import PositionCode
from committees.forms.seats import people_of
from committees.models import Position
from committees.people import kept_people
from committees.workflows import appointments
from members.consents import CONSENT_TEXTS
from members.enums import ConsentChannel, ConsentPurpose
from members.informing import notice_for
from members.models import Consent, Person, Representative
from members.workflows import keep_person, merge, record_consent, record_person, record_withdrawal
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

SINCE = date(2024, 1, 1)


@pytest.fixture
def house():
    """A committee with a member, one who speaks for it, and somebody whom the committee does not know."""
    committee, secretary = committee_with_secretary(name_en="Rail Committee")
    organisation = OrganisationFactory.create(name_en="Steel Rails")
    person = PersonFactory.create(name="张伟", name_latin="Zhang Wei", email="zhang@example.org")
    Representative.objects.create(person=person, organisation=organisation, valid=date_range(SINCE))
    seat = admit(committee, organisation, by=secretary, representative=person)
    stranger = PersonFactory.create(name="Иванов")
    return {
        "committee": committee,
        "secretary": secretary,
        "organisation": organisation,
        "person": person,
        "seat": seat,
        "stranger": stranger,
    }


def signed_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def listed(client, **query):
    rows = client.get(reverse("committees:person-list"), query).context["list"].page.rows
    return [row.name for row in rows]


def test_officers_see_the_people_of_their_committees_and_the_secretariat_everybody(house):
    assert list(kept_people(house["secretary"])) == [house["person"]]
    assert set(kept_people(user_with(Role.STAFF))) == {house["person"], house["stranger"]}
    assert list(kept_people(user_with(Role.REVIEWER))) == []


@pytest.mark.parametrize("typed", ["张伟", "zhang wei", "Чжан"])
def test_a_person_is_found_in_any_script(client, house, typed):
    assert listed(signed_in(client, user_with(Role.STAFF)), q=typed) == ["张伟"]


def test_the_list_says_whom_one_represents_where_and_as_what(client, house):
    office = Position.objects.create(committee=house["committee"], code=PositionCode.CHAIR, title_en="Chair")
    appointments.appoint(house["seat"], office, by=house["secretary"], effective_on=SINCE)
    page = signed_in(client, house["secretary"]).get(reverse("committees:person-list")).content.decode()
    for text in ("Steel Rails", "Rail Committee", "Chair", "zhang@example.org", "Missing"):
        assert text in page
    table = client.get(reverse("committees:person-list-csv"))
    assert "Steel Rails" in b"".join(table.streaming_content).decode("utf-8-sig")


def test_the_list_is_narrowed_by_committee_position_and_missing_consent(client, house):
    office = Position.objects.create(committee=house["committee"], code=PositionCode.CHAIR, title_en="Chair")
    appointments.appoint(house["seat"], office, by=house["secretary"], effective_on=SINCE)
    other, _secretary = committee_with_secretary()
    signed_in(client, user_with(Role.STAFF))
    assert listed(client, committee=house["committee"].slug) == ["张伟"]
    assert listed(client, committee=other.slug) == []
    assert listed(client, position="chair") == ["张伟"]
    assert listed(client, position="supervisor") == []
    consent(house["person"], by=house["secretary"])
    assert listed(client, without="representation") == ["Иванов"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_number_of_queries(client, house, people, django_assert_num_queries):
    for number in range(people - 1):
        one = PersonFactory.create(name=f"Person {number}")
        Representative.objects.create(person=one, organisation=house["organisation"], valid=date_range(SINCE))
    signed_in(client, house["secretary"])
    client.get(reverse("committees:person-list"))
    with django_assert_num_queries(8):
        client.get(reverse("committees:person-list"))


def test_a_secretary_puts_a_person_of_a_member_on_record(house):
    person = record_person(
        house["organisation"],
        by=house["secretary"],
        notice=notice_for("CN"),
        post="Director",
        since=SINCE,
        name="Li Na",
        name_zh="李娜",
    )
    entry = Representative.objects.get(person=person)
    assert (entry.organisation, entry.post, entry.valid.lower) == (house["organisation"], "Director", SINCE)
    assert (person.name, person.name_zh, person.name_latin) == ("Li Na", "李娜", "")
    assert person in kept_people(house["secretary"])


def test_only_for_members_of_the_own_committee(house):
    _other, stranger = committee_with_secretary()
    with pytest.raises(PermissionDenied):
        record_person(house["organisation"], by=stranger, notice=notice_for("CN"), post="", since=SINCE, name="Li Na")
    with pytest.raises(PermissionDenied):
        keep_person(house["person"], by=stranger, phone="1")
    with pytest.raises(PermissionDenied):
        keep_person(house["person"], by=user_with(Role.CHAIR, house["committee"]), phone="1")


def test_forms_of_a_name_are_kept_as_written(client, house):
    address = reverse("committees:person-edit", args=[house["person"].pk])
    typed = {"name": "张伟", "name_latin": "ZHANG Wei", "name_ru": "Чжан Вэй", "languages": ["ru"]}
    assert signed_in(client, house["secretary"]).post(address, typed).status_code == 302
    kept = Person.objects.get(pk=house["person"].pk)
    assert (kept.name_latin, kept.name_ru, kept.name_zh) == ("ZHANG Wei", "Чжан Вэй", "")
    assert kept.languages == ["ru"]


IN_FORCE = date.fromisoformat(CONSENT_TEXTS[ConsentPurpose.PUBLICATION].version)


def consent(person, *, by, purpose=ConsentPurpose.REPRESENTATION, given_on=IN_FORCE):
    return record_consent(person, purpose, by=by, language="zh-hans", channel=ConsentChannel.PAPER, given_on=given_on)


def test_a_consent_on_paper_is_recorded_with_text_language_and_channel(client, house):
    address = reverse("committees:person-consent", args=[house["person"].pk])
    assert "I agree that my name is shown" in signed_in(client, house["secretary"]).get(address).content.decode()
    typed = {"purpose": "publication", "language": "zh-hans", "channel": "paper", "given_on": IN_FORCE.isoformat()}
    assert client.post(address, typed).status_code == 302
    made = Consent.objects.get(person=house["person"])
    assert (made.purpose, made.language, made.channel, made.text_version) == (
        "publication",
        "zh-hans",
        "paper",
        IN_FORCE.isoformat(),
    )
    assert timezone.localdate(made.given_at) == IN_FORCE
    assert house["person"] in Person.objects.publishable()
    page = client.get(house["person"].get_absolute_url()).content.decode()
    assert "on paper, signed" in page


def test_a_withdrawal_that_was_told_takes_effect_at_once(client, house):
    made = consent(house["person"], by=house["secretary"], purpose=ConsentPurpose.PUBLICATION)
    address = reverse("committees:person-withdrawal", args=[made.pk])
    assert signed_in(client, house["secretary"]).post(address).status_code == 302
    assert house["person"] not in Person.objects.publishable()
    with pytest.raises(ValidationError):
        record_withdrawal(made, by=house["secretary"])


def test_a_consent_is_not_given_tomorrow(house):
    with pytest.raises(ValidationError, match="future"):
        consent(house["person"], by=house["secretary"], given_on=date(2999, 1, 1))


def test_nobody_agreed_to_a_text_before_it_was_in_force(house):
    with pytest.raises(ValidationError, match="another one"):
        consent(house["person"], by=house["secretary"], given_on=IN_FORCE - timedelta(days=1))


def test_of_merged_people_the_consent_of_the_remaining_one_counts(house):
    staff = user_with(Role.STAFF)
    double = PersonFactory.create(name="Zhang Wei")
    consent(house["person"], by=staff, purpose=ConsentPurpose.PUBLICATION)
    merge(house["person"], double, by=staff)
    assert house["person"] not in Person.objects.publishable()
    consent(double, by=staff, purpose=ConsentPurpose.PUBLICATION)
    assert {house["person"], double} <= set(Person.objects.publishable())
    assert list(kept_people(house["secretary"])) == [double]


def test_nothing_new_is_recorded_of_a_merged_person(house):
    staff = user_with(Role.STAFF)
    double = PersonFactory.create(name="Zhang Wei")
    merge(double, house["person"], by=staff)
    office = Position.objects.create(committee=house["committee"], code=PositionCode.CHAIR, title_en="Chair")
    with pytest.raises(ValidationError, match="张伟"):
        appointments.appoint(house["seat"], office, by=house["secretary"], effective_on=SINCE, person=double)
    with pytest.raises(ValidationError, match="张伟"):
        keep_person(double, by=staff, phone="1")


def test_a_person_is_added_on_the_page_of_the_organisation(client, house):
    address = reverse("committees:person-new", args=[house["organisation"].pk])
    assert (
        address in signed_in(client, house["secretary"]).get(house["organisation"].get_absolute_url()).content.decode()
    )
    refused = client.post(address, {"name": "", "since": "2024-01-01", "name_ru": "Ли На"})
    assert refused.status_code == 200
    assert "Ли На" in refused.content.decode()
    assert client.post(address, {"name": "Li Na", "since": "2024-01-01"}).status_code == 200
    assert not Person.objects.filter(name="Li Na").exists()
    told = {"name": "Li Na", "since": "2024-01-01", "notice_confirmed": "on"}
    assert client.post(address, told).status_code == 302
    shown = Consent.objects.get(person__name="Li Na")
    assert (shown.purpose, shown.text_version, shown.channel) == ("notice", "general-0", ConsentChannel.ORGANISATION)


def test_a_merged_person_is_offered_as_the_one_that_remains(house):
    double = PersonFactory.create(name="Zhang Wei")
    merge(house["person"], double, by=user_with(Role.STAFF))
    assert list(people_of(house["organisation"])) == [double]
