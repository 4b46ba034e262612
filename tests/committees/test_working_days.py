"""Working days: weekly rest days, holidays, weekends that are worked, and the clock that stands on them."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.clock import clock_of
from committees.models import CalendarDay
from committees.reference.days import shipped_days
from committees.workdays import WEEKDAYS, add_working_days, calendar_after
from committees.workflows import applications
from temp_portal.accounts.enums import Role
from tests.factories import user_with
from tests.factories.applications import draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calendar():
    """The shipped days; tests of their own connection may have emptied the table."""
    CalendarDay.objects.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(country=each.country, day=each.day, working=each.working, name=each.names[0])
        for each in shipped_days()
    )


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # seven days of holidays
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a Sunday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # a worked Saturday, then the Spring Festival
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a plain weekend
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_holidays_rest_and_swapped_weekends_are_worked(start, days, end):
    with CaptureQueriesContext(connection) as asked:
        assert add_working_days(start, days) == end
    assert len(asked) == 1


def test_countries_rest_on_days_of_their_own():
    assert add_working_days(date(2026, 11, 19), 1, "IR") == date(2026, 11, 21)  # Friday rests, Saturday does not
    assert add_working_days(date(2026, 4, 30), 1, "BY") == date(2026, 5, 4)
    assert add_working_days(date(2026, 11, 19), 1, "XX") == date(2026, 11, 20)


def test_counting_is_adding_backwards():
    calendar = calendar_after(date(2026, 1, 1))
    for days in range(60):
        end = calendar.add(date(2026, 1, 23), days)
        assert calendar.count(date(2026, 1, 23), end) == days
        assert calendar.count(end, date(2026, 1, 23)) == -days
    assert WEEKDAYS.count(date(2026, 11, 20), date(2026, 11, 24)) == 2


def test_the_shipped_days_name_each_day_of_a_country_once():
    keys = [(each.country, each.day) for each in shipped_days()]
    assert len(keys) == len(set(keys))
    assert {country for country, _day in keys} == {"BY", "CN", "IN", "IR", "KG", "KZ", "PK", "RU", "TJ", "UZ"}
    assert all(all(each.names) for each in shipped_days())


def test_the_clock_stands_still_while_the_enterprise_is_to_act():
    application, user = draft()
    secretary = user_with(Role.SECRETARY, application.committee)
    with time_machine.travel("2026-11-02T02:00Z"):
        application = applications.submit(application, by=user)
        assert application.due_on == date(2026, 11, 30)
        assert clock_of(application).words == "20 of 20 working days left"
    with time_machine.travel("2026-11-12T02:00Z"):
        application = applications.return_for_completion(application, by=secretary, note="The extract is missing")
    with time_machine.travel("2026-12-21T02:00Z"):
        assert (clock_of(application).words, clock_of(application).stopped) == ("12 of 20 working days left", True)
        application = applications.submit(application, by=user)
        assert application.due_on == date(2027, 1, 7)  # New Year does not count
    with time_machine.travel("2027-01-11T02:00Z"):
        assert (clock_of(application).words, clock_of(application).is_overdue) == ("2 working days overdue", True)
