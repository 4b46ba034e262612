"""`manage.py demo`: refuses what would spoil a portal in use, and loads the same whenever it loads."""

import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from committees.demo_scale import STAFF
from committees.models import Committee, Seat
from temp_portal.core.scale import load_scale
from tests.factories import CommitteeFactory


def quiet(_line: str) -> None:
    """Progress that nobody watches."""


def content() -> str:
    """What a load makes, without keys and the time of loading."""
    queries = [
        "SELECT legal_name, name_ru, country, search_key, created_at FROM members_organisation ORDER BY id",
        "SELECT valid, functional_role, chain_role, suspended, ended_as FROM committees_seat ORDER BY id",
        "SELECT valid, entry, exit, recorded_at, superseded_at FROM committees_seatperiod ORDER BY id",
        "SELECT state, submitted_at, decided_at, due_on FROM committees_application ORDER BY id",
        "SELECT move, from_state, to_state, at, effective_on FROM audit_transition ORDER BY id",
        "SELECT amount, currency, event_date FROM projects_moneyevent ORDER BY id",
    ]
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query)
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


@pytest.mark.django_db
def test_the_same_number_of_seats_gives_the_same_world() -> None:
    digests = []
    for _ in range(2):
        with transaction.atomic():
            load_scale(250, quiet)
            digests.append(content())
            transaction.set_rollback(True)
    assert digests[0] == digests[1]


@pytest.mark.django_db
def test_a_portal_that_holds_something_is_left_alone_unless_told_otherwise() -> None:
    committee = CommitteeFactory()
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", seats=100, stdout=io.StringIO())
    assert Seat.objects.count() == 0
    printed = io.StringIO()
    call_command("demo", seats=100, add=True, stdout=printed)
    assert STAFF.email in printed.getvalue()
    assert "Loaded in" in printed.getvalue()
    assert Seat.objects.count() == 100
    assert Committee.objects.filter(pk=committee.pk).exists()
    with pytest.raises(CommandError, match="once only"):
        call_command("demo", seats=100, add=True, stdout=io.StringIO())
    # New rows come after the loaded ones: the sequences were moved.
    assert CommitteeFactory().pk > max(Committee.objects.filter(slug__startswith="scale-").values_list("pk", flat=True))


@pytest.mark.django_db
def test_the_scale_goes_beside_the_small_demonstration() -> None:
    call_command("demo", stdout=io.StringIO())
    before = Seat.objects.count()
    call_command("demo", seats=200, add=True, stdout=io.StringIO())
    assert Seat.objects.count() == before + 200


@pytest.mark.parametrize("typed", ["0", "-5", "many"])
def test_a_number_of_seats_is_a_whole_number(typed: str) -> None:
    with pytest.raises(CommandError, match="whole number from 1 on"):
        call_command("demo", "--seats", typed)
