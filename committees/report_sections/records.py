"""The records behind a figure of T3 and T6, as they were known at the report's cut-off."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from committees.models import Application, Committee
from committees.report_sections import queries
from committees.report_sections.applications import LAST, funnel_parameters
from committees.report_sections.classes import ALL, APPLICANT_ROWS, CLASS_LABELS, ROSTER_ROWS, SUSPENDED
from members.models import Organisation
from temp_portal.reports.basis import Basis
from temp_portal.reports.queries import dictionaries
from temp_portal.reports.sections import Record, Records

#: Records on one page.
PAGE: Final = 200
_BEGINNING: Final = (0, datetime.min.replace(tzinfo=UTC).isoformat())

_SEAT_HEADINGS: Final = (
    _("Organisation"),
    _("Committee"),
    _("Counted as"),
    _("Counted on"),
    _("Member from"),
    _("Until"),
    _("Document"),
    _("Recorded at"),
)


class RosterRecords:
    """Seats behind T3."""

    def has(self, row: str, column: str) -> bool:
        """Whether seats stand behind the figure: every movement, and for the suspended the two stocks."""
        if row == SUSPENDED:
            return column in {"opening", "closing"}
        return row in ROSTER_ROWS and column in queries.SEAT_PAGES

    def page(self, basis: Basis, row: str, column: str, after: str) -> Records:
        """Seats with the class and day by which they count, 200 at a time."""
        suspended = row == SUSPENDED
        wanted = {
            "start": basis.quarter.start,
            "suspended": suspended,
            "kinds": list(ROSTER_ROWS[ALL if suspended else row]),
        }
        found = dictionaries(queries.SEAT_PAGES[column], basis.parameters | wanted | _range(after))
        organisations, committees = _behind(found, Organisation), _behind(found, Committee)
        return _page(
            _SEAT_HEADINGS,
            found,
            lambda seat: (
                organisations[seat["organisation_id"]],
                committees[seat["committee_id"]],
                CLASS_LABELS[seat["class"]],
                seat["counted_on"],
                seat["begins"],
                seat["ends"],
                seat["document"],
                seat["recorded_at"],
            ),
        )


_EVENT_OF_COLUMN: Final = {
    "open_start": ("open", LAST),
    "received": ("received", LAST),
    "returned": ("returned", LAST),
    "approved": ("approved", LAST),
    "rejected": ("rejected", LAST),
    "withdrawn": ("withdrawn", LAST),
    "open_end": ("open", LAST + 1),
    "median_days": ("decided", LAST),
    "overdue": ("overdue", LAST),
}
_APPLICATION_HEADINGS: Final = (
    _("Application"),
    _("Organisation"),
    _("Committee"),
    _("Counted as"),
    _("Recorded at"),
    _("Days to the decision"),
)


class FunnelRecords:
    """Applications behind T6."""

    def has(self, row: str, column: str) -> bool:
        return row in APPLICANT_ROWS and column in _EVENT_OF_COLUMN

    def page(self, basis: Basis, row: str, column: str, after: str) -> Records:
        """Applications with the class and moment by which they count, 200 at a time."""
        name, index = _EVENT_OF_COLUMN[column]
        wanted = {"name": name, "index": index, "kinds": list(APPLICANT_ROWS[row])}
        found = dictionaries(queries.APPLICATION_PAGE, funnel_parameters(basis) | wanted | _range(after))
        applications = _behind(found, Application)
        organisations, committees = _behind(found, Organisation), _behind(found, Committee)
        return _page(
            _APPLICATION_HEADINGS,
            found,
            lambda event: (
                applications[event["application_id"]],
                organisations[event["organisation_id"]],
                committees[event["committee_id"]],
                CLASS_LABELS[event["class"]],
                event["moment"],
                event["days"],
            ),
        )


def _range(after: str) -> dict[str, Any]:
    """Parameters of the page behind the record `after`; the first page for anything that is no record's key."""
    number, _separator, moment = after.partition("~")
    try:
        place = (int(number), datetime.fromisoformat(moment).isoformat())
    except ValueError:
        place = _BEGINNING
    return {"after_id": place[0], "after_moment": place[1], "limit": PAGE + 1}


def _behind(found: Sequence[dict[str, Any]], model: type[Model]) -> dict[int, Any]:
    """The model's rows that the found records point to, by id."""
    return model._default_manager.in_bulk({record[f"{model._meta.model_name}_id"] for record in found})


def _page(headings: Sequence[Any], found: list[dict[str, Any]], cells: Callable[[dict[str, Any]], Any]) -> Records:
    rows = [Record(f"{record['id']}~{record['moment'].isoformat()}", cells(record)) for record in found[:PAGE]]
    return Records(headings, rows, more=len(found) > PAGE)
