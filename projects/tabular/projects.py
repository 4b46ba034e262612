"""Import of projects: countries, participants as the source names them, four dates, and one amount per row.

A row is matched by the id in its source, else by the project's code. Money is append-only: an amount that differs from
the one imported before becomes a new event that supersedes it (domain brief §7). Compared is with what the source said
last: a stage or an amount that somebody has put right since stays until the source says something new.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import MoneyKind, ParticipantRole, Stage
from projects.models import Project
from temp_portal.core.search import search_key
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import ImportKind, register
from temp_portal.core.tabular.stage import Stage as ImportStage

#: Field of the import → role of those whom it names.
AGENCIES = {
    "funders": ParticipantRole.FUNDER,
    "co_funders": ParticipantRole.CO_FUNDER,
    "implementers": ParticipantRole.IMPLEMENTER,
    "recipients": ParticipantRole.RECIPIENT,
}
NAME_LENGTH = 300
RATE_STEP = Decimal("1e-12")
ARRAY_ITEM = re.compile(r'"((?:[^"\\]|\\.)*)"')


@register
class Projects(ImportKind):
    name = "projects"
    label = gettext_lazy("Projects")
    title = "title"
    listed_at = "projects:project-list"
    fields = (
        ImportField("source_id", gettext_lazy("Id in the source"), max_length=200),
        ImportField("code", gettext_lazy("Code"), max_length=40),
        ImportField("title", gettext_lazy("Title"), required=True, max_length=500, aliases=["项目名称", "название"]),
        ImportField("summary", gettext_lazy("Summary"), "long_text"),
        ImportField("stage", gettext_lazy("Stage"), choices=dict(Stage.choices)),
        ImportField("countries", gettext_lazy("Host countries"), "countries"),
        ImportField("sector_scheme", gettext_lazy("Sector scheme"), max_length=20),
        ImportField("sector_code", gettext_lazy("Sector code"), "identifier", max_length=10),
        ImportField("sector_name", gettext_lazy("Sector"), max_length=200),
        ImportField("start_planned", gettext_lazy("Planned start"), "partial_date"),
        ImportField("start_actual", gettext_lazy("Actual start"), "partial_date"),
        ImportField("end_planned", gettext_lazy("Planned end"), "partial_date"),
        ImportField("end_actual", gettext_lazy("Actual end"), "partial_date"),
        ImportField("money_kind", gettext_lazy("Kind of amount"), choices=dict(MoneyKind.choices)),
        ImportField("amount", gettext_lazy("Amount"), "amount"),
        ImportField("money_date", gettext_lazy("Date of the amount"), "partial_date"),
        ImportField("units_per_usd", gettext_lazy("Units of the currency for one US dollar"), "decimal"),
        ImportField("recommended", gettext_lazy("Reliable record"), "boolean"),
        ImportField("umbrella", gettext_lazy("Umbrella record"), "boolean"),
        ImportField("funders", gettext_lazy("Funders"), "tagged_list"),
        ImportField("co_funders", gettext_lazy("Co-funders"), "tagged_list"),
        ImportField("implementers", gettext_lazy("Implementers"), "tagged_list"),
        ImportField("recipients", gettext_lazy("Recipients"), "tagged_list"),
    )
    derived = {
        "key": "text",
        "host_countries": "text",
        "participants": "text",
        "people": "jsonb",
        "usd_rate": "numeric",
    }

    def derive(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        people = sorted(set(_people(values)))
        return {
            "host_countries": _sorted_codes(values.get("countries")),
            "participants": "; ".join(f"{role}: {name} ({tag})" for role, name, tag in people) or None,
            "people": json.dumps(people, ensure_ascii=False),
            "usd_rate": _dollars_a_unit(values.get("units_per_usd")),
        }

    def check(self, stage: ImportStage) -> None:
        # A kind, a date or a rate says nothing where there is no amount.
        stage.execute(FORGET_MONEY)
        if "source_id" in stage.mapped:
            stage.reject_repeated(["source_id"], _("Row %(row)s has this id already."))
        stage.reject_repeated(["code"], _("Row %(row)s has this code already."))
        for kind in ("planned", "actual"):
            stage.reject(
                f"s.end_{kind} < s.start_{kind}",
                _("The end lies before the start, which is %(start)s."),
                field=f"end_{kind}",
                details={"start": f"s.start_{kind}"},
            )
        stage.reject(
            "s.amount < 0",
            _("An amount is not negative; what is paid back is an amount of its own kind."),
            field="amount",
        )
        stage.reject(
            "s.amount IS NOT NULL AND s.amount_currency IS NULL", _("The currency is missing."), field="amount"
        )
        stage.reject("s.units_per_usd <= 0", _("A rate is greater than zero."), field="units_per_usd")
        stage.reject(
            "s.amount IS NOT NULL AND s.money_date IS NULL", _("The date of the amount is missing."), field="money_date"
        )

    def match(self, stage: ImportStage) -> None:
        stage.execute(MATCH_SOURCE, [stage.source])
        stage.execute(MATCH_CODE)

    def current(self, stage: ImportStage) -> str:
        return stage.text_of(CURRENT, [Project._meta.label_lower, stage.source])

    def apply(self, stage: ImportStage) -> None:
        stage.reserve_ids("projects_project")
        stage.execute(GIVE_CODES, [stage.source])
        _make_search_keys(stage)
        stage.execute(INSERT, [stage.source, stage.user_id])
        today = timezone.localdate()  # the portal's day, which the database in its own time zone does not know
        stage.execute(RECORD_STAGES, [today, today, today, Project._meta.label_lower, stage.user_id])
        stage.execute(UPDATE)
        stage.execute(DROP_COUNTRIES)
        stage.execute(ADD_COUNTRIES)
        stage.execute(DROP_PARTICIPANTS)
        stage.execute(ADD_PARTICIPANTS)
        stage.execute(ADD_MONEY, [stage.source, stage.user_id])


def _people(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(role, name, type) of everybody whom the row names; the type is empty where the source gives none."""
    for field, role in AGENCIES.items():
        for entry in json.loads(values.get(field) or "[]"):
            yield str(role), entry["name"][:NAME_LENGTH], entry["tag"] or ""


