"""Projects come in from a published data set: countries, agencies and money as the source has them."""

import csv
import os
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from django.db import connection

from projects.models import MoneyEvent, Project
from projects.workflows.money import correct_money
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.core.country_names import find_country as convert
from tests.factories import user_with
from tests.importing import counts, run_import, write_csv

pytestmark = pytest.mark.django_db


def row(number: str, **changes: str) -> dict[str, str]:
    """A row with the columns and the dirt of the published data set."""
    return {
        "project_id": number,
        "recommended_for_research": "True",
        "umbrella": "0",
        "year": "2010",
        "title": f"Port expansion {number}",
        "description": "A port.\nIn two stages.",
        "status": "Completion",
        "amount": "2000000",
        "currency": "CNY",
        "exchange_rates_used": "8",
        "crs_sector_code": "210",
        "crs_sector_name": "Transport and Storage",
        "start_actual": "2009-09-25",
        "start_planned": " ",
        "end_actual": "",
        "end_planned": "2012-09-01",
        "recipient_iso3": "MRT",
        "funding_agency": "Sea Bank, Government Agency; Build Co., Ltd.",
        "cofinancing_agency": "",
        "implementing_agency": "Harbour Works, State-Owned Company",
        "recipient_agencies": "",
        "contacts": "Somebody Private",
    } | changes


def test_a_row_brings_countries_agencies_dates_and_money(tmp_path):
    path = write_csv(tmp_path / "p.csv", [row("1", recipient_iso3="Africa, regional; TZA; ZMB")])
    assert counts(run_import("projects", path)) == (1, 0, 0, 0)
    project = Project.objects.get(source="gcof1", source_id="1")
    assert (project.stage, str(project.start_actual), project.start_planned) == ("S9", "2009-09-25", None)
    assert sorted(country.country.code for country in project.countries.all()) == ["TZ", "ZM"]
    assert sorted(project.participants.values_list("role", "name", "source_type")) == [
        ("funder", "Build Co., Ltd.", ""),
        ("funder", "Sea Bank", "Government Agency"),
        ("implementer", "Harbour Works", "State-Owned Company"),
    ]
    money = project.money_events.get()
    assert (money.kind, money.amount, money.currency) == ("committed", Decimal("2000000.00"), "CNY")
    assert (money.rate_to_usd, money.date_precision, money.event_date.year) == (Decimal("0.125"), "year", 2010)
    assert Transition.objects.of(project).get().to_state == "S9"


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "p.csv", [row("1"), row("2", amount="", currency="", exchange_rates_used="")])
    run_import("projects", path)
    assert counts(run_import("projects", path)) == (0, 0, 2, 0)
    assert MoneyEvent.objects.count() == 1


def test_a_changed_row_moves_the_stage_and_supersedes_the_money(tmp_path):
    path = tmp_path / "p.csv"
    run_import("projects", write_csv(path, [row("1", status="Pipeline: Commitment"), row("2")]))
    changed = row("1", status="Implementation", amount="3000000", funding_agency="Sea Bank, Government Agency")
    assert counts(run_import("projects", write_csv(path, [changed, row("2")]))) == (0, 1, 1, 0)
    project = Project.objects.get(source_id="1")
    assert [move.to_state for move in Transition.objects.of(project)] == ["S5", "S7"]
    assert [event.stage for event in project.events.all()] == ["S5"]
    assert MoneyEvent.objects.in_force().get(project=project).amount == Decimal(3_000_000)
    assert project.money_events.count() == 2
    assert project.participants.filter(role="funder").count() == 1


def test_records_that_are_not_reliable_stay_out_of_totals(tmp_path):
    rows = [row("1"), row("2", recommended_for_research="False"), row("3", umbrella="1")]
    run_import("projects", write_csv(tmp_path / "p.csv", rows))
    assert list(Project.objects.filter(in_totals=True).values_list("source_id", flat=True)) == ["1"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"currency": "\xa0X"}, "amount, currency"),
        ({"currency": ""}, "amount, currency"),
        ({"recipient_iso3": "Atlantis"}, "recipient_iso3"),
        ({"status": "Dreamt"}, "status"),
        ({"end_planned": "2001-01-01", "start_planned": "2002-01-01"}, "end_planned"),
        ({"title": ""}, "title"),
        ({"exchange_rates_used": "0"}, "exchange_rates_used"),
    ],
)
def test_a_bad_row_is_rejected_with_its_column(tmp_path, changes, column):
    summary = run_import("projects", write_csv(tmp_path / "p.csv", [row("1"), row("2", **changes)]))
    assert counts(summary) == (1, 0, 0, 1)
    assert column in {error["column"] for error in summary["errors"]}
    assert all(error["row"] == 3 for error in summary["errors"])


