"""The page of a list: address in, filtered rows out, as HTML or as a file of the same rows and columns."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from temp_portal.core.db import for_long_reads
from temp_portal.core.lists.bulk import BulkAction, BulkMenu, Selection, menus, selection
from temp_portal.core.lists.columns import Column, ColumnSet
from temp_portal.core.lists.counting import RowCount, count_rows
from temp_portal.core.lists.empty import Empty
from temp_portal.core.lists.filterbar import FilterBar, filter_bar
from temp_portal.core.lists.formats import FileFormat, by_name
from temp_portal.core.lists.keyset import KeysetPage, KeysOf, Read, is_stored, paginate, sort_keys, with_sort_values
from temp_portal.core.lists.render import render_rows, render_table
from temp_portal.core.lists.saved import Menu, Sharing, menu
from temp_portal.core.lists.sheet import Sheet
from temp_portal.core.lists.state import ListState
from temp_portal.core.lists.values import Reading, ValueRow, read_values
from temp_portal.core.markup.figures import number
from temp_portal.core.search import SearchQuery
from temp_portal.core.tabular.export import ExportColumn, Format, export_queryset
from temp_portal.core.views.pages import PageMixin

M = TypeVar("M", bound=Model)

#: What every list can be had as.
TABLES: Final[dict[str, Format]] = {"csv": "csv", "xlsx": "xlsx"}


_CHECKED: Final = SafeString(" checked")
_DISABLED: Final = SafeString(" disabled")
_COLUMN_BOX: Final = (
    '<label class="check"><input class="form-check-input" type="checkbox" name="cols" value="{}"{}{}>'
    "<span>{}</span></label>"
)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[M]):
    """Everything that `core/list_body.html` shows."""

    page: KeysetPage[M]
    count: RowCount
    table: SafeString
    state: ListState
    filters: FilterBar
    columns: ColumnSet
    actions: Sequence[BulkAction]
    saved: Menu | None
    empty: Empty
    searchable: bool
    search_label: str
    search_hint: str
    caption: str
    path: str
    formats: Sequence[FileFormat] = ()

    @property
    def range_text(self) -> str:
        """ "101–200 of 4,712" in the reader's language."""
        first, last = self.page.rank + 1, self.page.rank + len(self.page.rows)
        return _("%(first)s–%(last)s of %(count)s") % {
            "first": number(first),
            "last": number(last),
            "count": self.count,
        }

    @property
    def bulk_menus(self) -> list[BulkMenu]:
        """What the bar under the table offers."""
        return menus(self.actions)

    @property
    def previous_url(self) -> str:
        """The page before this one."""
        return self.state.url(before=self.page.previous)

    @property
    def next_url(self) -> str:
        """The page after this one."""
        return self.state.url(after=self.page.next)

    @property
    def kept_for_columns(self) -> list[tuple[str, str]]:
        """What the column chooser's form carries along."""
        return self.state.kept(["cols", "density"])

    @property
    def default_columns_url(self) -> str:
        """The list with its own choice of columns."""
        return self.state.url(cols=None)

    def download_url(self, fmt: str) -> str:
        """Address of the same rows and columns as a file."""
        query = self.state.query
        return f"{self.path.rstrip('/')}.{fmt}" + (f"?{query}" if query else "")

    @property
    def csv_url(self) -> str:
        return self.download_url("csv")

    @property
    def xlsx_url(self) -> str:
        return self.download_url("xlsx")

    @property
    def files(self) -> list[tuple[str, str]]:
        """(label, address) of the further files in the Download menu."""
        return [
            (str(each.label), f"{self.path.rstrip('/')}{each.ending}" + (f"?{query}" if query else ""))
            for each in self.formats
            for query in ["&".join(filter(None, [self.state.query, each.query]))]
        ]

    @property
    def column_boxes(self) -> SafeString:
        """A box for each column, for the column chooser."""
        shown = {column.name for column in self.state.shown}
        boxes = (
            (each.name, _CHECKED if each.name in shown else "", _DISABLED if each.row_header else "", each.label)
            for each in self.columns
        )
        return format_html_join("\n", _COLUMN_BOX, boxes)