def _dollars_a_unit(units: object) -> Decimal | None:
    """The rate as it is recorded with an amount: dollars for one unit, from the units for one dollar."""
    if units is None or (number := Decimal(str(units))) <= 0:
        return None
    return (1 / number).quantize(RATE_STEP, ROUND_HALF_UP)


def _sorted_codes(array: str | None) -> str | None:
    """The codes of a staged array in alphabetical order, comma-separated."""
    return ", ".join(sorted(ARRAY_ITEM.findall(array or ""))) or None


def _make_search_keys(stage: ImportStage) -> None:
    """Keys follow from the code and from all titles, not only from the one that the file gives."""
    rows = stage.fetch(TITLES)
    keys = [search_key(*filter(None, titles)) for _row, *titles in rows]
    stage.execute(SET_KEYS, [[row[0] for row in rows], keys])


FORGET_MONEY = """
    UPDATE import_stage SET money_kind = NULL, money_date = NULL, money_date_precision = NULL WHERE amount IS NULL
"""

GIVE_CODES = """
    UPDATE import_stage s SET code = upper(%s) || '-' || coalesce(b.source_id, b.target_id::text)
    FROM import_batch b WHERE b.action = 'created' AND b.code IS NULL AND s.row_number = b.row_number
"""

TITLES = """
    SELECT b.row_number, b.title, coalesce(p.code, b.code), p.title_zh_hans, p.title_ru
    FROM import_batch b LEFT JOIN projects_project p ON p.id = b.target_id
    WHERE b.action IN ('created', 'updated')
"""

SET_KEYS = """
    UPDATE import_stage s SET key = k.key FROM unnest(%s::bigint[], %s::text[]) AS k(row_number, key)
    WHERE s.row_number = k.row_number
"""

