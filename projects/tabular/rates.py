"""Import of exchange rates: one a row, by currency or by country, or a row a day with a column for each currency.

A row of a country is of the currency in which its yearly average is stated, and of the one which that replaced.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.currencies import EURO_AREA, REPLACED, currency_of
from temp_portal.core.country_names import find_country
from temp_portal.core.currencies import is_currency
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.folding import SIGN, FoldedTable
from temp_portal.core.tabular.kinds import ImportKind, register
from temp_portal.core.tabular.reading import Table
from temp_portal.core.tabular.stage import Stage

#: Name of the column into which columns of currencies are folded; shipped mappings recognise it.
RATES: Final = "Rates"
ARRAY_ITEM: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
#: What a file writes where no rate was published.
NONE: Final = frozenset({"N/A", "NA", "-", "–", "—"})
#: Digits kept behind the point, as the database does; and from where on a rate is a slip of the pen.
_STEP: Final = Decimal("1e-12")
_MOST: Final = Decimal("1e12")


@register
class Rates(ImportKind):
    name = "rates"
    label = gettext_lazy("Exchange rates")
    title = "listing"
    listed_at = "projects:rates"
    fields = (
        ImportField(
            "date",
            gettext_lazy("Day or year"),
            "partial_date",
            required=True,
            aliases=["日期", "дата", "year", "年份", "год"],
            help=gettext_lazy("A year alone means the average of the year."),
        ),
        ImportField("base", gettext_lazy("For one unit of"), "currency", required=True),
        ImportField("quote", gettext_lazy("Currency"), "currency"),
        ImportField("country", gettext_lazy("Country"), help=gettext_lazy("Stands for its currency."), max_length=100),
        ImportField("rate", gettext_lazy("Rate"), "decimal"),
        ImportField(
            "rates", gettext_lazy("Rates by currency"), "list", help=gettext_lazy("For example USD=1.1; CNY=7.8.")
        ),
        ImportField("source", gettext_lazy("Source"), required=True, max_length=60),
    )
    derived = {"currency": "text", "pairs": "jsonb", "listing": "text", "problem": "text"}

    def reshape(self, table: Table) -> Table:
        """Columns that are named by currencies become one."""
        codes = [name for name in table.headers if is_currency(name.strip())]
        return FoldedTable(table, codes, RATES) if len(codes) > 1 else table

    def derive(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        problem, pairs = "", {}
        for code, text in _named(values):
            rate = _rate(text)
            if not is_currency(code) or code == values.get("base") or rate is None:
                problem = problem or f"{code} {text}".strip()
            else:
                pairs[code] = rate
        several = bool(values.get("rates"))
        return {
            "currency": "*" if several else next(iter(pairs), None),
            "pairs": json.dumps(pairs),
            "listing": ", ".join(f"{code} {rate}" for code, rate in sorted(pairs.items())) or None,
            "problem": problem or None,
        }

    def check(self, stage: Stage) -> None:
        stage.reject(
            "s.problem IS NOT NULL",
            _("“%(problem)s” is no rate: a currency other than the base, and a number above zero, are needed."),
            details={"problem": "s.problem"},
        )
        stage.reject(
            "s.action IS NULL AND s.pairs = '{}' AND s.country IS NOT NULL",
            _("The country has no currency of its own here, or it cannot be told which one is meant."),
            field="country",
        )
        stage.reject("s.action IS NULL AND s.pairs = '{}'", _("There is no rate in this row."))
        stage.reject(
            "s.action IS NULL AND s.date_precision = 'month'",
            _("A rate is that of a day, or the average of a year."),
            field="date",
        )
        # Countries with a common currency say the same.
        stage.merge_repeated(["base", "currency", "date", "source"])

    def match(self, stage: Stage) -> None:
        stage.execute(MATCH)

    def current(self, stage: Stage) -> str:
        return CURRENT

    def apply(self, stage: Stage) -> None:
        stage.execute(WRITE)


def _named(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(currency, rate as text) of everything that the row names."""
    for item in ARRAY_ITEM.findall(values.get("rates") or ""):
        code, _sign, text = item.partition(SIGN)
        if text.strip().upper() not in NONE:
            yield code.strip(), text.strip()
    if values.get("rate") is None:
        return
    code = values.get("quote") or _currency_of(values)
    if code is None:
        return
    yield code, str(values["rate"])
    old, units, last = REPLACED.get(code, ("", 0, 0))
    if not values.get("quote") and int(str(values["date"])[:4]) <= last:
        yield old, str(Decimal(str(values["rate"])) * units)


def _currency_of(values: Mapping[str, Any]) -> str | None:
    """The currency of the country; None where there is none, or where it is the base itself."""
    name, day = values.get("country"), values.get("date")
    if not name or not day:
        return None
    country = find_country(name)
    found = "EUR" if name.casefold() == EURO_AREA else country and currency_of(country, int(str(day)[:4]))
    return found if found != values.get("base") else None


def _rate(text: str) -> str | None:
    """The rate as the database keeps it; None for what is none."""
    try:
        value = Decimal(text).quantize(_STEP)
    except InvalidOperation:
        return None
    return f"{value.normalize():f}" if 0 < value < _MOST else None


MATCH = """
    UPDATE import_stage s SET target_id = f.id
    FROM (SELECT s.row_number, min(r.id) AS id
            FROM import_stage s CROSS JOIN jsonb_each_text(s.pairs) p
            JOIN projects_exchangerate r
              ON r.base = s.base AND r.quote = p.key AND r.date = s.date AND r.source = s.source
           WHERE s.action IS NULL GROUP BY s.row_number) f
    WHERE s.row_number = f.row_number
"""

CURRENT = """
    SELECT s.target_id,
           string_agg(r.quote || ' ' || trim_scale(r.rate)::text, ', ' ORDER BY r.quote COLLATE "C") AS listing,
           min(r.precision)::text AS date_precision
      FROM import_stage s CROSS JOIN jsonb_each_text(s.pairs) p
      JOIN projects_exchangerate r ON r.base = s.base AND r.quote = p.key AND r.date = s.date AND r.source = s.source
     WHERE s.action IS NULL
     GROUP BY s.target_id
"""

WRITE = """
    INSERT INTO projects_exchangerate (base, quote, date, precision, rate, source)
    SELECT b.base, p.key, b.date, b.date_precision, p.value::numeric, b.source
    FROM import_batch b CROSS JOIN jsonb_each_text(b.pairs) p
    WHERE b.action IN ('created', 'updated')
    ON CONFLICT (base, quote, date, source) DO UPDATE SET rate = excluded.rate, precision = excluded.precision
    WHERE (projects_exchangerate.rate, projects_exchangerate.precision)
          IS DISTINCT FROM (excluded.rate, excluded.precision)
"""
