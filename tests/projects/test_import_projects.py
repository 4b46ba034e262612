"""Projects come in from a published data set: countries, agencies and money as the source has them."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from projects.models import MoneyEvent, Project
from temp_portal.audit.models import Transition
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
        ({"currency": "\xa0D"}, "amount, currency"),
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


@pytest.mark.sample_data
def test_the_published_data_set():
    path = Path(os.environ["SAMPLE_DATA"]) / "projects" / "gcof1.csv"
    first, again = run_import("projects", path), run_import("projects", path)
    assert first["rows"] == 5466
    assert first["rejected"] < 60
    assert (again["created"], again["updated"], again["rejected"]) == (0, 0, first["rejected"])
