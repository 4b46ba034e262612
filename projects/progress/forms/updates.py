"""The quarterly update as one form: texts, jobs, capacity, localisation, milestones.

Rows of tables are fields with speaking names (`jobs_construction_local_heads`), so that one form has all errors and
keeps every typed value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.progress.enums import JobOrigin, JobPhase, LocalisationKind
from projects.progress.models import (
    Capacity,
    JobCount,
    Localisation,
    Milestone,
    MilestoneChange,
    ProgressUpdate,
)
from projects.progress.workflows.updates import TEXTS, Answers
from temp_portal.core.forms import DayField

#: Rows for products; a plant that makes more of them names the most important ones.
CAPACITY_ROWS: Final = 6
MOST: Final = 10_000_000
JOB_FIGURES: Final = ("heads", "full_time", "women")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of the form: what it is about, and its boxes."""

    label: str
    boxes: Sequence[BoundField]
    about: Any = None

    @property
    def errors(self) -> list[str]:
        """Messages of all its boxes, each with the name of its box."""
        return [f"{box.label}: {error}" for box in self.boxes for error in box.errors]


def _text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


def _box(field: forms.Field, label: str) -> forms.Field:
    """The field as a box in a table: its name is read out, the head of the column shows it."""
    field.label, field.required = label, False
    field.widget.attrs |= {"aria-label": label, "autocomplete": "off"}
    return field


def _whole() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=MOST, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "n"})
    )


def _decimal(places: int, most: int, digits: int = 20) -> forms.DecimalField:
    return forms.DecimalField(
        min_value=Decimal(0),
        max_value=Decimal(most) if most else None,
        max_digits=digits,
        decimal_places=places,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "n"}),
    )


