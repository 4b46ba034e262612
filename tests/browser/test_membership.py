"""Dues, the enterprise's own page, confirmations and legal events in a real browser."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from committees.models import Confirmation, ConfirmationRound
from committees.workflows import dues
from members.enums import OwnershipType
from members.workflows import statements
from temp_portal.accounts.enums import Role
from tests.browser.test_committees import enter, examine
from tests.factories import ProjectFactory, admit, charged, committee_with_secretary, own, user_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_life_of_a_membership(live_server: Any, page: Page, context: BrowserContext, client: Any) -> None:
    committee, secretary = committee_with_secretary(slug="copper")
    seat, other = admit(committee, by=secretary), admit(committee, by=secretary)
    organisation = seat.organisation
    own(organisation, OwnershipType.PRIVATE, evidence="Register", evidence_on=date(2020, 1, 1))
    charge = charged(seat, 2024, by=secretary)
    charged(seat, 2025, by=secretary)
    dues.pay(charge, by=secretary, amount=charge.amount / 2, paid_on=date(2024, 5, 1), document="Slip 1")
    dues.waive(
        other.dues_charges.first(), by=secretary, waived_on=timezone.localdate(), reason="Flood", document="Minutes 9"
    )
    asked = ConfirmationRound.objects.create(year=2026, due_on=timezone.localdate() + timedelta(days=9))
    confirmation = Confirmation.objects.create(round=asked, organisation=organisation)
    ProjectFactory.create(lead=organisation)
    representative = user_with(Role.REPRESENTATIVE, organisation)

    enter(context, live_server, client, representative)
    stated = {"type": "local_soe", "controller": "City", "since": date(2026, 1, 1), "evidence": "R 1"}
    for path in ("/me/", reverse("committees:confirm", args=[confirmation.pk])):
        examine(page, live_server.url + path)
    for name, pk in (("committees:leave", seat.pk), ("members:ownership-state", organisation.pk)):
        examine(page, live_server.url + reverse(name, args=[pk]))
    statement = statements.state_ownership(organisation, by=representative, **stated, evidence_on=timezone.localdate())

    enter(context, live_server, client, user_with(Role.STAFF))
    for path in (
        reverse("committees:dues", args=["copper"]),
        charge.get_absolute_url(),
        reverse("committees:confirmations"),
        reverse("members:statement-list"),
        statement.get_absolute_url(),
        organisation.get_absolute_url(),
    ):
        examine(page, live_server.url + path)
    page.goto(live_server.url + reverse("committees:dues-draw-up", args=["copper"]))
    page.get_by_role("button", name="Show who would be charged").press("Enter")
    page.get_by_role("button", name="Charge 2 members").press("Enter")
    page.get_by_role("heading", name="Years", exact=True).wait_for()
    page.goto(live_server.url + reverse("committees:legal-event", args=[organisation.pk, "dissolution"]))
    page.get_by_label("Document").fill("Notice 118")
    page.get_by_role("button", name="Show what changes").press("Enter")
    page.get_by_text("The seat ends.").wait_for()