def test_a_later_release_says_what_is_new_and_leaves_what_people_put_right(tmp_path):
    path = tmp_path / "p.csv"
    rows = [row("1", status="Pipeline: Pledge"), row("2"), row("3", exchange_rates_used="")]
    run_import("projects", write_csv(path, rows))
    project, staff = Project.objects.get(source_id="1"), user_with(Role.STAFF)
    said = {"kind": "pledge", "amount": Decimal(5), "currency": "CNY", "event_date": date(2010, 1, 1)}
    correct_money(project.money_events.get(), by=staff, reason="Misprint", evidence="gcof1", **said)
    assert counts(run_import("projects", path)) == (0, 0, 3, 0)
    rows[0] |= {"status": "Cancelled"}
    rows[2] |= {"exchange_rates_used": "6.77"}
    assert counts(run_import("projects", write_csv(path, rows))) == (0, 2, 1, 0)
    last, corrected, first = project.money_events.order_by("-id")
    assert (last.kind, last.supersedes, corrected.supersedes) == ("committed", corrected, first)
    assert (MoneyEvent.objects.count(), MoneyEvent.objects.in_force().count()) == (6, 3)
    moves = [(move.move, move.from_state, move.to_state) for move in Transition.objects.of(project)]
    assert moves == [("import", "", "S1"), ("import", "S1", "X2")]
    assert MoneyEvent.objects.in_force().get(project__source_id="3").rate_to_usd == Decimal("0.147710487445")
    assert counts(run_import("projects", path)) == (0, 0, 3, 0)


def test_a_stage_decided_since_stays_until_the_source_says_something_new(tmp_path):
    path = write_csv(tmp_path / "p.csv", [row("1", status="Implementation")])
    run_import("projects", path)
    Project.objects.update(stage="S8")
    assert counts(run_import("projects", path)) == (0, 0, 1, 0)
    run_import("projects", write_csv(path, [row("1", status="Implementation", title="Another title")]))
    assert Project.objects.get().stage == "S8"
    run_import("projects", write_csv(path, [row("1", status="Suspended", title="Another title")]))
    assert Project.objects.get().stage == "X1"
    assert Transition.objects.of(Project.objects.get()).last().from_state == "S8"


RAW: Final = """
    SELECT recipient_iso3, left(year, 4)::int AS year, code, sum(round(amount::numeric, 2))
      FROM (SELECT *, CASE WHEN currency ~ '^.?D$' THEN 'NAD' ELSE currency END AS code FROM raw_gcof) raw
     WHERE recommended_for_research = 'True' AND umbrella = '0' AND status NOT IN ('Suspended', 'Cancelled')
       AND status <> 'Pipeline: Pledge' AND amount ~ '^[0-9.]+$' AND code ~ '^[A-Z]{3}$'
       AND length(recipient_iso3) = 3 AND trim(title) <> ''
       AND (nullif(trim(start_planned), '') IS NULL OR nullif(trim(end_planned), '') IS NULL
            OR end_planned::date >= start_planned::date)
       AND (nullif(trim(start_actual), '') IS NULL OR nullif(trim(end_actual), '') IS NULL
            OR end_actual::date >= start_actual::date)
     GROUP BY 1, 2, 3
"""
OURS: Final = """
    SELECT c.country, extract(year FROM m.event_date)::int, m.currency, sum(m.amount)
      FROM projects_convertedmoney m JOIN projects_project p ON p.id = m.project_id
      JOIN projects_projectcountry c ON c.project_id = p.id
     WHERE p.in_totals AND p.stage NOT IN ('X1', 'X2') AND m.kind = 'committed'
       AND (SELECT count(*) FROM projects_projectcountry o WHERE o.project_id = p.id) = 1
       AND p.source_id NOT IN (SELECT project_id FROM raw_gcof WHERE length(recipient_iso3) <> 3)
     GROUP BY 1, 2, 3
"""


def _keep_raw(path):
    """The file as it is, every column a text."""
    with path.open(encoding="utf-8") as file, connection.cursor() as cursor:
        names = next(csv.reader(file))
        columns = ", ".join(f'"{name}" text' for name in names)
        cursor.execute(f"CREATE TEMP TABLE raw_gcof ({columns}) ON COMMIT DROP")
        file.seek(0)
        cursor.copy_expert("COPY raw_gcof FROM STDIN (FORMAT csv, HEADER)", file)


def _answer(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.mark.sample_data
def test_the_published_data_set_adds_up(tmp_path):
    path = Path(os.environ["SAMPLE_DATA"]) / "projects" / "gcof1.csv"
    summary = run_import("projects", path)
    reasons = Counter(error["column"] for error in summary["errors"])
    bad = {error["row"] for error in summary["errors"]}
    assert (summary["rows"], sum(counts(summary))) == (5466, 5466)
    assert summary["rejected"] <= 60
    assert summary["rejected"] == len(bad)
    assert reasons == {"end_planned": 1, "end_actual": 1}
    _keep_raw(path)
    raw = {(convert(iso3), year, currency): total for iso3, year, currency, total in _answer(RAW)}
    assert {tuple(key): total for *key, total in _answer(OURS)} == raw
    assert len(raw) > 700
    wrong = """
        SELECT count(*), count(*) FILTER (WHERE abs(m.usd / r.usd_current::numeric - 1) > 0.01)
          FROM raw_gcof r JOIN projects_project p ON p.source_id = r.project_id AND p.source = 'gcof1'
          JOIN projects_convertedmoney m ON m.project_id = p.id
         WHERE r.usd_current ~ '^[0-9.]+$' AND r.exchange_rates_used ~ '^[0-9.]+$'
    """
    with path.open(encoding="utf-8") as file:
        three = ("amount", "exchange_rates_used", "usd_current")
        rows = enumerate(csv.DictReader(file), start=2)
        lines = {number for number, row in rows if all(row[name].strip() for name in three)}
    assert len(lines) == 3515
    assert _answer(wrong) == [(len(lines - bad), 0)]
    assert len(lines & bad) <= 2
