"""Who might be admitted, and what a committee's rules of composition say."""

import re
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.composition.measures import is_count
from committees.composition.verdicts import amount_text
from committees.enums import (
    PREPARING_STATES,
    WORKING_STATES,
    CountBy,
    RuleBase,
    RuleCode,
    RuleOperator,
    RuleSeverity,
)
from committees.forms.fields import document, effective_on, reason
from committees.forms.pickers import OrganisationField, OrganisationsField
from committees.models import CompositionRule
from temp_portal.core.forms import DayField

SHARE: Final = re.compile(r"\d{1,3}(\.\d{1,4})?%|\d{1,4}/\d{1,4}")
NUMBER: Final = re.compile(r"\d{1,6}")
TEXTS: Final = ("text_en", "text_zh_hans", "text_ru")
#: Fields that only some rules have.
OPTIONS: Final[dict[str, tuple[RuleCode, ...]]] = {
    "base": (RuleCode.R1, RuleCode.R3, RuleCode.R4, RuleCode.R5, RuleCode.R6, RuleCode.R7, RuleCode.R8, RuleCode.R10),
    "count_by": (RuleCode.R1, RuleCode.R3, RuleCode.R4, RuleCode.R5, RuleCode.R6),
    "evidence_months": (RuleCode.R10,),
    "substitute": (RuleCode.R2,),
}


class AdmissionsForm(forms.Form):
    """Organisations whose admission is only thought of."""

    organisation = OrganisationsField(
        label=_("If these were admitted"),
        help_text=_("Type a part of the name and choose; several can be chosen. Nothing is recorded."),
    )


class ThresholdField(forms.CharField):
    """An exact share ("10%", "1/3") or, with `counts`, a number of members."""

    default_error_messages = {
        "share": _("Write a share of the members as a percentage or a fraction: 10% or 1/3."),
        "number": _("Write a whole number of members."),
    }

    def __init__(self, *, counts: bool = False, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.counts = counts
        self.widget.attrs["class"] = "short"

    def clean(self, value: Any) -> Fraction | None:
        typed = "".join(str(super().clean(value)).split()).replace(",", ".").replace("％", "%")
        if not typed:
            return None
        pattern, message = (NUMBER, "number") if self.counts else (SHARE, "share")
        found = pattern.fullmatch(typed)
        if found is None:
            raise ValidationError(self.error_messages[message], code=message)
        amount = _fraction(typed)
        if amount is None or (amount > 1 and not self.counts):
            raise ValidationError(self.error_messages[message], code=message)
        return amount


def _fraction(typed: str) -> Fraction | None:
    try:
        return Fraction(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
    except ZeroDivisionError:
        return None


class RuleForm(forms.Form):
    """The next version of a rule, and the decision behind it."""

    operator = forms.ChoiceField(label=_("Comparison"), choices=RuleOperator.choices)
    severity = forms.ChoiceField(
        label=_("Weight"),
        choices=RuleSeverity.choices,
        help_text=_("While an obstacle is not met, the committee cannot be established."),
    )
    base = forms.ChoiceField(label=_("Counted among"), choices=RuleBase.choices)
    count_by = forms.ChoiceField(label=_("Firms abroad controlled from China count"), choices=CountBy.choices)
    evidence_months = forms.IntegerField(
        label=_("Age of the evidence in months, at most"), min_value=1, max_value=240, required=False
    )
    substitute = OrganisationField(
        label=_("Organisation that may lead instead"),
        help_text=_("For example the initiator, if the committee's rules name it."),
    )
    states = forms.MultipleChoiceField(
        label=_("Applies while the committee is"),
        choices=[(state.value, state.label) for state in (*PREPARING_STATES, *WORKING_STATES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none to set the rule aside."),
    )
    text_en = forms.CharField(label=_("Text in English"), max_length=300, required=False)
    text_zh_hans = forms.CharField(label=_("Text in Chinese"), max_length=300, required=False)
    text_ru = forms.CharField(label=_("Text in Russian"), max_length=300, required=False)
    decided_on = DayField(label=_("Decided on"))
    effective_on = effective_on()
    document = document(required=True)
    reason = reason()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: CompositionRule, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(rule) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        counts = is_count(rule.code)
        self.fields["threshold"] = ThresholdField(label=_("Threshold"), counts=counts)
        self.fields["upper"] = ThresholdField(
            label=_("Upper threshold"), counts=counts, required=False, help_text=_("Only for “from … to”.")
        )
        for name in set(OPTIONS) - {name for name, codes in OPTIONS.items() if rule.code in codes}:
            del self.fields[name]
        self.order_fields(["operator", "threshold", "upper"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lower, upper = cleaned.get("threshold"), cleaned.get("upper")
        is_range = cleaned.get("operator") == RuleOperator.BETWEEN
        if is_range and "upper" not in self.errors and upper is None:
            self.add_error("upper", _("Say where the range ends."))
        if is_range and lower is not None and upper is not None and upper < lower:
            self.add_error("upper", _("The range ends below its beginning."))
        if not any(cleaned.get(name) for name in TEXTS):
            self.add_error("text_en", _("Give the text in at least one language."))
        return cleaned

    def decision(self) -> dict[str, Any]:
        """What `workflows.composition.decide_rule` takes."""
        said = dict(self.cleaned_data)
        lower, upper = said.pop("threshold"), said.pop("upper")
        upper = upper if said["operator"] == RuleOperator.BETWEEN else None
        return said | {
            "numerator": lower.numerator,
            "denominator": lower.denominator,
            "upper_numerator": upper.numerator if upper is not None else None,
            "upper_denominator": upper.denominator if upper is not None else None,
        }


def _initial(rule: CompositionRule) -> dict[str, Any]:
    upper = rule.upper_threshold
    names = ("operator", "severity", "base", "count_by", "evidence_months", "states", *TEXTS)
    return {name: getattr(rule, name) for name in names} | {
        "threshold": amount_text(rule.code, rule.threshold),
        "upper": amount_text(rule.code, upper) if upper is not None else "",
        "substitute": rule.substitute_id,
        "seen": rule.version,
    }
