"""Choosing one organisation out of a register of many: the options come from the server for what is typed."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from temp_portal.core.forms import ModelChoiceField


class RemoteSelect(forms.Select):
    """A select that holds the chosen option only; the script asks `pick-organisation` for others."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-select": "", "data-none": _("Nothing found")} | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        address = {"data-load": reverse("committees:pick-organisation")}
        return super().get_context(name, value, address | (attrs or {}))

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list[Any]:
        chosen = [each for each in value if str(each).isdecimal()]
        found = Organisation.objects.filter(pk__in=chosen) if chosen else Organisation.objects.none()
        # A list of our own, so that the register is not read as choices.
        self.choices = [("", ""), *((each.pk, str(each)) for each in found)]
        return super().optgroups(name, value, attrs)


class OrganisationField(ModelChoiceField[Organisation]):
    """An organisation of the register."""

    default_error_messages = {"invalid_choice": _("This organisation is not in the register.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.all(), required=False, widget=RemoteSelect, **options)
