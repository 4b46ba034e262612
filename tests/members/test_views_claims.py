"""The Secretariat decides who represents, reviewers verify ownership, representatives complete their own entry."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from members import workflows
from members.enums import ClaimState, ConsentPurpose, OwnershipGroup
from members.models import Consent, Ownership
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, UserFactory, grant, own, user_with

pytestmark = pytest.mark.django_db

PAGES_OF_THE_SECRETARIAT = ["members:claim-list", "members:ownership-list"]


@pytest.fixture
def claim():
    organisation = OrganisationFactory.create()
    return workflows.claim_organisation(
        organisation, by=UserFactory.create(name="Dana"), post="Manager", statement="Letter of attorney of 1 May"
    )


def enter(client, user):
    client.force_login(user)
    return client


def title(response):
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1].strip()


def test_staff_confirm_a_claim_from_the_list(client, claim):
    enter(client, user_with(Role.STAFF))
    page = client.get(reverse("members:claim-list"))
    assert claim.get_absolute_url() in page.content.decode()
    detail = client.get(claim.get_absolute_url()).content.decode()
    assert "Letter of attorney of 1 May" in detail

    response = client.post(claim.get_absolute_url(), {"reason": "Called the number in the register"}, follow=True)
    assert "Dana now represents" in response.content.decode()
    claim.refresh_from_db()
    assert (claim.state, claim.decision_reason) == (ClaimState.CONFIRMED, "Called the number in the register")


def test_the_second_decider_reads_who_was_first_and_keeps_the_note(client, claim):
    workflows.refuse_claim(claim, by=user_with(Role.STAFF, name="Guo Min"), reason="Unknown there")
    response = enter(client, user_with(Role.STAFF)).post(claim.get_absolute_url(), {"reason": "Checked by phone"})
    content = response.content.decode()
    assert response.status_code == 409
    assert "Guo Min" in content
    assert "Checked by phone" in content
    assert title(response).startswith("Error:")


def test_a_refusal_without_reason_keeps_the_page(client, claim):
    url = reverse("members:claim-refuse", args=[claim.pk])
    response = enter(client, user_with(Role.STAFF)).post(url, {"reason": ""})
    assert title(response).startswith("Error:")
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
    client.post(url, {"reason": "The letter is not signed."})
    claim.refresh_from_db()
    assert claim.state == ClaimState.REFUSED


def test_nobody_else_sees_claims(client, claim):
    for page in PAGES_OF_THE_SECRETARIAT:
        assert client.get(reverse(page)).status_code == 302
    assert client.get(claim.get_absolute_url()).status_code == 302
    enter(client, claim.user)
    for page in PAGES_OF_THE_SECRETARIAT:
        assert client.get(reverse(page)).status_code == 403
    assert client.get(claim.get_absolute_url()).status_code == 404
    assert client.post(claim.get_absolute_url(), {"reason": ""}).status_code == 404


def test_a_claimant_of_the_staff_is_told_to_wait_for_a_colleague(client, claim):
    grant(claim.user, Role.STAFF)
    enter(client, claim.user)
    assert "own claim" in client.get(claim.get_absolute_url()).content.decode()
    assert client.post(claim.get_absolute_url(), {"reason": ""}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_the_database_as_often_for_three_as_for_one(client, number, django_assert_num_queries):
    for _each in range(number):
        organisation = OrganisationFactory.create()
        workflows.claim_organisation(organisation, by=UserFactory.create(), post="x", statement="x")
        own(organisation, verified=False)
    enter(client, user_with(Role.STAFF))
    for page in PAGES_OF_THE_SECRETARIAT:
        client.get(reverse(page))
        with django_assert_num_queries(5):  # user, grants, saved views, rows, unread notices
            assert client.get(reverse(page)).status_code == 200


def test_a_reviewer_verifies_from_a_day_on(client):
    declared = own(OrganisationFactory.create(), verified=False, evidence="Shareholder register")
    enter(client, user_with(Role.REVIEWER))
    assert declared.get_absolute_url() in client.get(reverse("members:ownership-list")).content.decode()
    today = timezone.localdate().isoformat()
    answers = {
        "scope": "from",
        "verified_on": today,
        "evidence": "Extract of the register",
        "evidence_on": "2026-05-01",
    }
    response = client.post(declared.get_absolute_url(), answers, follow=True)
    assert "has been verified" in response.content.decode()
    groups = [each.group for each in Ownership.objects.current().order_by("valid")]
    assert groups == [OwnershipGroup.UNVERIFIED, OwnershipGroup.PRIVATE]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"verified_on": "2999-01-01"}, "future"),
        ({"verified_on": "yesterday"}, "Write the day as year"),
        ({"verified_on": ""}, "Enter the day"),
        ({"evidence": ""}, "required"),
    ],
)
def test_a_wrong_verification_is_explained_and_kept(client, answers, says):
    declared = own(OrganisationFactory.create(), verified=False)
    typed = {"scope": "from", "verified_on": "2026-01-01", "evidence": "Typed evidence"} | answers
    response = enter(client, user_with(Role.REVIEWER)).post(declared.get_absolute_url(), typed)
    content = response.content.decode()
    assert says in content
    assert all(value in content for value in typed.values())
    assert title(response).startswith("Error:")
    assert Ownership.objects.get() == declared


def test_who_recorded_or_represents_is_told_why_not(client):
    recorder = user_with(Role.STAFF)
    declared = own(OrganisationFactory.create(), verified=False, recorded_by=recorder)
    url = declared.get_absolute_url()
    answers = {"scope": "whole", "evidence": "x"}
    assert "second person" in enter(client, recorder).get(url).content.decode()
    assert client.post(url, answers).status_code == 403
    of_the_house = grant(user_with(Role.REVIEWER), Role.REPRESENTATIVE, declared.organisation)
    assert "somebody else" in enter(client, of_the_house).get(url).content.decode()
    assert client.post(url, answers).status_code == 403


def test_a_representative_completes_the_own_entry_and_no_other(client):
    organisation, other = OrganisationFactory.create(), OrganisationFactory.create()
    enter(client, user_with(Role.REPRESENTATIVE, organisation))
    details = reverse("members:organisation-details", args=[organisation.pk])
    answers = {"name_en": "New name", "name_ru": "Новое имя", "city": "Chongqing"}
    response = client.post(f"{details}?next=/me/consents/", answers)
    assert response.url == "/me/consents/"
    organisation.refresh_from_db()
    assert (organisation.name_en, organisation.name_ru) == ("New name", "Новое имя")
    assert (
        client.get(f"{details}?next=https://elsewhere.example/").context["back_url"] == organisation.get_absolute_url()
    )
    for page in ("members:organisation-details", "members:organisation-number"):
        assert client.get(reverse(page, args=[other.pk])).status_code == 404


def test_a_wrong_number_is_refused_with_the_reason(client):
    organisation = OrganisationFactory.create()
    enter(client, user_with(Role.REPRESENTATIVE, organisation))
    url = reverse("members:organisation-number", args=[organisation.pk])
    response = client.post(url, {"scheme": "", "number": "91110108551385082X"})
    assert "should be Q" in response.content.decode()
    assert "91110108551385082X" in response.content.decode()
    client.post(url, {"scheme": "", "number": "91110108551385082Q"})
    assert organisation.identifiers.get().value == "91110108551385082Q"


def test_a_person_takes_a_consent_back(client):
    user = UserFactory.create()
    consent = workflows.give_consent(workflows.person_of(user), ConsentPurpose.PUBLICATION, by=user)
    withdraw = reverse("members:consent-withdraw", args=[consent.pk])
    enter(client, user)
    assert withdraw in client.get(reverse("members:consents")).content.decode()
    client.post(withdraw)
    assert Consent.objects.get().withdrawn_at is not None
    assert client.get(withdraw).status_code == 404
    assert enter(client, UserFactory.create()).get(withdraw).status_code == 404
