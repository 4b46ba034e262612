from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from projects.models import ExchangeRate
from projects.precision import precise
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import number


def _countries(project: Any) -> object:
    names = [(row.country.name,) for row in project.countries.all()]
    return format_html_join(", ", "{}", names) if names else None


PROJECTS = [
    Column("code", _("Code"), cells.link("code"), sort=("code",), export="code", width="w-code"),
    Column(
        "title",
        _("Project"),
        cells.name(field="title", link="get_absolute_url"),
        sort=("title_en",),
        export="title_en",
        row_header=True,
    ),
    Column("title_zh_hans", _("Title in Chinese"), cells.text("title_zh_hans"), export="title_zh_hans", default=False),
    Column("title_ru", _("Title in Russian"), cells.text("title_ru"), export="title_ru", default=False),
    Column("country", _("Country"), _countries, export="country_codes"),
    Column("stage", _("Stage"), cells.choice("stage"), sort=("stage",), export="stage"),
    Column("sector", _("Sector"), cells.text("sector_name"), sort=("sector_code",), export="sector_name"),
    Column("lead", _("Lead enterprise"), cells.name("lead", native="legal_name"), export="lead__legal_name"),
    Column("start", _("Actual start"), cells.date("start_actual"), sort=("start_actual",), export="start_actual"),
    Column(
        "end",
        _("Actual end"),
        cells.date("end_actual"),
        sort=("end_actual",),
        export="end_actual",
        default=False,
    ),
    Column(
        "start_planned",
        _("Planned start"),
        cells.date("start_planned"),
        sort=("start_planned",),
        export="start_planned",
        default=False,
    ),
    Column(
        "end_planned",
        _("Planned end"),
        cells.date("end_planned"),
        sort=("end_planned",),
        export="end_planned",
        default=False,
    ),
    Column("visibility", _("Visible to"), cells.choice("visibility"), export="visibility", default=False),
    Column("source", _("Source"), cells.text("source", "source_id"), export="source", default=False),
]


def _pair(rate: ExchangeRate) -> str:
    return f"{rate.base} → {rate.quote}"


def _pair_to_change(rate: ExchangeRate) -> object:
    return format_html('<a href="{}">{}</a>', rate.edit_url, _pair(rate))


def rate_columns(*, kept: bool) -> list[Column]:
    """kept: each rate leads to the page on which it is changed."""
    pair = _pair_to_change if kept else _pair
    return [
        Column("pair", _("Currencies"), pair, sort=("base", "quote", "date"), export="base", row_header=True),
        Column("quote", _("Currency"), cells.text("quote"), sort=("quote", "date"), export="quote"),
        Column("rate", _("Rate"), lambda row: number(row.rate.normalize()), export="rate", numeric=True),
        Column(
            "date",
            _("Day or year"),
            lambda row: precise(row.date, row.precision),
            sort=("date", "base", "quote"),
            export="date",
        ),
        Column("precision", _("Holds for"), cells.choice("precision"), sort=("precision", "date"), export="precision"),
        Column("source", _("Source"), cells.text("source"), sort=("source", "date"), export="source"),
    ]
