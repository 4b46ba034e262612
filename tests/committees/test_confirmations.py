"""Once a year: is this still right? Asked once, reminded of, answered in one click; old evidence is asked for again."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from committees.models import Confirmation, ConfirmationRound
from committees.tasks import ask_for_confirmations
from committees.workflows import confirmations
from members.workflows import merge
from temp_portal.accounts.enums import Role
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, admit, committee_with_secretary, own, user_with
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    """(organisation, representative, secretary); the organisation sits in two committees."""
    committee, secretary = committee_with_secretary(slug="copper")
    organisation = OrganisationFactory.create()
    admit(committee, organisation, by=secretary), admit(committee_with_secretary()[0], organisation)
    own(organisation, evidence="Register", evidence_on=date(2023, 1, 1))
    return organisation, user_with(Role.REPRESENTATIVE, organisation), secretary


def on(day):
    with time_machine.travel(f"{day} 12:00 +0800", tick=False):
        ask_for_confirmations()


def told(user):
    notices = Delivery.objects.filter(recipient=user, channel="inbox").order_by("pk")
    return list(notices.values_list("notification__kind", flat=True))


def test_everybody_is_asked_once_a_year_and_reminded_until_the_answer(member):
    organisation, representative, _secretary = member
    merge(OrganisationFactory.create(), organisation, by=user_with(Role.STAFF))
    on("2027-02-28")
    assert not ConfirmationRound.objects.exists()
    for day in ("2027-03-02", "2027-03-03", "2027-03-20", "2027-03-24", "2027-03-25"):
        on(day)
    assert Confirmation.objects.get().organisation == organisation
    assert told(representative) == ["confirmation_asked", "confirmation_reminder"]
    confirmations.confirm(Confirmation.objects.get(), by=representative)
    on("2027-05-01")
    assert len(told(representative)) == 2
    on("2028-03-01")
    assert Confirmation.objects.waiting().get().round.year == 2028


def test_one_click_confirms_and_old_evidence_is_asked_for(client, member):
    organisation, representative, secretary = member
    asked = ConfirmationRound.objects.create(year=2026, due_on=date(2026, 5, 1))
    made = Confirmation.objects.create(round=asked, organisation=organisation)
    address = reverse("committees:confirm", args=[made.pk])
    page = text(enter(client, representative).get(address))
    assert organisation.legal_name in page
    assert "older than 24 months" in page
    start = text(client.get("/me/"))
    assert address in start
    assert reverse("members:ownership-state", args=[organisation.pk]) in start
    waiting = f"{reverse('committees:confirmations')}?waiting=true"
    assert organisation.legal_name in text(enter(client, secretary).get(waiting))
    assert enter(client, representative).post(address).status_code == 302
    assert organisation.legal_name not in text(enter(client, secretary).get(waiting))
    with pytest.raises(ValidationError, match="confirmed it already"):
        confirmations.confirm(made, by=representative)


def test_nobody_confirms_for_another_organisation(client, member):
    organisation, _representative, secretary = member
    asked = ConfirmationRound.objects.create(year=2026, due_on=date(2026, 5, 1))
    made = Confirmation.objects.create(round=asked, organisation=organisation)
    stranger = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    assert enter(client, stranger).post(reverse("committees:confirm", args=[made.pk])).status_code == 404
    for other in (stranger, secretary):
        with pytest.raises(PermissionDenied):
            confirmations.confirm(made, by=other)
    assert organisation.legal_name not in text(
        enter(client, committee_with_secretary()[1]).get(reverse("committees:confirmations"))
    )
