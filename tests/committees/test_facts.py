"""Facts are corrected, never overwritten, and the roster of any day and any state of knowledge can be recomputed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from committees.models import SeatPeriod
from committees.workflows import seats
from temp_portal.accounts.enums import Role
from temp_portal.core.db import ClockTimestamp
from tests.factories import CommitteeFactory, OrganisationFactory, admit, user_with

pytestmark = pytest.mark.django_db


def test_a_correction_leaves_the_earlier_knowledge_in_place():
    committee = CommitteeFactory.create()
    secretary = user_with(Role.SECRETARY, committee)
    seat = admit(committee, on=date(2026, 4, 1), by=secretary)
    cut_off = timezone.now()
    seats.correct_admission(seat, by=secretary, admitted_on=date(2026, 2, 1), reason="Minutes of 1 February")

    before = SeatPeriod.objects.known_at(cut_off).filter(seat=seat).get()
    now = SeatPeriod.objects.current().filter(seat=seat).get()
    assert (before.valid.lower, now.valid.lower) == (date(2026, 4, 1), date(2026, 2, 1))
    assert before.superseded_reason == "Minutes of 1 February"


@pytest.mark.parametrize(
    "change", ["update committees_seatperiod set reason = 'x'", "delete from committees_seatperiod"]
)
def test_the_database_refuses_to_change_a_fact(change):
    from django.db import connection

    admit(CommitteeFactory.create())
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(change)


@pytest.mark.parametrize("change", [{"voting": False}, {"recorded_in": None}, {"document": "x"}])
def test_whoever_closes_a_fact_changes_nothing_else(change):
    facts = SeatPeriod.objects.filter(seat=admit(CommitteeFactory.create()))
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        facts.update(superseded_at=ClockTimestamp(), **change)
    assert facts.supersede(by=None, reason="Wrong") == 1
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        facts.update(superseded_reason="Wrong again")


def test_a_period_bears_the_country_of_its_organisation_and_follows_it():
    committee, organisation = CommitteeFactory.create(), OrganisationFactory.create(country="CN")
    secretary = user_with(Role.SECRETARY, committee)
    seat = admit(committee, organisation, on=date(2026, 4, 1), by=secretary)
    seats.suspend(seat, by=secretary, effective_on=date(2026, 5, 1), reason="Dues unpaid")
    assert set(SeatPeriod.objects.filter(seat=seat).values_list("country", flat=True)) == {"CN"}

    organisation.country = "KZ"
    organisation.save()

    assert set(SeatPeriod.objects.current().filter(seat=seat).values_list("country", flat=True)) == {"KZ"}
