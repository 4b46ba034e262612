"""Forms about the stages of a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.forms.fields import document, effective_on, reason
from projects.enums import Stage
from projects.models import Project
from projects.stages import kinds_of
from projects.workflows.stages import RUNNING, Decision, stage_before
from temp_portal.core.forms import DayField


class DecisionForm(forms.Form):
    """On to the next stage."""

    effective_on = effective_on()
    document = document()
    reason = reason(label=_("Note"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def decision(self) -> Decision:
        """What the workflow takes."""
        names = ("effective_on", "document", "reason", "exposure")
        return Decision(**{name: value for name in names if (value := self.cleaned_data.get(name))})

    @property
    def target(self) -> Stage | None:
        """The chosen stage, where the form asks for one."""
        chosen = self.cleaned_data.get("target")
        return Stage(chosen) if chosen else None


class BackForm(DecisionForm):
    """Back to an earlier stage."""

    reason = reason(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = RUNNING[: list(Stage).index(Stage(self.project.stage))]
        choices = [(stage.value, stage.label) for stage in reversed(earlier)]
        self.fields["target"] = forms.ChoiceField(label=_("Back to"), choices=choices)
        self.order_fields(["target"])


class StopForm(DecisionForm):
    """Suspension."""

    reason = reason(required=True)
    exposure = forms.CharField(
        label=_("What is exposed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Money paid, contracts signed, guarantees given."),
    )


class CancelForm(StopForm):
    """The project is given up for good."""

    document = document(required=True)


class ResumeForm(DecisionForm):
    """Taken up again; where nobody knows at which stage it stopped, the form asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage_before(self.project) is None:
            choices = [(stage.value, stage.label) for stage in RUNNING]
            self.fields["target"] = forms.ChoiceField(label=_("It goes on at"), choices=choices)
            self.order_fields(["target"])


class EvidenceForm(forms.Form):
    """One thing that the present stage has to show."""

    kind = forms.ChoiceField(label=_("What it shows"))
    text = forms.CharField(
        label=_("What it says"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Where the stage does not need it, say so and why."),
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        required=False,
        help_text=_("Its number and date, and where it is kept."),
    )
    dated_on = DayField(label=_("Dated"), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each.value, each.label) for each in kinds_of(project.stage)]