MATCH_SOURCE = """
    UPDATE import_stage s SET target_id = p.id
    FROM projects_project p
    WHERE s.action IS NULL AND p.source = %s AND p.source_id <> '' AND p.source_id = s.source_id
"""

MATCH_CODE = """
    UPDATE import_stage s SET target_id = p.id
    FROM projects_project p
    WHERE s.action IS NULL AND s.target_id IS NULL AND p.code = s.code
"""

# What an import wrote has no reason; what a person put right has one.
CURRENT = """
    SELECT p.id AS target_id, p.title_en AS title, nullif(p.summary_en, '') AS summary,
           coalesce(t.to_state, p.stage) AS stage,
           nullif(p.sector_scheme, '') AS sector_scheme, nullif(p.sector_code, '') AS sector_code,
           nullif(p.sector_name, '') AS sector_name, p.start_planned, p.start_actual, p.end_planned, p.end_actual,
           (SELECT string_agg(c.country, ', ' ORDER BY c.country) FROM projects_projectcountry c
            WHERE c.project_id = p.id) AS host_countries,
           (SELECT string_agg(format('%%s: %%s (%%s)', t.role, t.name, t.source_type), '; '
                              ORDER BY t.role, t.name, t.source_type)
            FROM projects_participant t WHERE t.project_id = p.id AND t.organisation_id IS NULL) AS participants,
           m.amount, m.currency AS amount_currency, m.kind AS money_kind, m.event_date AS money_date,
           m.rate_to_usd AS usd_rate
    FROM projects_project p
    LEFT JOIN LATERAL (
        SELECT to_state FROM audit_transition
         WHERE subject_type = %s AND subject_id = p.id AND move = 'import' ORDER BY at DESC, id DESC LIMIT 1
    ) t ON TRUE
    LEFT JOIN LATERAL (
        SELECT * FROM projects_moneyevent
         WHERE project_id = p.id AND evidence = %s AND reason = '' AND NOT cancels ORDER BY id DESC LIMIT 1
    ) m ON TRUE
    WHERE p.id IN (SELECT target_id FROM import_stage)
"""

INSERT = """
    INSERT INTO projects_project (
        id, code, title, title_en, summary, summary_en, stage, sector_scheme, sector_code, sector_name, visibility,
        start_planned, start_planned_precision, start_actual, start_actual_precision, end_planned,
        end_planned_precision, end_actual, end_actual_precision, in_totals, source, source_id, source_fingerprint,
        search_key, created_at, created_by_id
    )
    SELECT b.target_id, b.code, b.title, b.title, coalesce(b.summary, ''), b.summary, coalesce(b.stage, 'S0'),
           coalesce(b.sector_scheme, ''),
           coalesce(b.sector_code, ''), coalesce(b.sector_name, ''), 'public',
           b.start_planned, coalesce(b.start_planned_precision, 'day'),
           b.start_actual, coalesce(b.start_actual_precision, 'day'),
           b.end_planned, coalesce(b.end_planned_precision, 'day'),
           b.end_actual, coalesce(b.end_actual_precision, 'day'),
           coalesce(b.recommended, true) AND NOT coalesce(b.umbrella, false), s.source, coalesce(b.source_id, ''), '',
           coalesce(b.key, ''), clock_timestamp(), s.user_id
    FROM import_batch b, (SELECT %s::text AS source, %s::bigint AS user_id) s
    WHERE b.action = 'created'
"""

UPDATE = """
    UPDATE projects_project p
    SET title = b.title, title_en = b.title, summary = coalesce(b.summary, ''), summary_en = b.summary,
        stage = CASE WHEN b.changes ? 'stage' THEN b.stage ELSE p.stage END,
        sector_scheme = coalesce(b.sector_scheme, ''), sector_code = coalesce(b.sector_code, ''),
        sector_name = coalesce(b.sector_name, ''),
        start_planned = b.start_planned,
        start_planned_precision = coalesce(b.start_planned_precision, p.start_planned_precision),
        start_actual = b.start_actual,
        start_actual_precision = coalesce(b.start_actual_precision, p.start_actual_precision),
        end_planned = b.end_planned, end_planned_precision = coalesce(b.end_planned_precision, p.end_planned_precision),
        end_actual = b.end_actual, end_actual_precision = coalesce(b.end_actual_precision, p.end_actual_precision),
        in_totals = coalesce(b.recommended, p.in_totals) AND NOT coalesce(b.umbrella, false), search_key = b.key
    FROM import_batch b WHERE b.action = 'updated' AND p.id = b.target_id
"""

