"""The same projects as in the table, as a board, a map and figures, each with a way to its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Self

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from members.enums import OwnershipGroup
from projects import overview
from projects.changes import compare
from projects.columns import PROJECTS
from projects.dotmap import dot_map
from projects.enums import MoneyKind, Stage
from projects.filters import ProjectFilter
from projects.models import Project
from projects.totals import SEVERAL, By, MoneyTotal, money_totals
from temp_portal.core.lists.columns import ColumnSet
from temp_portal.core.lists.filterbar import FilterBar, filter_bar
from temp_portal.core.lists.state import ListState
from temp_portal.core.search import SearchQuery
from temp_portal.core.views import Crumb, Place, TemplateView

#: Lines of a figure before "others".
LINES: Final = 20
#: Money beside the counts of the portfolio.
MONEY: Final = (MoneyKind.CONTRACT_VALUE, MoneyKind.COMMITTED, MoneyKind.DISBURSED)
MILLION: Final = Decimal(1_000_000)
_COLUMNS: Final = ColumnSet(PROJECTS)
_PLACES: Final = (
    ("project-list", gettext_lazy("Table")),
    ("project-board", gettext_lazy("Board")),
    ("project-map", gettext_lazy("Map")),
    ("project-portfolio", gettext_lazy("Portfolio")),
    ("project-changes", gettext_lazy("Two days compared")),
)


def places(params: QueryDict, current: str) -> list[Place]:
    """The ways to look at projects; the filters go along."""
    query = _filters_in(params).urlencode()
    addresses = [(name, label, reverse(f"projects:{name}")) for name, label in _PLACES]
    return [
        Place(label, f"{address}?{query}" if query else address, current=name == current)
        for name, label, address in addresses
    ]


def _filters_in(params: QueryDict, *without: str) -> QueryDict:
    """The parameters that narrow projects."""
    kept = params.copy()
    for name in list(kept):
        if name in without or (name not in ProjectFilter.base_filters and name != "q"):
            del kept[name]
    return kept


@dataclass(frozen=True, slots=True)
class Bar:
    """What `components/filter_bar.html` shows of a page that is no list."""

    path: str
    filters: FilterBar
    search_label: str
    searchable: bool = True


class Overview(TemplateView):
    """A page over all projects that the reader may see and the filters leave. `place` names its route."""

    place = ""

    @cached_property
    def filterset(self) -> ProjectFilter:
        visible = Project.objects.visible_to(self.request.user)
        filterset = ProjectFilter(self.request.GET, queryset=visible, request=self.request)
        filterset.form.is_valid()
        return filterset

    @cached_property
    def projects(self) -> QuerySet[Project]:
        """The projects, unordered."""
        query = SearchQuery(self.request.GET.get("q", "").replace("\x00", ""))
        found: QuerySet[Project] = self.filterset.filter_queryset(self.filterset.queryset)
        return found.filter(query.matches("search_key"))

    def rows_url(self, **changes: str) -> str:
        """The table with these projects, narrowed further."""
        params = _filters_in(self.request.GET, *changes)
        for name, value in changes.items():
            params[name] = value
        return f"{reverse('projects:project-list')}?{params.urlencode()}"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Projects"), reverse("projects:project-list")), Crumb(self.get_title())]

    def get_places(self) -> Sequence[Place]:
        return places(self.request.GET, self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = ListState.parse(self.request.GET, _COLUMNS, default_sort="code", page_size=50)
        bar = Bar(self.request.path, filter_bar(self.filterset, state), _("Title or code, in any script"))
        return super().get_context_data(**{"list": bar} | kwargs)


class Board(Overview):
    """A column a stage: how many, and the newest of them."""

    template_name = "projects/board.html"
    title = gettext_lazy("Projects by stage")
    place = "project-board"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = overview.by_stage(self.projects)
        cards = overview.first_cards(self.projects)
        columns = [
            {
                "stage": stage,
                "label": stage.label,
                "count": counts.get(stage, 0),
                "cards": cards.get(stage, []),
                "url": self.rows_url(stage=stage),
            }
            for stage in Stage
        ]
        return super().get_context_data(columns=columns, total=sum(counts.values()), **kwargs)


class ProjectMap(Overview):
    """Host countries and sites."""

    template_name = "projects/map_page.html"
    title = gettext_lazy("Projects on the map")
    place = "project-map"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = overview.by_country(self.projects)
        spots = overview.spots(self.projects)
        rows = [
            {"name": countries.name(code), "count": count, "url": self.rows_url(country=code)}
            for code, count in counts.items()
        ]
        page = {
            "map": dot_map(counts, lambda code: str(countries.name(code)), spots),
            "rows": rows,
            "sites": sum(spot.count for spot in spots),
        }
        return super().get_context_data(**page | kwargs)


class Portfolio(Overview):
    """Projects that count in totals, by country, sector, stage and ownership.

    Money is added up over the projects whose amounts the reader may see, so nothing can be told from differences.
    """

    template_name = "projects/portfolio.html"
    title = gettext_lazy("Portfolio of projects")
    place = "project-portfolio"

    @cached_property
    def counted(self) -> Any:
        projects: Any = self.projects
        return projects.counted()

    @cached_property
    def told(self) -> Any:
        """Those whose amounts the reader may see."""
        projects: Any = self.projects
        return projects.filter(pk__in=Project.objects.money_visible_to(self.request.user).values("pk"))

    @cached_property
    def tells_money(self) -> bool:
        return self.request.user.is_authenticated and self.told.exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = [
            self._figure("country", _("By host country"), _("Country"), "country"),
            self._figure("sector", _("By sector"), _("Sector"), "sector"),
            self._figure("stage", _("By stage"), _("Stage"), "stage"),
            self._figure("ownership", _("By ownership of the lead enterprise"), _("Ownership"), "ownership"),
        ]
        total = self.counted.count()
        page = {
            "figures": figures,
            "kinds": [kind.label for kind in MONEY] if self.tells_money else [],
            "total": total,
            "total_url": self.rows_url(counted="true"),
        }
        return super().get_context_data(**page | kwargs)

    def _figure(self, name: str, heading: str, column: str, by: By) -> dict[str, Any]:
        cells = getattr(self, f"_{name}")()
        money = self._money(by)
        rows = [
            {
                "label": cell.label,
                "count": cell.projects,
                "url": self.rows_url(**{name: cell.key, "counted": "true"}) if cell.key else "",
                "money": money.get(cell.key, []),
            }
            for cell in cells[:LINES]
        ]
        if money.get(SEVERAL):
            label = _("In several countries, shares not known")
            rows.append({"label": label, "count": None, "url": "", "money": money[SEVERAL]})
        others = sum(cell.projects for cell in cells[LINES:])
        return {"name": name, "heading": heading, "column": column, "rows": rows, "others": others}

    def _country(self) -> list[overview.Cell]:
        found = overview.by_country(self.counted)
        return [overview.Cell(code, countries.name(code), count) for code, count in found.items()]

    def _sector(self) -> list[overview.Cell]:
        cells = overview.by_sector(self.counted)
        return [overview.Cell(cell.key, cell.label or _("Not stated"), cell.projects) for cell in cells]

    def _stage(self) -> list[overview.Cell]:
        found = overview.by_stage(self.counted)
        return [overview.Cell(stage, stage.label, found[stage]) for stage in Stage if stage in found]

    def _ownership(self) -> list[overview.Cell]:
        found = overview.by_ownership(self.counted)
        known = [overview.Cell(group, group.label, found[group]) for group in OwnershipGroup if group in found]
        return [*known, *([overview.Cell("", _("No lead enterprise"), found[""])] if "" in found else [])]

    def _money(self, by: By) -> dict[str, list["Millions"]]:
        """Two figures a kind for each cell, in the order of `MONEY`: dollars and yuan."""
        if not self.tells_money:
            return {}
        found = {(cell.key, cell.kind): cell for cell in money_totals(self.told, by)}
        return {key: list(_millions(found.get((key, kind)) for kind in MONEY)) for key, _kind in found}


@dataclass(frozen=True, slots=True)
class Millions:
    """A sum in millions, None where there is none; (currency, amount in millions) of what has no rate to be in it."""

    amount: Decimal | None = None
    lacking: Sequence[tuple[str, Decimal]] = ()

    @classmethod
    def of(cls, total: Decimal, lacking: Mapping[str, Decimal]) -> Self:
        """Nothing but amounts without a rate make no sum, rather than zero."""
        left = [(currency, amount / MILLION) for currency, amount in lacking.items()]
        return cls(total / MILLION if total or not left else None, left)


def _millions(totals: Iterable[MoneyTotal | None]) -> Iterator[Millions]:
    for total in totals:
        if total is None or total.usd is None or total.cny is None:
            yield from (Millions(), Millions())
        else:
            yield Millions.of(total.usd, total.without_usd)
            yield Millions.of(total.cny, total.without_cny)


class Changes(Overview):
    """What entered, moved and left between two days."""

    template_name = "projects/changes.html"
    title = gettext_lazy("Projects: two days compared")
    place = "project-changes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since, until = self.filterset.span()
        compared = compare(self.projects, since, until)
        days = {"since": since.isoformat(), "until": until.isoformat()}
        page = {
            "since": since,
            "until": until,
            "kept": _filters_in(self.request.GET, "since", "until", "change").items(),
            "changes": [
                {
                    "label": change.label,
                    "count": count,
                    "url": self.rows_url(change=change, **days) if count else "",
                }
                for change, count in compared.changes.items()
            ],
            "compared": compared,
        }
        return super().get_context_data(**page | kwargs)
