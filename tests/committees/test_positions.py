"""Positions: sets of titles, places that must be filled, one holder at a time whoever writes, persons who change."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committees.enums import TitleSet
from committees.models import Appointment, Position
from committees.positions import default_positions
from committees.workflows import appointments, committees
from members.models import Representative
from temp_portal.core.db import date_range
from tests.factories import PersonFactory, admit, committee_with_secretary

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MARCH, JUNE = date(2025, 3, 1), date(2025, 6, 1)


@pytest.fixture
def kept(client):
    committee, secretary = committee_with_secretary(title_set=TitleSet.DIRECTOR)
    for position in default_positions(committee):
        position.save()
    client.force_login(secretary)
    return committee, secretary


def position_of(committee, code):
    return Position.objects.get(committee=committee, code=code)


def test_another_set_of_titles_renames_the_offices_that_bear_usual_ones(kept):
    committee, secretary = kept
    Position.objects.filter(committee=committee, code="vice_chair").update(title_zh_hans="副主席")
    committees.describe(committee, by=secretary, seen=committees.version(committee), title_set=TitleSet.COUNCIL)
    titles = dict(Position.objects.filter(committee=committee).values_list("code", "title_zh_hans"))
    assert titles["chair"] == "理事长"
    assert titles["executive_vice_chair"] == "常务副理事长"
    assert titles["council_member"] == "理事"
    assert titles["vice_chair"] == "副主席"
    assert titles["secretary_general"] == "秘书长"


def test_places_that_must_be_filled_are_shown(client, kept):
    committee, secretary = kept
    vice = position_of(committee, "vice_chair")
    appointments.appoint(admit(committee, by=secretary), vice, by=secretary, effective_on=MARCH)
    short = list(Position.objects.filter(committee=committee).underfilled(TODAY).order_by("rank"))
    assert [(each.code, each.taken) for each in short] == [
        ("chair", 0),
        ("vice_chair", 1),
        ("secretary_general", 0),
        ("supervisor", 0),
    ]
    assert (
        "Vice-chair: 1 of at least 2 on record."
        in client.get(reverse("committees:composition", args=[committee.slug])).text
    )
    assert "too few" in client.get(reverse("committees:settings", args=[committee.slug])).text


def test_one_holder_at_a_time_whoever_writes_the_row(kept):
    committee, secretary = kept
    chair = position_of(committee, "chair")
    first, second = admit(committee, by=secretary), admit(committee, by=secretary)
    appointments.appoint(first, chair, by=secretary, effective_on=MARCH)
    rows = [Appointment(position=chair, seat=second, valid=date_range(JUNE, JUNE + timedelta(days=1)))]
    with pytest.raises(IntegrityError, match="appointment_single_holder"), transaction.atomic():
        Appointment.objects.bulk_create(rows)
    vice = position_of(committee, "vice_chair")
    made = Appointment.objects.create(position=vice, seat=second, valid=date_range(MARCH), exclusive=True)
    made.refresh_from_db()
    assert not made.exclusive


def test_another_person_takes_the_office_and_the_member_keeps_it(client, kept):
    committee, secretary = kept
    before, after = PersonFactory.create(), PersonFactory.create()
    seat = admit(committee, by=secretary, representative=before)
    Representative.objects.create(person=after, organisation=seat.organisation, valid=date_range(MARCH))
    office = appointments.appoint(seat, position_of(committee, "chair"), by=secretary, effective_on=MARCH)
    address = reverse("committees:appointment-person", args=[committee.slug, office.pk])
    assert address in client.get(seat.get_absolute_url()).text
    answer = client.post(address, {"person": after.pk, "effective_on": JUNE.isoformat(), "reason": "Retired"})
    assert answer.headers["Location"] == seat.get_absolute_url()
    held = Appointment.objects.current().filter(seat=seat).order_by("valid")
    assert [(each.person, each.valid) for each in held] == [
        (before, date_range(MARCH, JUNE)),
        (after, date_range(JUNE)),
    ]
    assert all(each.exclusive for each in held)
    seat.refresh_from_db()
    assert seat.representative == before
    assert "Office held through another person from 1 Jun 2025: Chair" in client.get(seat.get_absolute_url()).text


@pytest.mark.parametrize("day", [date(2025, 2, 1), TODAY + timedelta(days=1)])
def test_a_person_does_not_change_before_the_office_began_or_in_the_future(kept, day):
    committee, secretary = kept
    seat = admit(committee, by=secretary)
    office = appointments.appoint(seat, position_of(committee, "chair"), by=secretary, effective_on=MARCH)
    with pytest.raises(ValidationError):
        appointments.change_person(office, by=secretary, effective_on=day, person=PersonFactory.create())


def test_a_person_changes_on_the_first_day_as_if_the_other_had_never_been(kept):
    committee, secretary = kept
    seat, person = admit(committee, by=secretary), PersonFactory.create()
    office = appointments.appoint(seat, position_of(committee, "chair"), by=secretary, effective_on=MARCH)
    appointments.change_person(office, by=secretary, effective_on=MARCH, person=person)
    assert Appointment.objects.current().get(seat=seat).person == person
    with pytest.raises(ValidationError, match="holds the office already"):
        appointments.change_person(
            Appointment.objects.current().get(seat=seat), by=secretary, effective_on=JUNE, person=person
        )
