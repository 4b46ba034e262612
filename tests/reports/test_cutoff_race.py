"""A cut-off waits for decisions that are being written, and never sees half of one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from committees.workflows import seats
from temp_portal.reports import cutoff, sections
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.cutoff import RegisterBusy, take_cut_off
from tests.factories import admit
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = 30


class Writer:
    """Another session: it suspends a member, which closes one fact and adds two, and commits when told."""

    def __init__(self, world):
        self.world = world
        self.has_written, self.may_commit = threading.Event(), threading.Event()

    def __call__(self):
        try:
            with transaction.atomic():
                seat = self.world.seats[0]
                seats.suspend(seat, by=self.world.secretary, effective_on=worlds.today(), reason="Dues")
                self.has_written.set()
                assert self.may_commit.wait(WAIT)
                # A table that the report asks for before those held already.
                admit(self.world.committee, worlds.owned("private"), on=worlds.today(), by=self.world.secretary)
        finally:
            connection.close()


@contextmanager
def writing(world):
    writer = Writer(world)
    with ThreadPoolExecutor(2) as pool:
        future = pool.submit(writer)
        assert writer.has_written.wait(WAIT)
        try:
            yield writer, pool
        finally:
            writer.may_commit.set()
        future.result(WAIT)


def figures(world, cut_off):
    table = compute(basis_of(worlds.quarter(), cut_off=cut_off, scope=world.scope)).tables["T3"]
    return table["all"]["closing"]["q"], table["suspended"]["closing"]["q"]


def taken_elsewhere(writer):
    """Take a cut-off while the writer writes; let it commit once we have waited in vain."""
    try:
        return take_cut_off(sections.fact_tables(), patience=WAIT, waiting=writer.may_commit.set)
    finally:
        connection.close()


def test_a_cut_off_waits_for_a_decision_and_knows_the_whole_of_it():
    world = worlds.build()
    with writing(world) as (writer, pool):
        cut_off = pool.submit(taken_elsewhere, writer).result(WAIT)
    assert figures(world, cut_off) == (7, 1)


def test_without_the_lock_the_figures_of_one_cut_off_would_move(monkeypatch):
    """The control: what the lock prevents."""

    def at_once(_tables):
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]

    monkeypatch.setattr(cutoff, "_attempt", at_once)
    world = worlds.build()
    with writing(world):
        cut_off = cut_off_now()
        before = figures(world, cut_off)
    assert (before, figures(world, cut_off)) == ((6, 0), (6, 1))


def test_who_waits_in_vain_is_told_and_the_writer_is_not_disturbed():
    world = worlds.build()
    with writing(world), pytest.raises(RegisterBusy, match="Try again in a few minutes"):
        take_cut_off(sections.fact_tables(), patience=0.4)
    assert figures(world, cut_off_now()) == (7, 1)
