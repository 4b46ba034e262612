"""What projects show on the public front page: how many are under way, where, and what was disbursed this year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from projects.dotmap import dot_map
from projects.enums import UNDER_WAY, MoneyKind
from projects.models import MoneyEvent, Project, ProjectCountry
from temp_portal.core.dashboard import Block, Contribution, Figure, register
from temp_portal.core.markup import number

#: Rows of the table before "all countries".
ROWS: Final = 12
MILLION: Final = Decimal(1_000_000)
THOUSAND: Final = 1_000
NO_BREAK: Final = "\u00a0"
_AMOUNT: Final = DecimalField(max_digits=30, decimal_places=6)


@dataclass(frozen=True, slots=True)
class CountryRow:
    """Projects under way in one country; `value` in millions of US dollars, None where no contract has a rate."""

    code: str
    name: str
    projects: int
    value: Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class CountryTable:
    """The first rows, how many countries follow, and the totals over all of them."""

    rows: list[CountryRow]
    more: int
    projects: int
    value: Decimal | None
    url: str


def collect(_request: HttpRequest, day: date) -> Contribution:
    """Figures and map as a visitor may see them. Four queries, whatever the number of projects."""
    projects = Project.objects.visible_to(AnonymousUser()).filter(stage__in=UNDER_WAY, in_totals=True)
    hosts = ProjectCountry.objects.filter(project__in=projects)
    counts = {row["country"]: row["n"] for row in hosts.values("country").annotate(n=Count("pk")).order_by("-n")}
    table = _table(counts, _values(hosts), total=projects.count())
    picture = dot_map(counts, lambda code: str(countries.name(code)))
    return Contribution(
        figures=[_under_way(table, len(counts)), _disbursed(day)],
        blocks=[Block("section", 20, "projects/front/countries.html", {"table": table, "map": picture, "day": day})],
    )


def _values(hosts: Any) -> dict[str, Decimal]:
    """Contract value by country in US dollars, at the rates recorded with the contracts.

    A project in several countries is divided by their shares where these are known, else equally.
    """
    siblings = ProjectCountry.objects.filter(project=OuterRef("project")).order_by().values("project")
    part = Coalesce(
        F("share") / Value(Decimal(100)),
        # Written with a decimal point: PostgreSQL would divide two integers as such.
        Value(Decimal("1.0")) / Subquery(siblings.annotate(n=Count("pk")).values("n")),
        output_field=_AMOUNT,
    )
    contracts = (
        MoneyEvent.objects.in_force()
        .filter(project=OuterRef("project"), kind=MoneyKind.CONTRACT_VALUE)
        .order_by()
        .values("project")
        .annotate(total=Sum(_in_dollars()))
        .values("total")
    )
    value = ExpressionWrapper(Subquery(contracts) * part, output_field=_AMOUNT)
    rows = hosts.order_by().values("country").annotate(value=Sum(value))
    return {row["country"]: row["value"] for row in rows if row["value"] is not None}


def _in_dollars() -> "ExpressionWrapper[Combinable]":
    """An event's amount in US dollars; NULL, and so left out of sums, where no rate is recorded."""
    rate = Case(When(currency="USD", then=Value(Decimal(1))), default=F("rate_to_usd"), output_field=_AMOUNT)
    return ExpressionWrapper(F("amount") * rate, output_field=_AMOUNT)


def _table(counts: dict[str, int], values: dict[str, Decimal], *, total: int) -> CountryTable:
    rows = [
        CountryRow(
            code=code,
            name=str(countries.name(code)),
            projects=count,
            value=_millions(values.get(code)),
            url=_list_url([("country", code)]),
        )
        for code, count in counts.items()
    ]
    return CountryTable(
        rows=rows[:ROWS],
        more=max(len(rows) - ROWS, 0),
        projects=total,
        value=_millions(sum(values.values())) if values else None,
        url=_list_url(),
    )


def _under_way(table: CountryTable, number_of_countries: int) -> Figure:
    note = ngettext("in %(count)s country", "in %(count)s countries", number_of_countries)
    return Figure(
        _("Projects under way"),
        number(table.projects),
        note=note % {"count": number(number_of_countries)} if number_of_countries else "",
        url=_list_url(),
    )


def _disbursed(day: date) -> Figure:
    projects = Project.objects.visible_to(AnonymousUser()).filter(in_totals=True)
    events = MoneyEvent.objects.in_force().filter(
        Q(event_date__year=day.year, event_date__lte=day), kind=MoneyKind.DISBURSED, project__in=projects
    )
    total = events.aggregate(total=Sum(_in_dollars()))["total"] or Decimal(0)
    millions = _millions(total) or Decimal(0)
    amount = number(millions, 0 if millions >= THOUSAND else 1)
    value = _("USD %(amount)s m") % {"amount": amount}
    return Figure(_("Disbursed in %(year)s") % {"year": day.year}, value.replace(" ", NO_BREAK))


def _millions(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / MILLION


def _list_url(filters: Iterable[tuple[str, str]] = ()) -> str:
    """The list of projects under way, narrowed by further filters."""
    chosen = [*filters, *(("stage", stage.value) for stage in UNDER_WAY), ("counted", "true")]
    return f"{reverse('projects:project-list')}?{urlencode(chosen)}"


register("projects", collect)