# A new project has been at its stage since its record's own date, as far as the file gives one.
RECORD_STAGES = """
    INSERT INTO audit_transition (
        subject_type, subject_id, move, from_state, to_state, effective_on, reason, details, by_id
    )
    SELECT s.label, b.target_id, 'import', CASE WHEN b.action = 'created' THEN '' ELSE p.stage END,
           coalesce(b.stage, 'S0'),
           CASE WHEN b.action = 'created' THEN least(coalesce(b.start_actual, b.money_date, %s), %s)
                ELSE %s END,
           '', '{}', s.user_id
    FROM import_batch b JOIN projects_project p ON p.id = b.target_id,
         (SELECT %s::text AS label, %s::bigint AS user_id) s
    WHERE b.action = 'created' OR (b.action = 'updated' AND b.changes ? 'stage')
"""

DROP_COUNTRIES = """
    DELETE FROM projects_projectcountry c USING import_batch b
    WHERE b.action = 'updated' AND b.changes ? 'host_countries' AND c.project_id = b.target_id
      AND NOT c.country = ANY (b.countries)
"""

ADD_COUNTRIES = """
    INSERT INTO projects_projectcountry (project_id, country)
    SELECT b.target_id, c.country FROM import_batch b, unnest(b.countries) AS c(country)
    WHERE b.action IN ('created', 'updated')
    ON CONFLICT (project_id, country) DO NOTHING
"""

DROP_PARTICIPANTS = """
    DELETE FROM projects_participant t USING import_batch b
    WHERE b.action = 'updated' AND b.changes ? 'participants' AND t.project_id = b.target_id
      AND t.organisation_id IS NULL
"""

ADD_PARTICIPANTS = """
    INSERT INTO projects_participant (project_id, role, name, source_type)
    SELECT b.target_id, p ->> 0, p ->> 1, p ->> 2 FROM import_batch b, jsonb_array_elements(b.people) AS p
    WHERE b.action = 'created' OR (b.action = 'updated' AND b.changes ? 'participants')
    ON CONFLICT DO NOTHING
"""

# The newest version of what was imported before, whoever wrote it, is the one that gives way.
ADD_MONEY = """
    INSERT INTO projects_moneyevent (
        project_id, kind, finance_type, amount, currency, event_date, date_precision, payer, receiver, evidence,
        rate_to_usd, rate_source, cancels, supersedes_id, recorded_by_id
    )
    SELECT b.target_id, coalesce(b.money_kind, 'committed'), '', b.amount, b.amount_currency, b.money_date,
           coalesce(b.money_date_precision, 'day'), '', '', s.source, b.usd_rate,
           CASE WHEN b.usd_rate IS NULL THEN '' ELSE s.source END, false, head.id, s.user_id
    FROM import_batch b CROSS JOIN (SELECT %s::text AS source, %s::bigint AS user_id) s
    CROSS JOIN LATERAL (
        WITH RECURSIVE version AS (
            SELECT e.id FROM projects_moneyevent e WHERE e.project_id = b.target_id AND e.evidence = s.source
             UNION
            SELECT e.id FROM projects_moneyevent e JOIN version v ON e.supersedes_id = v.id
        )
        SELECT max(id) AS id FROM version
    ) head
    WHERE b.amount IS NOT NULL
      AND (b.action = 'created' OR (b.action = 'updated' AND b.changes ?| array['amount', 'amount_currency',
                                                                     'money_kind', 'money_date', 'usd_rate']))
"""