class UpdateForm(forms.Form):
    """`answers()` gives what `workflows.updates.save` takes. `_version` is the version that was opened."""

    percent_complete = forms.DecimalField(
        label=gettext_lazy("Complete, %"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        help_text=gettext_lazy("Of the whole project, at the end of the quarter. Needed to send the update."),
    )
    work_done = _text(gettext_lazy("What was done in the quarter"), gettext_lazy("Needed to send the update."))
    next_steps = _text(gettext_lazy("What comes next"))
    difficulties = _text(
        gettext_lazy("Difficulties and delays"), gettext_lazy("Also what the committee could help with.")
    )
    safety = _text(gettext_lazy("Safety, environment, neighbours"))

    def __init__(self, *args: Any, update: ProgressUpdate, **kwargs: Any) -> None:
        self.update = update
        self.milestones = list(Milestone.objects.filter(project=update.project_id, state="planned"))
        kwargs["initial"] = _initial(update) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["_version"] = forms.IntegerField(initial=update.version, widget=forms.HiddenInput())
        self.fields |= dict(self._job_fields())
        self.fields |= dict(self._capacity_fields())
        self.fields |= dict(self._localisation_fields())
        self.fields |= dict(self._milestone_fields())

    # The boxes of the tables

    def _job_fields(self) -> Iterator[tuple[str, forms.Field]]:
        labels = {"heads": _("head count"), "full_time": _("full-time equivalents"), "women": _("of whom women")}
        for phase, origin in _jobs():
            about = capfirst(f"{phase.label}, {origin.label}")
            for figure, label in labels.items():
                field = _decimal(2, MOST, 10) if figure == "full_time" else _whole()
                yield f"jobs_{phase}_{origin}_{figure}", _box(field, f"{about}: {label}")

    def _capacity_fields(self) -> Iterator[tuple[str, forms.Field]]:
        for row in range(CAPACITY_ROWS):
            told = {"number": row + 1}
            yield f"capacity_{row}_product", _box(forms.CharField(max_length=200), _("Product %(number)s") % told)
            yield f"capacity_{row}_unit", _box(forms.CharField(max_length=40), _("Product %(number)s: unit") % told)
            yield f"capacity_{row}_design", _box(_decimal(3, 0), _("Product %(number)s: by design") % told)
            yield f"capacity_{row}_actual", _box(_decimal(3, 0), _("Product %(number)s: actual") % told)

    def _localisation_fields(self) -> Iterator[tuple[str, forms.Field]]:
        for kind in LocalisationKind:
            about = capfirst(str(kind.label))
            yield f"localisation_{kind}_percent", _box(_decimal(2, 100, 5), _("%(kind)s: local, %%") % {"kind": about})
            evidence = forms.CharField(max_length=300)
            yield f"localisation_{kind}_evidence", _box(evidence, _("%(kind)s: evidence") % {"kind": about})

    def _milestone_fields(self) -> Iterator[tuple[str, forms.Field]]:
        for each in self.milestones:
            yield f"milestone_{each.pk}_reached_on", _box(DayField(), _("%(title)s: reached on") % {"title": each})
            expected = _box(DayField(), _("%(title)s: now expected for") % {"title": each})
            yield f"milestone_{each.pk}_expected_on", expected

    # The tables, for the template

    def job_heads(self) -> list[str]:
        return [_("Work"), _("Head count"), _("Full-time equivalents"), _("Of whom women")]

    def capacity_heads(self) -> list[str]:
        return [_("No."), _("Product"), _("Unit a year"), _("By design"), _("Actual")]

    def localisation_heads(self) -> list[str]:
        return [_("Kind"), _("Local, %"), _("Evidence")]

    def milestone_heads(self) -> list[str]:
        return [_("Milestone"), _("Reached on"), _("Now expected for")]

    def job_rows(self) -> list[Row]:
        return [
            Row(f"{phase.label}, {origin.label}", [self[f"jobs_{phase}_{origin}_{each}"] for each in JOB_FIGURES])
            for phase, origin in _jobs()
        ]

    def capacity_rows(self) -> list[Row]:
        names = ("product", "unit", "design", "actual")
        return [Row(str(row + 1), [self[f"capacity_{row}_{name}"] for name in names]) for row in range(CAPACITY_ROWS)]

    def localisation_rows(self) -> list[Row]:
        return [
            Row(str(kind.label), [self[f"localisation_{kind}_{name}"] for name in ("percent", "evidence")])
            for kind in LocalisationKind
        ]

    def milestone_rows(self) -> list[Row]:
        return [
            Row(str(each), [self[f"milestone_{each.pk}_{name}"] for name in ("reached_on", "expected_on")], each)
            for each in self.milestones
        ]

    # Checks

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_jobs(cleaned)
        self._check_capacity(cleaned)
        for kind in LocalisationKind:
            percent, evidence = (cleaned.get(f"localisation_{kind}_{name}") for name in ("percent", "evidence"))
            if percent is not None and not evidence:
                self.add_error(f"localisation_{kind}_evidence", _("Say what shows it."))
            if evidence and percent is None and f"localisation_{kind}_percent" not in self.errors:
                self.add_error(f"localisation_{kind}_percent", _("Say how much."))
        self._check_milestones(cleaned)
        return cleaned

    def _check_jobs(self, cleaned: dict[str, Any]) -> None:
        for phase, origin in _jobs():
            name = f"jobs_{phase}_{origin}"
            heads, women = cleaned.get(f"{name}_heads"), cleaned.get(f"{name}_women")
            rest = women is not None or cleaned.get(f"{name}_full_time") is not None
            if heads is None and rest and f"{name}_heads" not in self.errors:
                self.add_error(f"{name}_heads", _("Say how many people it is in all."))
            if heads is not None and women is not None and women > heads:
                self.add_error(f"{name}_women", _("There are more women than people in all."))

    def _check_capacity(self, cleaned: dict[str, Any]) -> None:
        seen = set()
        for row in range(CAPACITY_ROWS):
            name = f"capacity_{row}"
            product, unit = cleaned.get(f"{name}_product"), cleaned.get(f"{name}_unit")
            filled = any(cleaned.get(f"{name}_{each}") not in (None, "") for each in ("unit", "design", "actual"))
            if filled and not product:
                self.add_error(f"{name}_product", _("Name the product."))
            if product and not unit:
                self.add_error(f"{name}_unit", _("Say in which unit: tonnes, pieces, MWh."))
            if product and (product, unit) in seen:
                self.add_error(f"{name}_product", _("This product stands in the table already."))
            seen.add((product, unit))

    def _check_milestones(self, cleaned: dict[str, Any]) -> None:
        for each in self.milestones:
            name = f"milestone_{each.pk}"
            reached, expected = cleaned.get(f"{name}_reached_on"), cleaned.get(f"{name}_expected_on")
            if reached and reached > timezone.localdate():
                self.add_error(f"{name}_reached_on", _("The day lies in the future: choose today or an earlier day."))
            if reached and expected:
                self.add_error(f"{name}_expected_on", _("A milestone that is reached is no longer expected."))

    # What was typed, as rows

    def answers(self) -> Answers:
        """What the clean form says."""
        data = self.cleaned_data
        return Answers(
            values={name: data[name] for name in ("percent_complete", *TEXTS)},
            jobs=list(self._jobs_said(data)),
            capacities=[
                Capacity(**{each: data[f"capacity_{row}_{each}"] for each in ("product", "unit", "design", "actual")})
                for row in range(CAPACITY_ROWS)
                if data[f"capacity_{row}_product"]
            ],
            localisations=[
                Localisation(
                    year=self.update.quarter.year,
                    kind=kind,
                    percent=data[f"localisation_{kind}_percent"],
                    evidence=data[f"localisation_{kind}_evidence"],
                )
                for kind in LocalisationKind
                if data[f"localisation_{kind}_percent"] is not None
            ],
            milestone_changes=list(self._changes_said(data)),
        )

    @staticmethod
    def _jobs_said(data: dict[str, Any]) -> Iterator[JobCount]:
        for phase, origin in _jobs():
            figures = {each: data[f"jobs_{phase}_{origin}_{each}"] for each in JOB_FIGURES}
            if figures["heads"] is not None:
                yield JobCount(phase=phase, origin=origin, **figures)

    def _changes_said(self, data: dict[str, Any]) -> Iterator[MilestoneChange]:
        for each in self.milestones:
            days: dict[str, date | None] = {
                name: data[f"milestone_{each.pk}_{name}"] for name in ("reached_on", "expected_on")
            }
            if any(days.values()):
                yield MilestoneChange(milestone=each, **days)


def _jobs() -> Iterator[tuple[JobPhase, JobOrigin]]:
    for phase in JobPhase:
        for origin in JobOrigin:
            yield phase, origin


def _initial(update: ProgressUpdate) -> dict[str, Any]:
    """What stands in the update."""
    found = {name: getattr(update, name) for name in ("percent_complete", *TEXTS)}
    for job in update.jobs.all():
        found |= {f"jobs_{job.phase}_{job.origin}_{each}": getattr(job, each) for each in JOB_FIGURES}
    for row, capacity in enumerate(update.capacities.all()[:CAPACITY_ROWS]):
        names = ("product", "unit", "design", "actual")
        found |= {f"capacity_{row}_{each}": getattr(capacity, each) for each in names}
    for local in update.localisations.all():
        found |= {f"localisation_{local.kind}_{each}": getattr(local, each) for each in ("percent", "evidence")}
    for change in update.milestone_changes.all():
        days = {each: getattr(change, each) for each in ("reached_on", "expected_on")}
        found |= {f"milestone_{change.milestone_id}_{each}": day for each, day in days.items()}
    return found
