"""What forms of all apps share: a day as it is typed, and a model form with a type parameter."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:
    ModelForm = forms.ModelForm
    ModelChoiceField = forms.ModelChoiceField
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField
else:

    class ModelForm(forms.ModelForm, Generic[M]):
        """Django's own; the type checker knows a parameter that the class at run time does not take."""

    class ModelChoiceField(forms.ModelChoiceField, Generic[M]):
        """Django's own, typed in the same way."""

    class ModelMultipleChoiceField(forms.ModelMultipleChoiceField, Generic[M]):
        """Django's own, typed in the same way."""


class DayField(forms.DateField):
    """A day typed as YYYY-MM-DD: the browser's own date box depends on its locale."""

    default_error_messages = {"invalid": _("Write the day as year, month and day, for example 2026-03-14.")}

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "placeholder": "YYYY-MM-DD", "autocomplete": "off", "class": "short"}
        usual: dict[str, Any] = {
            "input_formats": ["%Y-%m-%d"],
            "widget": forms.DateInput(format="%Y-%m-%d", attrs=attributes),
        }
        super().__init__(**usual | options)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a workflow's refusal at the fields it names; what names a field that the form lacks stands on top."""
    named = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, errors in named.items():
        form.add_error(field if field in form.fields else None, errors)
