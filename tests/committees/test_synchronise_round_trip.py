"""The roster as the portal exports it comes back without a difference, in either format and every language."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from committees.columns.seats import ROSTER
from committees.models import Committee, SeatPeriod
from committees.synchronisation.plan import Group
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.committees.synchronising import compared, counts, entries
from tests.factories import user_with
from tests.factories.demonstration import load_demonstration

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
EVERY_COLUMN = "&".join(f"cols={column.name}" for column in ROSTER)


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker):
    """The demonstration data, and a user who keeps all rosters."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration()
        yield user_with(Role.STAFF)
        transaction.set_rollback(True)


def exported(client, staff: User, committee: Committee, fmt: str, language: str, query: str = "") -> bytes:
    """The roster's file as the page gives it to a reader of that language."""
    client.force_login(staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(reverse(f"committees:roster-{fmt}", args=[committee.slug]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rosters() -> list[tuple[Committee, int]]:
    """The committees that have members today, with how many."""
    committees = Committee.objects.filter(seats__isnull=False).distinct().order_by("pk")
    today = timezone.localdate()
    sizes = [(committee, SeatPeriod.objects.of(committee).on(today).count()) for committee in committees]
    return [(committee, size) for committee, size in sizes if size]


def check_unchanged(staff: User, committee: Committee, size: int, content: bytes, name: str) -> None:
    """The file says what the portal has, cell by cell."""
    made = compared(committee, content, by=staff, name=name)
    assert counts(made) == {"unchanged": size}, committee
    assert [entry for entry in entries(made, Group.UNCHANGED) if entry.cells] == []


@pytest.mark.parametrize(("fmt", "language"), [("csv", "ru"), ("xlsx", "en"), ("xlsx", "zh-hans")])
def test_every_roster_comes_back_as_it_went_out(client, staff, fmt, language):
    for committee, size in rosters():
        content = exported(client, staff, committee, fmt, language)
        with translation.override(language):
            check_unchanged(staff, committee, size, content, f"roster.{fmt}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_one_language_comes_back_to_a_reader_of_another(client, staff, language):
    committee, size = max(rosters(), key=lambda each: each[1])
    content = exported(client, staff, committee, "xlsx", language)
    for reader in LANGUAGES:
        with translation.override(reader):
            check_unchanged(staff, committee, size, content, "roster.xlsx")


def test_every_column_and_those_who_have_left_come_back_too(client, staff):
    for committee, size in rosters():
        content = exported(client, staff, committee, "xlsx", "en", f"?standing=all&{EVERY_COLUMN}")
        check_unchanged(staff, committee, size, content, "roster.xlsx")
