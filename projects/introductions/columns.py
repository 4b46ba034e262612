"""Columns of introductions and entrepreneurs. The rows carry `with_names`, `with_scores` and `with_since`."""

from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.introductions.enums import Step
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells

TONES: dict[str, str] = {
    Step.IDENTIFIED: "",
    Step.CONTACTED: "info",
    Step.RECRUITED: "info",
    Step.IDEA: "info",
    Step.FEASIBILITY: "wait",
    Step.AGREEMENT: "wait",
    Step.REGISTERED: "wait",
    Step.LANDED: "ok",
    Step.DECLINED: "bad",
    Step.LOST: "bad",
}


def _name(prefix: str) -> Coalesce:
    return Coalesce(
        NullIf(F(f"{prefix}name"), Value("")),
        F(f"{prefix}person__name"),
        F(f"{prefix}organisation__legal_name"),
        output_field=CharField(),
    )


def entrepreneur(introduction: Any) -> object:
    """The entrepreneur, with a way to the introduction."""
    return format_html('<a href="{}">{}</a>', introduction.get_absolute_url(), introduction.entrepreneur)


def _project(introduction: Any) -> object:
    project = introduction.project
    return format_html('<a href="{}">{}</a>', project.get_absolute_url(), project.code) if project else None


SCORES = [
    Column("innovation", _("Innovation"), cells.number("innovation", 0), sort=("innovation",), numeric=True),
    Column("brand", _("Brand"), cells.number("brand", 0), sort=("brand",), numeric=True),
    Column("outlook", _("Global outlook"), cells.number("outlook", 0), sort=("outlook",), numeric=True),
]
INTRODUCTIONS = [
    Column(
        "entrepreneur",
        _("Entrepreneur"),
        entrepreneur,
        sort=("entrepreneur__search_key",),
        export=_name("entrepreneur__"),
        row_header=True,
    ),
    Column("state", _("State"), cells.status("state", TONES), sort=("state",), export=label_of("state", Step)),
    Column("since", _("Since"), cells.date("since"), sort=("since",), numeric=True),
    Column(
        "district",
        _("Target district"),
        cells.text("district_label"),
        sort=("district__legal_name", "district_name"),
        export=Coalesce(F("district__legal_name"), F("district_name"), output_field=CharField()),
    ),
    Column("committee", _("Committee"), cells.name("committee"), export="committee__name_en"),
    Column(
        "introducer",
        _("Introduced by"),
        cells.text("introducer"),
        export=Coalesce(
            F("by_committee__name_en"), F("by_person__name"), F("by_organisation__legal_name"), output_field=CharField()
        ),
    ),
    Column("project", _("Project"), _project, sort=("project__code",), export="project__code"),
    *SCORES,
    Column("source", _("Source"), cells.text("source"), export="source", default=False),
    Column("idea", _("Idea"), cells.text("idea"), export="idea", default=False),
    Column("created", _("Recorded at"), cells.date("created_at"), sort=("created_at",), default=False, numeric=True),
]
ENTREPRENEURS = [
    Column(
        "entrepreneur",
        _("Entrepreneur"),
        lambda row: format_html('<a href="{}">{}</a>', row.get_absolute_url(), row),
        sort=("search_key",),
        export=_name(""),
        row_header=True,
    ),
    Column("organisation", _("Enterprise"), cells.text("organisation"), export="organisation__legal_name"),
    Column("field", _("Field of work"), cells.text("field_of_work"), sort=("field_of_work",)),
    *SCORES,
    Column("introductions", _("Introductions"), cells.number("introduction_count", 0), sort=("introduction_count",)),
]