class ListView(PageMixin, TemplateResponseMixin, ContextMixin, View, Generic[M]):
    """A list page; see the package's docstring for an example. An app gives columns and `get_queryset()`.

    search_field: ORM path of the stored search key behind the search box ("organisation__search_key"); "" for no box.
    row_label: attribute that names a row for screen readers (`str(row)` if empty).
    caption: what the table holds, read out before it; the title if empty.
    has_saved_views: readers who are signed in may name what they set up, and come back to it.
    """

    template_name = "core/list.html"
    columns: ClassVar[Sequence[Column]]
    default_sort: ClassVar[str] = ""
    filterset_class: ClassVar[Any] = None
    bulk_actions: ClassVar[Sequence[BulkAction]] = ()
    formats: ClassVar[Sequence[FileFormat]] = ()
    empty: ClassVar[Empty] = Empty(gettext_lazy("Nothing here yet."))
    page_size: ClassVar[int] = 50
    search_field: ClassVar[str] = "search_key"
    search_label: str | Promise = gettext_lazy("Name in any script")
    row_label: ClassVar[str] = ""
    has_saved_views: ClassVar[bool] = True
    caption: str | Promise = ""

    def get_queryset(self) -> QuerySet[M]:
        """The rows that this user may see, with the relations that the columns read."""
        raise NotImplementedError(f"{type(self).__name__} needs get_queryset()")

    def get_found(self) -> QuerySet[M]:
        """The same rows, from which a page is selected: with what the order needs, without what columns read beside."""
        return self.get_queryset()

    def get_read(self) -> QuerySet[M]:
        """All that columns read of rows, whoever asks: the rows of a page that is made of values are read from it."""
        return self.get_queryset()

    def get_read_key(self) -> Hashable:
        """What `get_read` depends on beside the language. Its SQL is kept for that; None: worked out each time."""
        return None

    @cached_property
    def column_set(self) -> ColumnSet:
        """The columns on offer."""
        return ColumnSet(self.get_columns())

    def get_columns(self) -> Sequence[Column]:
        """Columns for this user; fewer for a visitor than for a secretary, say."""
        return self.columns

    @cached_property
    def state(self) -> ListState:
        """The parsed address."""
        return ListState.parse(
            self.request.GET, self.column_set, default_sort=self.default_sort, page_size=self.page_size
        )

    @cached_property
    def filterset(self) -> Any:
        """The bound and checked filter set, or None. A filter that cannot be understood is reported and not applied."""
        if self.filterset_class is None:
            return None
        filterset = self.filterset_class(self.request.GET, queryset=self.get_found(), request=self.request)
        filterset.form.is_valid()
        return filterset

    def get_matching(self) -> QuerySet[M]:
        """All rows that the address asks for, unordered."""
        return self._matching(self.get_queryset())

    def _matching(self, rows: QuerySet[M]) -> QuerySet[M]:
        rows = rows if self.filterset is None else self.filterset.filter_queryset(rows)
        return rows.filter(self.query.matches(self.search_field)) if self.search_field else rows

    @cached_property
    def query(self) -> SearchQuery:
        """What was typed into the search box."""
        return SearchQuery(self.state.search)

    @cached_property
    def saved(self) -> Menu | None:
        """The named views of this list."""
        return menu(self) if self.has_saved_views else None

    def get_sharing(self) -> Sharing | None:
        """With whom a named view may be shared; None where everybody keeps his own."""
        return None

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """What may be done with picked rows by this user."""
        return [action for action in self.bulk_actions if action.allowed(self.request)]

    def get_selection(self) -> Selection[M]:
        """The rows that a posted bulk action is about."""
        return selection(self.request, self.get_matching())

    def get(self, _request: HttpRequest, *_args: Any, fmt: str = "", **_kwargs: Any) -> HttpResponseBase:
        """The page, or with `fmt` ("csv", "xlsx", one of `formats`) the file."""
        if table := TABLES.get(fmt):
            return self.export(table)
        if fmt:
            return by_name(self.formats)[fmt].write(self)
        if self.saved and self.saved.redirect:
            return HttpResponseRedirect(self.saved.redirect)
        return self.render_to_response(self.get_context_data())

    def export(self, fmt: Format) -> HttpResponseBase:
        """Every matching row, in the order and with the columns on screen."""
        return export_queryset(self.get_ordered(), self.get_export_columns(), fmt, filename=self.get_filename())

    def get_ordered(self) -> QuerySet[M]:
        """Every matching row, in the order on screen."""
        ordering = self.state.ordering
        keys = [*ordering.paths, "pk"]
        rows = self.get_matching().using(for_long_reads())
        return rows.order_by(*(f"-{key}" if ordering.descending else key for key in keys))

    def get_export_columns(self) -> list[ExportColumn]:
        """The columns on screen, as far as a file can hold them."""
        return [
            ExportColumn(column.name, column.label, source)
            for column in self.state.shown
            if (source := column.export_source) is not None
        ]

    def get_filename(self) -> str:
        """Name of a download without its ending."""
        return self.get_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"list": self.get_page()} | kwargs)

    def get_page(self) -> ListPage[M]:
        """The page of rows that the address asks for."""
        state = self.state
        page, count = self.paginated()
        actions = self.get_bulk_actions()
        return ListPage(
            page=page,
            count=count,
            table=self.render(page.rows, selectable=bool(actions)),
            state=state,
            filters=filter_bar(self.filterset, state),
            columns=self.column_set,
            actions=actions,
            saved=self.saved,
            empty=self.get_empty(),
            searchable=bool(self.search_field),
            search_hint=too_short.message if (too_short := self.query.too_short) else "",
            search_label=str(self.search_label),
            caption=str(self.caption or self.get_title()),
            path=self.request.path,
            formats=[each for each in self.formats if each.offered(self.request)],
        )

    def paginated(self) -> tuple[KeysetPage[M], RowCount]:
        """The rows of the page that the address asks for, and how many there are on all pages."""
        reading, matching = self.reading, self._matching(self._selecting())
        page = None
        if reading is not None:
            page = self._paginated(matching, self._reader(reading), reading.keys_of)
        if reading is None or page is None or not reading.tells_all(page.rows):
            page = self._paginated(matching, self._read_objects)
        return page, RowCount(len(page.rows)) if page.is_whole else count_rows(matching)

    def _selecting(self) -> QuerySet[M]:
        """The rows with as little as the order allows."""
        rows = self.get_found()
        paths = [path for path in self.state.ordering.paths if path not in rows.query.annotations]
        return rows if is_stored(rows.model, paths) else self.get_queryset()

    def _read_objects(self, rows: QuerySet[M], selected: QuerySet[M], order: Sequence[str]) -> list[M]:
        """Reads rows as objects with all that `get_queryset` gives them."""
        if type(self).get_found is not ListView.get_found:
            rows = with_sort_values(self.get_queryset(), self.state.ordering)
        return list(rows.filter(pk__any=ArraySubquery(selected)).order_by(*order))

    def _reader(self, reading: Reading) -> Read:
        """Reads rows as values."""
        ordering, kept_for = self.state.ordering, self.get_read_key()
        key = None if kept_for is None else (type(self), ordering.paths, kept_for)

        def source() -> QuerySet[M]:
            return with_sort_values(self.get_read(), ordering)

        return lambda _rows, selected, order: read_values(selected, source, reading.paths, order, key=key)

    def _paginated(self, matching: QuerySet[M], read: Read, keys_of: KeysOf | None = None) -> KeysetPage[Any]:
        state, place = self.state, {"after": self.state.after, "before": self.state.before}
        return paginate(matching, state.ordering, size=state.size, read=read, keys_of=keys_of, **place)

    @cached_property
    def reading(self) -> Reading | None:
        """How the page's rows are read as values; None where they are read as objects."""
        if self.get_sheet() or self.get_bulk_actions() or not Reading.suits(self.state.shown):
            return None
        return Reading(self.state.shown, sort_keys(self.state.ordering))

    def render(self, rows: Sequence[M], *, selectable: bool) -> SafeString:
        """The table of these rows."""
        caption = self.caption or self.get_title()
        values = self.reading if rows and isinstance(rows[0], ValueRow) else None
        return render_table(
            rows,
            self.state,
            caption=caption,
            selectable=selectable,
            row_label=self.row_label,
            sheet=self.get_sheet(),
            cells=values.makers() if values else None,
        )

    def render_rows(self, rows: Sequence[M]) -> SafeString:
        """Single rows of the table, for a page that shows them already."""
        return render_rows(
            rows,
            self.state.shown,
            selectable=bool(self.get_bulk_actions()),
            row_label=self.row_label,
            sheet=self.get_sheet(),
        )

    def get_sheet(self) -> Sheet | None:
        """How rows are edited in place by this reader; None where the list is only read."""
        return None

    def get_empty(self) -> Empty:
        """Why there are no rows: filters that match nothing, or nothing to show at all."""
        if self.state.search or (self.filterset is not None and self.filterset.form.changed_data):
            return Empty(
                _("Nothing matches these filters."),
                _("Clear all filters"),
                filter_bar(self.filterset, self.state).clear_url,
            )
        return self.empty
