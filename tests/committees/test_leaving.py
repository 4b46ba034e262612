"""How a membership rests and ends, who is told, and how a member leaves by its own will."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.enums import ResignationState, SeatExit
from committees.models import Resignation, Seat
from committees.tasks import carry_out_resignations
from committees.workflows import resignations, seats
from committees.workflows.takeback import take_back
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db

GROUNDS = {"reason": "Fraud", "document": "Minutes 9", "heard": "On 2 April, by letter"}


@pytest.fixture
def member():
    """(seat, secretary, representative)."""
    committee, secretary = committee_with_secretary(slug="copper")
    seat = admit(committee, by=secretary)
    return seat, secretary, user_with(Role.REPRESENTATIVE, seat.organisation)


def told(user):
    notices = Delivery.objects.filter(recipient=user, channel="inbox").order_by("pk")
    return list(notices.values_list("notification__kind", flat=True))


def test_the_member_is_told_of_everything_that_happens_to_its_membership(member):
    seat, secretary, representative = member
    seats.suspend(seat, by=secretary, effective_on=date(2024, 2, 1), reason="Papers missing")
    seats.resume(seat, by=secretary, effective_on=date(2024, 3, 1))
    seats.end(seat, by=secretary, effective_on=date(2024, 4, 1), how="expelled", **GROUNDS)
    take_back(Recording.objects.latest("pk"), by=secretary, reason="Wrong member")
    assert told(representative) == [
        "membership_suspended",
        "membership_resumed",
        "membership_ended",
        "membership_taken_back",
    ]


def test_nobody_is_expelled_unheard(client, member):
    seat, secretary, _representative = member
    with pytest.raises(ValidationError) as refusal:
        seats.end(seat, by=secretary, effective_on=date(2024, 4, 1), how="expelled", reason="Fraud")
    assert set(refusal.value.error_dict) == {"document", "heard"}
    address = reverse("committees:seat-end", args=["copper", seat.pk])
    page = enter(client, secretary).post(address, {"how": "expelled", "effective_on": "2024-04-01"} | GROUNDS)
    assert page.status_code == 302
    assert "Heard: On 2 April, by letter" in text(client.get(seat.get_absolute_url()))


def test_a_member_leaves_on_the_day_that_it_announced_and_may_stay_until_then(client, member):
    seat, secretary, representative = member
    day = timezone.localdate() + timedelta(days=30)
    address = reverse("committees:leave", args=[seat.pk])
    enter(client, representative)
    assert client.post(address, {"effective_on": day.isoformat()}).status_code == 200
    assert client.post(address, {"effective_on": day.isoformat(), "sure": "on"}).status_code == 302
    first = Resignation.objects.get()
    with pytest.raises(ValidationError, match="announced already"):
        resignations.announce(seat, by=representative, effective_on=day)
    assert client.post(reverse("committees:leave-not", args=[first.pk])).status_code == 302
    with pytest.raises(StateConflict):
        resignations.withdraw(first, by=representative)
    assert told(secretary) == ["resignation_announced", "resignation_withdrawn"]
    resignations.announce(seat, by=representative, effective_on=day, reason="New field of business")
    assert "New field of business" in text(enter(client, secretary).get(seat.get_absolute_url()))
    carry_out_resignations()
    assert not Seat.objects.get().has_ended
    with time_machine.travel(day + timedelta(days=1)):
        carry_out_resignations()
        carry_out_resignations()
    seat.refresh_from_db()
    assert (seat.ended_as, seat.valid.upper) == (SeatExit.RESIGNED, day)
    assert Transition.objects.of(seat).filter(move="resign", by=representative).count() == 1
    states = Resignation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ResignationState.WITHDRAWN, ResignationState.EFFECTIVE]


def test_only_who_represents_the_member_lets_it_leave_and_nobody_in_the_past(client, member):
    seat, secretary, representative = member
    today = timezone.localdate()
    for other in (secretary, user_with(Role.REPRESENTATIVE, OrganisationFactory.create())):
        with pytest.raises(PermissionDenied):
            resignations.announce(seat, by=other, effective_on=today)
    with pytest.raises(ValidationError, match="the past stands"):
        resignations.announce(seat, by=representative, effective_on=today - timedelta(days=1))


def test_a_resignation_is_overtaken_by_an_expulsion(member):
    seat, secretary, representative = member
    day = timezone.localdate()
    made = resignations.announce(seat, by=representative, effective_on=day + timedelta(days=1))
    seats.end(seat, by=secretary, effective_on=day, how="expelled", **GROUNDS)
    with time_machine.travel(day + timedelta(days=3)):
        carry_out_resignations()
    made.refresh_from_db()
    seat.refresh_from_db()
    assert (made.state, seat.ended_as) == (ResignationState.WITHDRAWN, SeatExit.EXPELLED)
