"""The same story through the layers: workflow → queue → decision → seat → notices → figures of the report."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Application, Seat
from committees.workflows import applications
from temp_portal.accounts.enums import Role
from temp_portal.core.periods import Quarter
from temp_portal.notifications.models import Delivery, Notification
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.figures import digest
from tests.factories import OrganisationFactory, committee_with_secretary, own, user_with
from tests.factories.applications import draft

pytestmark = pytest.mark.django_db


def figures(committee: Any, quarter: Quarter, cut_off: Any = None) -> Any:
    """The report of a quarter, counted from what is known at the cut-off."""
    return compute(basis_of(quarter, cut_off=cut_off or cut_off_now(), scope=(committee.pk,)))


def figure(document: Any, table: str, row: str, column: str) -> Any:
    return document.as_json()["tables"][table][row][column]


def test_from_the_application_to_the_figures_of_the_quarter() -> None:
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    own(organisation, "private")
    application, representative = draft(committee, organisation)
    assert not Application.objects.for_officers(secretary).exists(), "a draft is the enterprise's own affair"

    applications.submit(application, by=representative)
    assert list(Application.objects.visible_to(secretary)) == [application]
    elsewhere = user_with(Role.SECRETARY, committee_with_secretary()[0])
    assert not Application.objects.visible_to(elsewhere).exists()
    assert kinds_told_to(secretary) == ["application_submitted"]
    assert kinds_told_to(representative) == ["application_received"]
    assert Delivery.objects.due().count() == 2, "the letters are written with the application, and sent later"

    running = Quarter.containing(timezone.localdate())
    decided_on = running.start - timedelta(days=10)
    applications.approve(application, by=secretary, effective_on=decided_on)
    application.refresh_from_db()
    assert (application.state, application.decided_by) == (ApplicationState.APPROVED, secretary)
    assert application.seat == Seat.objects.get(committee=committee, organisation=organisation)
    assert application.seat.valid.lower == decided_on
    assert kinds_told_to(representative) == ["application_received", "application_approved"]

    cut_off = cut_off_now()
    last, this = (figures(committee, quarter, cut_off) for quarter in (running.previous, running))
    assert figure(last, "T3", "private", "admitted")["q"] == 1, "the roster counts the day of the decision"
    assert figure(last, "T6", "private", "approved")["q"] == 0
    assert figure(this, "T3", "private", "admitted")["q"] == 0
    assert figure(this, "T6", "private", "approved")["q"] == 1, "the funnel counts the day of recording"
    assert figure(this, "T6", "private", "received")["q"] == 1
    again = figures(committee, running.previous, cut_off)
    assert digest(again.as_json()) == digest(last.as_json())


def kinds_told_to(user: Any) -> list[str]:
    """Kinds of the notices to somebody, in the order in which they were written."""
    told = Notification.objects.filter(deliveries__recipient=user).distinct().order_by("pk")
    return list(told.values_list("kind", flat=True))
