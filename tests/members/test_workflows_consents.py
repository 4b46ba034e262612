"""Consent: in which words, by whom, and taken back at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from members import consents, workflows
from members.enums import ConsentPurpose
from members.models import Consent, Person
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_a_consent_keeps_version_and_language_of_its_text():
    user = UserFactory.create()
    with translation.override("ru"):
        consent = workflows.give_consent(workflows.person_of(user), ConsentPurpose.REPRESENTATION, by=user)
    assert consent.language == "ru"
    assert consent.text_version == consents.CONSENT_TEXTS[ConsentPurpose.REPRESENTATION].version


def test_the_same_text_is_agreed_to_once_and_a_new_one_anew(monkeypatch):
    user = UserFactory.create()
    person = workflows.person_of(user)
    first = workflows.give_consent(person, ConsentPurpose.PUBLICATION, by=user)
    assert workflows.give_consent(person, ConsentPurpose.PUBLICATION, by=user) == first
    old = consents.CONSENT_TEXTS[ConsentPurpose.PUBLICATION]
    new = consents.ConsentText(old.purpose, "2099-01-01", old.text, old.compulsory)
    monkeypatch.setitem(consents.CONSENT_TEXTS, ConsentPurpose.PUBLICATION, new)
    second = workflows.give_consent(person, ConsentPurpose.PUBLICATION, by=user)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Consent.objects.get(withdrawn_at=None) == second


def test_a_withdrawn_consent_publishes_no_name_any_more():
    user = UserFactory.create()
    person = workflows.person_of(user)
    consent = workflows.give_consent(person, ConsentPurpose.PUBLICATION, by=user)
    assert list(Person.objects.publishable()) == [person]
    workflows.withdraw_consent(consent, by=user)
    assert not Person.objects.publishable().exists()
    with pytest.raises(ValidationError, match="withdrawn already"):
        workflows.withdraw_consent(consent, by=user)


def test_nobody_consents_or_writes_for_somebody_else():
    organisation = OrganisationFactory.create()
    person = workflows.person_of(UserFactory.create())
    colleague = user_with(Role.REPRESENTATIVE, organisation)
    with pytest.raises(PermissionDenied):
        workflows.give_consent(person, ConsentPurpose.PUBLICATION, by=colleague)
    with pytest.raises(PermissionDenied):
        workflows.save_own_particulars(person, organisation, by=colleague, name="Changed")
    assert not Consent.objects.exists()
