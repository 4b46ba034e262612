"""Requests, notices, readings, retention and breaches, as people meet them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from members.enums import ConsentChannel, ConsentPurpose
from members.informing import may_register_oneself, notice_for
from members.models import Consent, Person, Representative
from members.privacy import workflows
from members.privacy.models import Breach, PrivacyRequest
from members.privacy.workflows.requests import due
from members.workflows import claim_organisation, confirm_notice, register_organisation, save_own_particulars
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Reading, Transition
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, UserFactory, user_with
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db


# Requests


def test_a_request_is_answered_in_time_with_its_reason(client, house):
    asked = {"kind": "correction", "text": "My name is written with 偉"}
    response = enter(client, house.user).post(reverse("privacy:ask"), asked)
    request = PrivacyRequest.objects.get()
    assert response["Location"] == request.get_absolute_url()
    assert (request.person, request.due_on) == (house.person, due(timezone.localdate()))
    assert Delivery.objects.filter(recipient=house.staff, notification__kind="privacy_request_made").exists()
    assert enter(client, house.staff).post(request.get_absolute_url(), {"granted": "no"}).status_code == 200
    answer = {"granted": "no", "answer": "The register writes it so"}
    assert client.post(request.get_absolute_url(), answer).status_code == 302
    page = text(enter(client, house.user).get(request.get_absolute_url()))
    assert "The register writes it so" in page
    assert Delivery.objects.filter(recipient=house.user, notification__kind="privacy_request_refused").exists()
    assert client.post(request.get_absolute_url(), answer).status_code == 403


@pytest.mark.parametrize(("asked", "answered"), [(date(2026, 11, 24), date(2026, 12, 15))])
def test_fifteen_working_days_are_three_weeks(asked, answered):
    assert due(asked) == answered


def test_about_a_colleague_only_for_an_organisation_one_represents(client, house):
    stranger = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    about = {"kind": "correction", "text": "Wrong", "person": house.person.pk}
    enter(client, stranger).post(reverse("privacy:ask"), about)
    assert not PrivacyRequest.objects.filter(person=house.person).exists()
    with pytest.raises(PermissionDenied):
        workflows.ask("correction", "Wrong", by=stranger, person=house.person, organisation=house.organisation)
    colleague = user_with(Role.REPRESENTATIVE, house.organisation)
    enter(client, colleague).post(reverse("privacy:ask"), about)
    request = PrivacyRequest.objects.get(person=house.person)
    assert request.organisation == house.organisation
    assert enter(client, stranger).get(request.get_absolute_url()).status_code == 404
    assert enter(client, house.secretary).get(request.get_absolute_url()).status_code == 404


def test_nobody_answers_the_own_request(house):
    request = workflows.ask("objection", "Do not write to me", by=house.staff)
    with pytest.raises(PermissionDenied):
        workflows.answer(request, granted=True, answer="Done", by=house.staff)


# Notices and self-registration


def test_each_country_has_its_notice_in_the_reader_s_language(house):
    assert notice_for("KZ").version == "general-0"
    workflows.write_notice("", by=house.staff, text_en="General", text_zh_hans="通用", text_ru="")
    workflows.write_notice("KZ", by=house.staff, text_en="", text_zh_hans="", text_ru="Для Казахстана")
    again = workflows.write_notice("KZ", by=house.staff, text_en="", text_zh_hans="", text_ru="Для Казахстана, новое")
    assert again.number == 2
    with translation.override("zh-hans"):
        shown, other = notice_for("KZ"), notice_for("UZ")
    assert (shown.version, shown.language, shown.text) == ("KZ-2", "ru", "Для Казахстана, новое")
    assert (other.version, other.language, other.text) == ("general-1", "zh-hans", "通用")
    with pytest.raises(PermissionDenied):
        workflows.write_notice("", by=house.secretary, text_en="Other")


def test_a_notice_that_changed_meanwhile_is_read_again(client, house):
    address = reverse("committees:person-new", args=[house.organisation.pk])
    typed = {"name": "Li Na", "since": "2024-01-01", "notice_confirmed": "on", "notice_version": "general-0"}
    workflows.write_notice("CN", by=house.staff, text_en="Newer words", text_zh_hans="", text_ru="")
    page = text(enter(client, house.secretary).post(address, typed))
    assert "Newer words" in page
    assert not Person.objects.filter(name="Li Na").exists()
    assert client.post(address, typed | {"notice_version": "CN-1"}).status_code == 302
    assert Consent.objects.get(person__name="Li Na").text_version == "CN-1"


def test_where_people_do_not_put_themselves_on_record_they_are_told_what_to_do(client, house):
    user, firm = UserFactory.create(), OrganisationFactory.create(country="RU")
    with pytest.raises(ValidationError, match="their organisation enters them"):
        claim_organisation(firm, by=user, post="Director", statement="I am")
    with pytest.raises(ValidationError, match="their organisation enters them"):
        register_organisation(
            by=user, scheme="RU-INN", number="7707083893", post="Director", legal_name="Ромашка", country="RU"
        )
    page = enter(client, user).post(
        reverse("committees:apply-claim", args=[firm.pk]), {"post": "Director", "statement": "I am"}
    )
    assert "their organisation enters them" in text(page)
    assert not Person.objects.filter(user=user).exists()


def test_who_was_entered_by_the_organisation_keeps_the_own_entries_up_to_date():
    firm = OrganisationFactory.create(country="RU")
    user = user_with(Role.REPRESENTATIVE, firm)
    person = Person.objects.create(user=user, name="Иванов")
    with pytest.raises(ValidationError, match="their organisation enters them"):
        save_own_particulars(person, firm, by=user, phone="1")
    confirm_notice(person, notice_for("RU"), by=user_with(Role.REPRESENTATIVE, firm))
    assert save_own_particulars(person, firm, by=user, phone="1").phone == "1"
    shown = Consent.objects.get(person=person, purpose=ConsentPurpose.NOTICE)
    assert (shown.channel, shown.text_version) == (ConsentChannel.ORGANISATION, "general-0")


def test_staff_allow_a_country_with_the_reason(client, house):
    assert not may_register_oneself("RU")
    address = reverse("privacy:switch", args=["RU"])
    assert enter(client, house.staff).post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "The owner decided it"}).status_code == 302
    assert may_register_oneself("RU")
    assert Transition.objects.get(subject_type="members.selfregistration").reason == "The owner decided it"
    assert "The owner decided it" in text(client.get(address))
    assert client.get(reverse("privacy:switch", args=["XX"])).status_code == 404


# Who read what


@pytest.mark.parametrize("people", [1, 3])
def test_a_list_of_contacts_costs_one_insert(client, house, people, django_assert_num_queries):
    for number in range(people - 1):
        one = Person.objects.create(name=f"Person {number}", email=f"p{number}@example.com")
        Representative.objects.create(
            person=one, organisation=house.organisation, valid=house.person.representations.get().valid
        )
    address = reverse("committees:person-list")
    enter(client, house.secretary).get(address)
    Reading.objects.all().delete()
    client.get(address)
    seen = Reading.objects.get()
    assert (seen.reader, seen.place, len(seen.subject_ids)) == (house.secretary, address, people)
    Reading.objects.all().delete()
    client.get(f"{address}?cols=name,organisations")
    assert not Reading.objects.exists()


def test_everybody_who_read_contacts_is_told_to_the_person(client, house):
    enter(client, house.secretary)
    pages = [
        house.person.get_absolute_url(),
        house.seat.get_absolute_url(),
        f"{reverse('committees:person-list')[:-1]}.csv",
        f"{reverse('committees:roster', args=[house.committee.slug])[:-1]}.vcf",
    ]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        if response.streaming:
            list(response.streaming_content)
    assert set(Reading.objects.of(house.person).values_list("place", flat=True)) == set(pages)
    own = text(enter(client, house.user).get(reverse("privacy:own-readings")))
    assert own.count(str(house.secretary)) == len(pages)
    listed = text(enter(client, house.staff).get(f"{reverse('privacy:reading-list')}?person={house.person.pk}"))
    assert listed.count(str(house.secretary)) == len(pages)


# Breaches


def test_a_breach_is_recorded_and_closed_when_people_were_told(client, house):
    typed = {
        "title": "A list was sent to a wrong address",
        "found_at": "2026-11-20 10:00",
        "description": "One mail",
        "data_concerned": "Names",
    }
    address = reverse("privacy:breach-new")
    assert enter(client, house.staff).post(address, typed | {"found_at": "yesterday"}).status_code == 200
    assert client.post(address, typed).status_code == 302
    breach = Breach.objects.get()
    closed = typed | {"closed_at": "2026-11-21 10:00"}
    refused = client.post(breach.get_absolute_url(), closed)
    assert refused.status_code == 200
    assert "yesterday" not in text(refused)
    assert client.post(breach.get_absolute_url(), closed | {"why_not_told": "No harm can follow"}).status_code == 302
    assert Breach.objects.get().closed_at
    assert enter(client, house.secretary).get(breach.get_absolute_url()).status_code == 404


def test_the_page_of_my_data_shows_what_is_held(client, house):
    page = text(enter(client, house.user).get(reverse("privacy:own")))
    assert "wei.zhang@example.com" in page
    assert "Director" in page
    newcomer = text(enter(client, UserFactory.create()).get(reverse("privacy:own")))
    assert "wei.zhang@example.com" not in newcomer
