"""Money of many projects: exact sums by cell and kind, nothing counted twice, nothing guessed."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import projects
from projects.enums import Stage
from projects.models import ExchangeRate, MoneyEvent, Project, ProjectCountry
from projects.totals import SEVERAL, money_totals
from tests.factories import MoneyEventFactory, ProjectFactory

DAY = date(2026, 5, 1)
AMOUNTS = st.lists(st.decimals(min_value="0.01", max_value="999999999999999.99", places=2), min_size=1, max_size=8)


def totals(by="all", **options):
    return {(row.key, row.kind): row for row in money_totals(Project.objects.all(), by, **options)}


def dollars(by="all", **options):
    return {key: row.usd for key, row in totals(by, **options).items()}


def project(*countries, amount=100, **fields):
    made = ProjectFactory.create(**fields)
    for country, share in countries:
        ProjectCountry.objects.create(project=made, country=country, share=share)
    MoneyEventFactory.create(project=made, amount=amount)
    return made


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AMOUNTS)
def test_sums_are_exact_in_any_order(amounts):
    for order in (amounts, sorted(amounts), sorted(amounts, reverse=True)):
        with transaction.atomic():
            made = ProjectFactory.create()
            for amount in order:
                MoneyEventFactory.create(project=made, amount=amount)
            assert dollars() == {("", "committed"): sum(amounts)}
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_shares_divide_a_project_and_without_them_it_stands_for_itself():
    project(("KZ", None))
    project(("KZ", Decimal("33.33")), ("UZ", Decimal("66.67")))
    project(("KZ", None), ("TJ", None), amount=7)
    project(("KZ", Decimal(50)), ("TJ", Decimal(20)), amount=8)
    project(amount=3)
    assert dollars("country") == {
        ("", "committed"): Decimal(3),
        ("KZ", "committed"): Decimal("133.33"),
        ("UZ", "committed"): Decimal("66.67"),
        (SEVERAL, "committed"): Decimal(15),
    }


@pytest.mark.django_db
def test_what_is_stopped_unreliable_corrected_or_later_is_not_counted():
    kept = project(amount=10, stage=Stage.S7, sector_code="42")
    project(stage=Stage.X1)
    project(stage=Stage.X2)
    project(in_totals=False)
    wrong = MoneyEventFactory.create(project=kept, amount=5)
    MoneyEventFactory.create(project=kept, amount=4, supersedes=wrong)
    void = MoneyEventFactory.create(project=kept, amount=99)
    MoneyEventFactory.create(project=kept, amount=99, supersedes=void, cancels=True)
    MoneyEventFactory.create(project=kept, amount=1, kind="disbursed", event_date=date(2026, 6, 1))
    assert dollars("stage", until=DAY) == {("S7", "committed"): Decimal(14)}
    assert dollars("sector") == {("42", "committed"): Decimal(14), ("42", "disbursed"): Decimal(1)}
    assert set(dollars("ownership")) == {("", "committed"), ("", "disbursed")}


@pytest.mark.django_db
def test_a_project_counts_by_its_parts_kind_by_kind():
    whole = project(amount=100)
    MoneyEventFactory.create(project=whole, amount=9, kind="disbursed")
    project(amount=40, parent=whole)
    project(amount=30, parent=whole)
    assert dollars() == {("", "committed"): Decimal(70), ("", "disbursed"): Decimal(9)}


@pytest.mark.django_db
def test_what_has_no_rate_stays_beside_the_sum():
    ExchangeRate.objects.create(base="USD", quote="CNY", date=DAY, rate=Decimal(7), source="bank")
    made = project(amount=10)
    MoneyEventFactory.create(project=made, amount=500, currency="KZT")
    MoneyEventFactory.create(project=made, amount=7, currency="CNY", event_date=date(2020, 1, 1))
    (row,) = money_totals(Project.objects.all())
    assert (row.usd, row.cny) == (Decimal(10), Decimal(77))
    assert row.without_usd == {"CNY": Decimal(7), "KZT": Decimal(500)}
    assert row.without_cny == {"KZT": Decimal(500)}


@pytest.mark.django_db
def test_the_public_sees_no_sum_of_fewer_than_three_projects():
    for number in range(3):
        project(("KZ", None), amount=number + 1)
    project(("UZ", None))
    shown = totals("country", public=True)
    assert shown["KZ", "committed"].usd == Decimal(6)
    assert (shown["UZ", "committed"].usd, shown["UZ", "committed"].closed) == (None, True)


def test_no_money_is_ever_a_binary_fraction():
    """Neither a column nor a literal nor a conversion: the code says Decimal or nothing."""
    own = [model for model in apps.get_models() if model._meta.app_config.name.startswith("projects")]
    assert MoneyEvent in own
    assert not [field for model in own for field in model._meta.get_fields() if isinstance(field, models.FloatField)]
    folder = Path(projects.__file__).parent
    # Places on a picture are no money.
    pictures = {folder / f"{name}.py" for name in ("dotmap", "centroids", "land", "overview")}
    files = {*folder.glob("*.py"), *folder.glob("*/*.py")} - pictures
    assert [f"{path.name}:{line}" for path in files for line in _binary_fractions(path)] == []


def _binary_fractions(path: Path) -> list[int]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = [node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "float"]
    return names + [node.lineno for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)]
