"""A report's figures follow from what was known at its cut-off, whatever is recorded later."""

import pytest
from django.db import DatabaseError, connection, transaction

from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.figures import digest
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db


def figures(world, cut_off, **options):
    return compute(basis_of(worlds.quarter(), cut_off=cut_off, **({"scope": world.scope} | options)))


def hash_at(world, cut_off, **options):
    return digest(figures(world, cut_off, **options).as_json())


@pytest.fixture
def world():
    return worlds.build()


@pytest.mark.parametrize("name", worlds.LATER)
def test_what_is_recorded_later_changes_later_reports_only(world, name):
    cut_off = cut_off_now()
    frozen, everywhere = hash_at(world, cut_off), hash_at(world, cut_off, scope=None)
    worlds.LATER[name](world)
    assert hash_at(world, cut_off) == frozen
    assert hash_at(world, cut_off, scope=None) == everywhere
    assert hash_at(world, cut_off_now()) != frozen


@pytest.mark.parametrize("name", worlds.INDIFFERENT)
def test_what_is_no_fact_of_the_committee_changes_nothing(world, name):
    cut_off = cut_off_now()
    frozen = hash_at(world, cut_off)
    worlds.INDIFFERENT[name](world)
    assert hash_at(world, cut_off) == frozen
    assert hash_at(world, cut_off_now()) == frozen


def test_all_later_things_together(world):
    cut_off = cut_off_now()
    frozen = hash_at(world, cut_off)
    for name in (
        "an admission",
        "an approval",
        "a verification for the whole time",
        "a back-dated stage",
        "a corrected amount",
    ):
        worlds.LATER[name](world)
    between = cut_off_now()
    known_then = hash_at(world, between)
    for name in (
        "a change of owner",
        "a suspension",
        "a cancelled project",
        "a back-dated suspension of the committee",
    ):
        worlds.LATER[name](world)
    assert len({frozen, known_then, hash_at(world, cut_off_now())}) == 3
    assert (hash_at(world, cut_off), hash_at(world, between)) == (frozen, known_then)


def test_the_reports_time_zone_is_its_own(world, settings):
    cut_off = cut_off_now()
    frozen = hash_at(world, cut_off)
    settings.TIME_ZONE = "America/Lima"
    assert hash_at(world, cut_off, time_zone="Asia/Shanghai") == frozen


@pytest.mark.parametrize(
    "change",
    [
        "update committees_seat set organisation_id = (select max(id) from members_organisation)",
        "update committees_application set committee_id = committee_id + 1",
        "delete from committees_application",
        "update projects_sponsorship set since = since - 1",
        "update audit_transition set effective_on = effective_on - 1",
        "update projects_moneyevent set amount = amount + 1",
    ],
)
def test_the_database_refuses_to_move_what_figures_stand_on(world, change):
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)|never changed"), transaction.atomic():
        connection.cursor().execute(change)
