"""Forms about a project itself."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from committees.forms.committees import Layout, SectionedForm
from committees.forms.fields import effective_on
from committees.forms.pickers import CommitteeSelectMultiple, OrganisationField
from committees.models import Committee
from members.reference import classification
from projects.enums import DatePrecision, Stage
from projects.forms.precise import PreciseDay, PreciseDayField
from projects.models import Project
from projects.precision import LENGTHS, typed
from projects.workflows.projects import DATES, DESCRIPTION, FIRST
from temp_portal.accounts.models import User
from temp_portal.core.forms import ModelForm, ModelMultipleChoiceField

TITLES: Final = ("title_en", "title_zh_hans", "title_ru")
SUMMARIES: Final = ("summary_en", "summary_zh_hans", "summary_ru")
SECTOR_SCHEME: Final = "ISIC4"
#: Addresses beside the projects' own.
RESERVED_CODES: Final = frozenset({"new", "board", "map", "portfolio", "changes", "exposure"})
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class DescriptionForm(SectionedForm, ModelForm[Project]):
    """What a project is called, where it belongs, who may see it, and when it takes place."""

    sector_code = forms.ChoiceField(label=gettext_lazy("Sector by ISIC Rev.4"), required=False)
    committees = ModelMultipleChoiceField[Committee](
        Committee.objects.none(),
        label=gettext_lazy("Sponsor committees"),
        to_field_name="slug",
        required=False,
        widget=CommitteeSelectMultiple,
    )
    start_planned = PreciseDayField(
        label=gettext_lazy("Planned start"),
        required=False,
        help_text=gettext_lazy("As exactly as it is known: a day, a month or a year."),
    )
    start_actual = PreciseDayField(label=gettext_lazy("Actual start"), required=False, help_text="")
    end_planned = PreciseDayField(label=gettext_lazy("Planned end"), required=False, help_text="")
    end_actual = PreciseDayField(label=gettext_lazy("Actual end"), required=False, help_text="")
    parent_code = forms.CharField(
        label=gettext_lazy("Part of"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("The code of the project of which this is a part; both count once in totals."),
    )
    layout: Layout = (
        (gettext_lazy("Title"), (*TITLES, *SUMMARIES)),
        (gettext_lazy("Where it belongs"), ("committees", "sector_code", "parent_code", "visibility", "in_totals")),
        (gettext_lazy("Dates"), DATES),
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = (*TITLES, *SUMMARIES, "visibility", "in_totals")
        labels = {
            "title_en": gettext_lazy("Title in English"),
            "title_zh_hans": gettext_lazy("Title in Chinese"),
            "title_ru": gettext_lazy("Title in Russian"),
            "summary_en": gettext_lazy("Summary in English"),
            "summary_zh_hans": gettext_lazy("Summary in Chinese"),
            "summary_ru": gettext_lazy("Summary in Russian"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in SUMMARIES}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        project = self.instance
        for name in (*TITLES, *SUMMARIES):
            self.fields[name].required = False
        sector: Any = self.fields["sector_code"]
        sector.choices = _sectors(project)
        sponsors: Any = self.fields["committees"]
        sponsors.queryset = Committee.objects.visible_to(by)
        self.initial["sector_code"] = project.sector_code
        for name in DATES:
            self.initial[name] = typed(getattr(project, name), getattr(project, f"{name}_precision"))
        if project.pk:
            self.initial["committees"] = [each.slug for each in project.committees.all()]
            self.initial["parent_code"] = project.parent.code if project.parent else ""

    def clean_parent_code(self) -> Project | None:
        code = self.cleaned_data["parent_code"].strip()
        if not code:
            return None
        found: Project | None = (
            Project.objects.visible_to(self.by).exclude(pk=self.instance.pk).filter(code=code).first()
        )
        if found is None:
            raise ValidationError(_("There is no other project with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in TITLES):
            raise ValidationError({TITLES[0]: _("Give the title in at least one language.")})
        for kind in ("planned", "actual"):
            start, end = cleaned.get(f"start_{kind}"), cleaned.get(f"end_{kind}")
            if start and end and _ends_first(start, end):
                self.add_error(f"end_{kind}", _("The end lies before the start."))
        return cleaned

    def description(self) -> dict[str, Any]:
        """What the workflows take: the names in `DESCRIPTION`."""
        said = self.cleaned_data
        values = dict(said) | {"parent": said["parent_code"]} | self._sector()
        for name in DATES:
            when: PreciseDay | None = said[name]
            values[name] = when and when.day
            values[f"{name}_precision"] = when.precision if when else DatePrecision.DAY
        return {name: values[name] for name in DESCRIPTION}

    def _sector(self) -> dict[str, str]:
        """The code with its scheme and title; what was recorded in another scheme stays as it is."""
        code, project = self.cleaned_data["sector_code"], self.instance
        if code == project.sector_code:
            return {name: getattr(project, name) for name in ("sector_scheme", "sector_code", "sector_name")}
        entry = classification("ISIC", "4").find(code) if code else None
        name = entry.title.en if entry else ""
        return {"sector_scheme": SECTOR_SCHEME if code else "", "sector_code": code, "sector_name": name}


class EditForm(DescriptionForm):
    """The description of an existing project; `seen` tells a writer who comes second."""

    seen = forms.CharField(widget=forms.HiddenInput)


class NewProjectForm(DescriptionForm):
    """A lead or an idea, with its code, its host countries and who leads it."""

    host_countries = forms.MultipleChoiceField(
        label=gettext_lazy("Host countries"),
        choices=lambda: list(countries),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-select": "", "data-remove": gettext_lazy("Remove")}),
    )
    lead = OrganisationField(label=gettext_lazy("Lead enterprise"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=[(stage.value, stage.label) for stage in FIRST], initial=Stage.S0
    )
    since = effective_on(label=gettext_lazy("At this stage since"))
    layout = (
        (gettext_lazy("Title"), ("code", *TITLES, *SUMMARIES)),
        (
            gettext_lazy("Where it belongs"),
            ("committees", "host_countries", "sector_code", "lead", "parent_code", "visibility", "in_totals"),
        ),
        (gettext_lazy("Stage"), ("stage", "since")),
        DescriptionForm.layout[2],
    )

    class Meta(DescriptionForm.Meta):
        fields = ("code", *DescriptionForm.Meta.fields)
        help_texts = {"code": gettext_lazy("Latin letters, digits, dots and hyphens. It does not change later.")}
        error_messages = {"code": {"unique": gettext_lazy("Another project has this code already.")}}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code.lower() in RESERVED_CODES or not CODE.fullmatch(code):
            raise ValidationError(_("Choose another code, of Latin letters, digits, dots and hyphens."))
        return code


def _sectors(project: Project) -> list[Any]:
    """Sections with their divisions; the finer code that the project has already stands first."""
    offered: list[Any] = [("", _("Not stated")), *classification("ISIC", "4").choices()]
    if project.sector_code:
        offered.insert(1, (project.sector_code, f"{project.sector_code} {project.sector_name}"))
    return offered


def _ends_first(start: PreciseDay, end: PreciseDay) -> bool:
    """The end lies before the start, as exactly as the end is known."""
    known = LENGTHS[end.precision]
    return end.day.isoformat()[:known] < start.day.isoformat()[:known]
