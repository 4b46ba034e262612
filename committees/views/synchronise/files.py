"""The comparison, and the rows that stay out, as files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from committees.models import Synchronisation
from committees.synchronisation import reading
from committees.synchronisation.plan import Group, Plan, entries_of, make_plan
from committees.views.synchronise.page import group_labels
from committees.views.synchronise.places import OfFile
from temp_portal.accounts.permissions import user_of
from temp_portal.core.tabular.conversion import RowError
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.export import csv_of_rows, stream_response
from temp_portal.core.tabular.importing import rejected_rows
from temp_portal.core.views import DetailView


class ComparisonFile(OfFile, DetailView[Synchronisation]):
    """The whole comparison, a line for each value that differs."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        stem = get_valid_filename(f"{self.object.name.rsplit('.', 1)[0]}-{_('comparison')}")
        return stream_response(csv_of_rows(_comparison(make_plan(self.object, by=user_of(request)))), "csv", stem)


def _comparison(plan: Plan) -> Iterator[list[Any]]:
    labels = group_labels()
    yield [_("Group"), _("Row"), _("Organisation"), _("Value"), _("Before"), _("After"), _("Note")]
    for group, label in labels.items():
        for entry in plan.entries[group]:
            head = [label, entry.row.number if entry.row else "", entry.title]
            yield from ([*head, cell.label, cell.before, cell.after, cell.note] for cell in entry.cells)
            if not entry.cells:
                yield [*head, "", "", "", entry.reason]


class RejectedRows(OfFile, DetailView[Synchronisation]):
    """The rows that stay out, as the file has them, each with its reason."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        errors = list(_reasons(make_plan(self.object, by=user_of(request))))
        if not errors:
            raise Http404
        stem = get_valid_filename(f"{self.object.name.rsplit('.', 1)[0]}-{_('rejected')}")
        return stream_response(csv_of_rows(_lines(self.object, errors)), "csv", stem)


def _reasons(plan: Plan) -> Iterator[RowError]:
    undecided = {id(entry) for entry in plan.undecided}
    for entry in entries_of(plan, Group.REJECTED, Group.UNKNOWN, Group.AMBIGUOUS):
        if entry.row is not None and (entry.group == Group.REJECTED or id(entry) in undecided):
            why = entry.reason or _("The organisation is not in the register.")
            yield from (RowError(row.number, "", "", why) for row in entry.rows or [entry.row])


def _lines(synchronisation: Synchronisation, errors: Sequence[RowError]) -> Iterator[list[Any]]:
    try:
        with reading.opened(synchronisation) as table:
            yield from rejected_rows(table, errors)
    except TableError as error:
        yield [str(error)]
