"""Reports do not move when something is taken back: neither the one before nor the one in between."""

import pytest

from committees.workflows import seats
from committees.workflows.takeback import take_back
from temp_portal.audit.models import Recording
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.figures import digest
from tests.factories import admit
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db

ACTS = {
    "an admission": lambda w: admit(w.committee, worlds.owned("private"), on=worlds.today(), by=w.secretary),
    "a suspension": lambda w: seats.suspend(w.seats[1], by=w.secretary, effective_on=worlds.today(), reason="Dues"),
    "a lost vote": lambda w: seats.change(w.seats[1], by=w.secretary, effective_on=worlds.today(), voting=False),
    "an expulsion": lambda w: seats.end(
        w.seats[1],
        by=w.secretary,
        effective_on=worlds.today(),
        how="expelled",
        reason="Minutes",
        document="9",
        heard="By letter",
    ),
}


def hash_at(world, cut_off):
    return digest(compute(basis_of(worlds.quarter(), cut_off=cut_off, scope=world.scope)).as_json())


@pytest.mark.parametrize("name", ACTS)
def test_every_cut_off_keeps_its_figures(name):
    world = worlds.build()
    before = cut_off_now()
    frozen = hash_at(world, before)
    ACTS[name](world)
    between = cut_off_now()
    known_then = hash_at(world, between)
    assert known_then != frozen

    take_back(Recording.objects.latest("id"), by=world.secretary)
    assert hash_at(world, between) == known_then
    assert hash_at(world, before) == frozen
    assert hash_at(world, cut_off_now()) == frozen
