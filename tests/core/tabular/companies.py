"""A kind of import for the tests, with a table of its own."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from psycopg2 import sql

from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import ImportKind
from temp_portal.core.tabular.stage import Stage

TABLE = """
CREATE TABLE company (
    id bigserial PRIMARY KEY,
    code text UNIQUE,
    name text NOT NULL,
    initial text,
    country text,
    founded date,
    founded_precision text,
    capital numeric(20, 2) CHECK (capital >= 0),
    capital_currency text,
    status text,
    tags text[],
    source text,
    EXCLUDE USING hash (lower(name) WITH =) DEFERRABLE INITIALLY DEFERRED
)
"""


class Companies(ImportKind):
    """Companies with a code; those without one are new each time."""

    name = "companies"
    label = _("Companies")
    title = "name"
    derived = {"initial": "text"}
    fields = (
        ImportField("code", _("Code"), "identifier", required=True, max_length=12, aliases=["企业编号"]),
        ImportField("name", _("Name"), required=True),
        ImportField("country", _("Country"), "country"),
        ImportField("founded", _("Founded"), "partial_date"),
        ImportField("capital", _("Capital"), "amount", blank_clears=True),
        ImportField("status", _("State"), choices={"open": _("Open"), "closed": _("Closed")}),
        ImportField("tags", _("Tags"), "list"),
    )

    def derive(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"initial": values["name"][:1] if values["name"] else None}

    def check(self, stage: Stage) -> None:
        stage.reject_repeated(["code"], "Row %(row)s has this code already.")
        if "founded" in stage.mapped:
            stage.reject(
                "s.founded > %s",
                "Founded later than %(limit)s.",
                field="founded",
                params=["2030-01-01"],
                details={"limit": "to_char(date '2030-01-01', 'YYYY')"},
            )

    def match(self, stage: Stage) -> None:
        stage.execute("UPDATE import_stage s SET target_id = c.id FROM company c WHERE c.code = s.code")

    def current(self, stage: Stage) -> str:
        return (
            "SELECT id AS target_id, name, country, founded, founded_precision, capital, capital_currency, status, "
            "tags, initial FROM company WHERE code NOT LIKE '%;%'"
        )

    def apply(self, stage: Stage) -> None:
        stage.reserve_ids("company")
        stage.execute(
            """
            INSERT INTO company (id, code, source, name, initial, country, founded, founded_precision, capital,
                                 capital_currency, status, tags)
            SELECT target_id, code, %s, name, initial, country, founded, founded_precision, capital,
                   capital_currency, status, tags
            FROM import_batch WHERE action = 'created'
            """,
            [stage.source],
        )
        stage.execute(
            """
            UPDATE company c
            SET name = b.name, initial = b.initial, country = b.country, founded = b.founded,
                founded_precision = b.founded_precision, capital = b.capital, capital_currency = b.capital_currency,
                status = b.status, tags = b.tags
            FROM import_batch b WHERE b.action = 'updated' AND c.id = b.target_id
            """
        )


def stored(*columns: str) -> list[tuple[Any, ...]]:
    """Columns of all companies in the order of their codes; code and name when none are named."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns or ("code", "name")))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM company ORDER BY code").format(names))
        return cursor.fetchall()
