"""From facts to figures: what a report counts, and whether it counts the same again."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from temp_portal.core.periods import Quarter, portal_zone
from temp_portal.reports import sections
from temp_portal.reports.basis import Basis
from temp_portal.reports.cutoff import one_view, take_cut_off
from temp_portal.reports.figures import SCHEMA, Document

#: Called with the number of tables done, their total, and what is being done, an English text of the catalogue.
Progress = Callable[[int, int, str], Any]

WAITING: Final = gettext_noop("Waiting for other work on the records")
COUNTING: Final = gettext_noop("Counting the figures")


def silent(_done: int, _total: int, _message: str) -> None:
    """Progress that nobody watches."""


def cut_off_now(progress: Progress = silent) -> datetime:
    """A moment up to which every fact is known. Raises RegisterBusy."""
    count = len(sections.every())
    return take_cut_off(sections.fact_tables(), waiting=lambda: progress(0, count, WAITING))


def compute(basis: Basis, progress: Progress = silent) -> Document:
    """Count every table of the report from the facts known at the basis's cut-off."""
    chosen = sections.every(basis.schema)
    tables = {}
    with one_view():
        for done, section in enumerate(chosen):
            progress(done, len(chosen), COUNTING)
            tables[section.key] = section.compute(basis)
    progress(len(chosen), len(chosen), COUNTING)
    return Document(basis.quarter, str(basis.zone), basis.scope, tables, basis.schema)


def basis_of(
    quarter: Quarter,
    *,
    cut_off: datetime,
    scope: Iterable[int] | None = None,
    time_zone: str = "",
    schema: int = SCHEMA,
) -> Basis:
    """The basis of a report; without a time zone, in the portal's."""
    zone = ZoneInfo(time_zone) if time_zone else portal_zone()
    return Basis(quarter, cut_off, None if scope is None else tuple(sorted(scope)), zone, schema)
