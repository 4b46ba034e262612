"""Django's model form with a type parameter: the type checker knows one, the class at run time does not take it."""

from typing import TYPE_CHECKING, Generic, TypeVar

from django import forms
from django.db.models import Model

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:
    ModelForm = forms.ModelForm
else:

    class ModelForm(forms.ModelForm, Generic[M]):
        """A form made from a model, typed."""
