"""The loader of the benchmark scale makes a world as consistent as the workflows would have made it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.demo_scale import SECRETARY, STAFF
from committees.enums import DECIDED_APPLICATION_STATES, ApplicationState
from committees.models import Application, Committee, Seat, SeatPeriod
from committees.report_sections.funnel import funnel_check, funnel_table
from committees.report_sections.roster import roster_check, roster_table
from members.identifiers import check
from members.models import Identifier, Organisation, Ownership
from projects.models import MoneyEvent, Project
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.models import Transition
from temp_portal.core.lists import counting
from temp_portal.core.periods import Quarter
from temp_portal.core.scale import Scale, load_scale, scale_tables
from temp_portal.core.search import search_key
from temp_portal.reports.builder import basis_of

SEATS = 1_000

DEFINITIONS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
     UNION ALL
    SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indisvalid
     UNION ALL
    SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY 1, 2
"""

CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")

UNFOLLOWED = """
    SELECT id FROM {table} old WHERE superseded_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM {table} new WHERE new.{owner} = old.{owner} AND new.recorded_at = old.superseded_at)
"""

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo_scale")]


def rows_of(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def definitions_now() -> list[tuple[Any, ...]]:
    """Every constraint, index and trigger; PostgreSQL writes the casts of a list of texts in more than one way."""
    return [(table, CASTS.sub("", definition)) for table, definition in rows_of(DEFINITIONS)]


def filled_tables() -> set[type[Model]]:
    """Models whose tables hold anything."""
    tables = connection.introspection.table_names()
    models = [model for model in apps.get_models() if not model._meta.proxy and model._meta.db_table in tables]
    return {model for model in models if model._base_manager.exists()}


def quiet(_line: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def definitions(django_db_setup: None, django_db_blocker: Any) -> list[tuple[Any, ...]]:
    """Constraints, indexes and triggers before anything was loaded."""
    with django_db_blocker.unblock():
        return definitions_now()


@pytest.fixture(scope="module")
def filled_before(django_db_setup: None, django_db_blocker: Any) -> set[type[Model]]:
    """What the migrations fill."""
    with django_db_blocker.unblock():
        return filled_tables()


@pytest.fixture(scope="module")
def world(definitions: Any, filled_before: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Scale]:
    """A small world, loaded once for the module and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_scale(SEATS, quiet)
        transaction.set_rollback(True)


def test_there_is_as_much_as_was_asked_for(world: Scale) -> None:
    assert Seat.objects.count() == SEATS
    assert (Committee.objects.count(), Organisation.objects.count(), Project.objects.count()) == (5, 400, 10)
    assert MoneyEvent.objects.exists()
    assert set(Application.objects.values_list("state", flat=True)) == set(ApplicationState)
    superseded = SeatPeriod.objects.filter(superseded_at__isnull=False)
    assert superseded.filter(superseded_reason__contains="earlier day").exists()
    assert superseded.count() > SEATS / 10
    assert Ownership.objects.filter(superseded_at__isnull=False).exists()


def test_every_index_constraint_and_trigger_is_back(world: Scale, definitions: list[tuple[Any, ...]]) -> None:
    assert definitions_now() == definitions


def test_facts_are_still_append_only(world: Scale) -> None:
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        SeatPeriod.objects.current().update(chain_role="trade")


def test_periods_tile_the_days_of_every_seat(world: Scale) -> None:
    gaps = rows_of(
        """
        SELECT s.id, s.valid, p.days FROM committees_seat s
          LEFT JOIN (SELECT seat_id, range_agg(valid) AS days, sum(coalesce(upper(valid), '2100-01-01') - lower(valid))
                       FROM committees_seatperiod WHERE superseded_at IS NULL GROUP BY 1) p (seat_id, days, length)
            ON p.seat_id = s.id
         WHERE p.days IS DISTINCT FROM datemultirange(s.valid)
            OR p.length <> coalesce(upper(s.valid), '2100-01-01') - lower(s.valid)
        """
    )
    assert gaps == []


def test_a_seat_shows_its_last_period(world: Scale) -> None:
    last = SeatPeriod.objects.current().exclude(exit="changed").select_related("seat")
    shown = [
        (p.functional_role, p.chain_role, p.voting, p.suspended, p.representative_id, p.exit)
        == (
            p.seat.functional_role,
            p.seat.chain_role,
            p.seat.voting,
            p.seat.suspended,
            p.seat.representative_id,
            p.seat.ended_as,
        )
        for p in last
    ]
    assert len(shown) == SEATS
    assert all(shown)


def test_what_was_recorded_follows_what_was_recorded_before(world: Scale) -> None:
    """A superseded row is followed by one that was recorded at the moment of its closing; nothing is in the future."""
    for table, owner in (("committees_seatperiod", "seat_id"), ("members_ownership", "organisation_id")):
        assert rows_of(UNFOLLOWED.format(table=table, owner=owner)) == []
    now, today = timezone.now(), timezone.localdate()
    assert not SeatPeriod.objects.filter(recorded_at__gt=now).exists()
    assert not Transition.objects.filter(at__gt=now).exists()
    assert not Seat.objects.filter(valid__startswith__gt=today).exists()


@pytest.mark.parametrize("model", [Application, Committee, Project])
def test_states_are_where_the_transitions_lead(world: Scale, model: Any) -> None:
    last = {
        move.subject_id: move.to_state
        for move in Transition.objects.filter(subject_type=model._meta.label_lower).order_by("at", "id")
    }
    states = dict(model.objects.values_list("pk", model.state_field))
    assert states
    assert last == states


def test_every_move_starts_where_the_one_before_ended(world: Scale) -> None:
    broken = rows_of(
        """
        SELECT * FROM (
            SELECT subject_type, subject_id, from_state, lag(to_state, 1, '') OVER w AS before
              FROM audit_transition WINDOW w AS (PARTITION BY subject_type, subject_id ORDER BY at, id)
        ) move WHERE from_state <> before
        """
    )
    assert broken == []


def test_an_approved_application_agrees_with_its_seat(world: Scale) -> None:
    approved = Application.objects.filter(state=ApplicationState.APPROVED).select_related("seat")
    assert approved
    for application in approved:
        seat = application.seat
        assert (seat.committee_id, seat.organisation_id) == (application.committee_id, application.organisation_id)
        assert application.effective_on == seat.valid.lower
        assert application.decided_at == seat.created_at
    decided = Application.objects.filter(state__in=DECIDED_APPLICATION_STATES)
    assert all(application.decided_at >= application.submitted_at for application in decided)


def test_the_ledger_adds_up_in_every_quarter_and_at_every_cut_off(world: Scale) -> None:
    quarter = Quarter.containing(world.today)
    closing = []
    for back in range(12):
        reported = quarter.shifted(-back)
        for cut_off in (timezone.now(), datetime.combine(reported.start, datetime.min.time(), UTC)):
            basis = basis_of(reported, cut_off=cut_off)
            seats = roster_check(roster_table(basis))
            assert seats.adds_up, (reported, cut_off)
            assert funnel_check(funnel_table(basis)).adds_up, (reported, cut_off)
        closing.append(roster_check(roster_table(basis_of(reported, cut_off=timezone.now()))).total)
    assert closing[0] == Seat.objects.sitting().count()
    assert closing == sorted(closing, reverse=True)


def test_search_keys_are_those_that_saving_would_write(world: Scale) -> None:
    organisations = list(Organisation.objects.order_by("pk")[::7])
    assert [o.search_key for o in organisations] == [search_key(*o.all_names()) for o in organisations]
    for committee in Committee.objects.all():
        stored = committee.search_key
        committee.save()
        assert committee.search_key == stored


def test_numbers_pass_the_checks_of_their_schemes(world: Scale) -> None:
    identifiers = list(Identifier.objects.order_by("pk")[::5])
    assert len({identifier.scheme for identifier in identifiers}) > 5
    assert all(check(i.scheme, i.value).format_ok == i.format_ok and i.format_ok is not False for i in identifiers)


def test_names_stand_in_three_languages_and_differ(world: Scale) -> None:
    names = list(Organisation.objects.values_list("name_en", "name_zh_hans", "name_ru"))
    assert all(all(row) for row in names)
    assert len({row[1] for row in names}) == len(names)


def test_every_table_that_is_written_is_named(world: Scale, filled_before: set[type[Model]]) -> None:
    written = filled_tables() - filled_before
    assert written == {*scale_tables(), User, RoleGrant, EmailAddress}


def test_the_list_of_all_seats_shows_them(world: Scale) -> None:
    client = Client()
    client.force_login(User.objects.get(email=STAFF.email))
    page = client.get(reverse("committees:all-seats"), {"size": 100})
    assert page.status_code == 200
    assert page.content.count(b'<th scope="row"') == 100
    client.force_login(User.objects.get(email=SECRETARY.email))
    assert client.get(reverse("committees:all-seats")).status_code == 403
    kept = Committee.objects.order_by("pk").first()
    assert kept is not None
    assert client.get(reverse("committees:roster", args=[kept.slug])).status_code == 200


def test_a_list_of_plenty_is_estimated_and_not_counted(world: Scale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PLENTY", SEATS // 2)
    with CaptureQueriesContext(connection) as asked:
        found = counting.count_rows(SeatPeriod.objects.all())
    assert not found.exact
    assert SEATS // 2 <= found.value <= SEATS * 2
    assert [query["sql"].split()[0] for query in asked] == ["EXPLAIN"]
    few = SeatPeriod.objects.filter(seat__committee__slug="scale-00001")
    assert counting.count_rows(few) == counting.RowCount(few.count())


def test_a_filtered_list_stops_at_its_page(world: Scale) -> None:
    """DISTINCT would make the database collect all matching rows before it gives the first."""
    client = Client()
    client.force_login(User.objects.get(email=STAFF.email))
    chosen = {"ownership": ["private", "foreign"], "role": ["spearhead"], "chain": ["trade", "processing"], "size": 20}
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("committees:all-seats"), chosen).status_code == 200
    pages = [query["sql"] for query in asked if " DESC LIMIT 21)" in query["sql"]]
    assert len(pages) == 1
    assert not any("DISTINCT" in query["sql"] for query in asked)
