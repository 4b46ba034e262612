"""Forms that write all rows of one kind at once: participants, host countries, sites.

Every row has the same fields, `organisation_0`, `organisation_1` and so on; a row that is left empty is not there.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from committees.forms.pickers import OrganisationField
from projects.enums import ParticipantRole
from projects.forms.fields import share
from projects.models import Project
from projects.workflows.participants import Member
from projects.workflows.places import Host, Place

#: Empty rows beyond those that are there, and rows in all.
EMPTY_ROWS: Final = 4
MOST_ROWS: Final = 200


class RowsForm(forms.Form):
    """`row_fields` makes the fields of one row; `rows_of` gives the rows that are there."""

    seen = forms.CharField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROWS)

    names: ClassVar[Sequence[str]]
    #: What may be typed without making a row.
    usual: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.rows_of(project)
        self.initial["count"] = len(present) + EMPTY_ROWS
        for number in range(self._rows(len(present) + EMPTY_ROWS)):
            values = present[number] if number < len(present) else self.usual
            for name, field in self.row_fields().items():
                self.fields[f"{name}_{number}"] = field
                self.initial[f"{name}_{number}"] = values.get(name)

    def _rows(self, usual: int) -> int:
        """How many rows the page showed."""
        typed = str(self.data.get("count", "")) if self.is_bound else ""
        return min(int(typed), MOST_ROWS) if typed.isdecimal() else usual

    def rows_of(self, project: Project) -> list[dict[str, Any]]:
        """The rows that are there."""
        raise NotImplementedError(f"{type(self).__name__} needs rows_of()")

    def row_fields(self) -> dict[str, forms.Field]:
        """The fields of one row, none of them compulsory."""
        raise NotImplementedError(f"{type(self).__name__} needs row_fields()")

    def fieldsets(self) -> list[list[BoundField]]:
        """The fields row by row."""
        rows = range(self._rows(int(self.initial["count"])))
        return [[self[f"{name}_{number}"] for name in self.names] for number in rows]

    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """(number, values) of the rows in which something was typed."""
        rows = range(self._rows(int(self.initial["count"])))
        found = [(number, {name: self.cleaned_data.get(f"{name}_{number}") for name in self.names}) for number in rows]
        return [(number, values) for number, values in found if self._is_filled(number, values)]

    def _is_filled(self, number: int, values: Mapping[str, Any]) -> bool:
        typed = (name for name in self.names if name not in self.usual)
        return any(values[name] not in (None, "") or f"{name}_{number}" in self.errors for name in typed)

    def require(self, *names: str) -> None:
        """Say at each filled row what is missing."""
        for number, values in self.filled():
            for name in names:
                if values[name] in (None, "") and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", _("This row is not complete."))


class ParticipantsForm(RowsForm):
    """Who takes part, in which role, with which share."""

    names = ("organisation", "name", "role", "share")
    usual: ClassVar = {"role": ParticipantRole.PARTNER.value}
    is_consortium = forms.BooleanField(
        label=gettext_lazy("Lead and partners form a consortium: their shares make 100 %"), required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        self.initial["is_consortium"] = project.is_consortium
        rows = project.participants.exclude(name="")
        self._types = {row.name: row.source_type for row in rows}

    def rows_of(self, project: Project) -> list[dict[str, Any]]:
        found = project.participants.order_by("id").values("organisation", "name", "role", "share")
        rows: list[dict[str, Any]] = [dict(row) for row in found]
        return sorted(rows, key=lambda row: list(ParticipantRole).index(row["role"]))

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "organisation": OrganisationField(label=gettext_lazy("Organisation")),
            "name": forms.CharField(
                label=gettext_lazy("Name, if it is not in the register"), max_length=300, required=False
            ),
            "role": forms.ChoiceField(label=gettext_lazy("Role"), choices=ParticipantRole.choices),
            "share": share(),
        }

    def members(self) -> list[Member]:
        """What the workflow takes."""
        return [
            Member(
                role=ParticipantRole(values["role"]),
                organisation=values["organisation"],
                name=values["name"],
                source_type=self._types.get(values["name"], ""),
                share=values["share"],
            )
            for _number, values in self.filled()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, values in self.filled():
            named = values["organisation"] or values["name"] or f"organisation_{number}" in self.errors
            if not named:
                self.add_error(f"organisation_{number}", _("This row is not complete."))
        return cleaned


class CountriesForm(RowsForm):
    """Host countries with their shares."""

    names = ("country", "share")

    def rows_of(self, project: Project) -> list[dict[str, Any]]:
        rows = project.countries.order_by("id")
        return [{"country": row.country.code, "share": row.share} for row in rows]

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "country": forms.ChoiceField(
                label=gettext_lazy("Country"),
                choices=[("", ""), *countries],
                required=False,
                widget=forms.Select(attrs={"data-select": ""}),
            ),
            "share": share(),
        }

    def hosts(self) -> list[Host]:
        """What the workflow takes."""
        return [Host(values["country"], values["share"]) for _number, values in self.filled()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.require("country")
        return cleaned


class SitesForm(RowsForm):
    """Places on the map."""

    names = ("name", "country", "latitude", "longitude")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        self._hosts = [(row.country.code, row.country.name) for row in project.countries.order_by("country")]
        super().__init__(*args, project=project, **kwargs)

    def rows_of(self, project: Project) -> list[dict[str, Any]]:
        rows = project.sites.order_by("name")
        return [
            {"name": row.name, "country": row.country.code, "latitude": row.latitude, "longitude": row.longitude}
            for row in rows
        ]

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "name": forms.CharField(label=gettext_lazy("Name of the place"), max_length=200, required=False),
            "country": forms.ChoiceField(
                label=gettext_lazy("Host country"), choices=[("", ""), *self._hosts], required=False
            ),
            "latitude": _degrees(gettext_lazy("Latitude, degrees north"), 90),
            "longitude": _degrees(gettext_lazy("Longitude, degrees east"), 180),
        }

    def places(self) -> list[Place]:
        """What the workflow takes."""
        return [Place(**values) for _number, values in self.filled()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.require(*self.names)
        return cleaned


def _degrees(label: Any, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(-most),
        max_value=Decimal(most),
        max_digits=8,
        decimal_places=5,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
