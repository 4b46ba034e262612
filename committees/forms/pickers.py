"""Choosing one organisation out of a register of many: the options come from the server for what is typed."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from temp_portal.core.forms import ModelChoiceField, ModelMultipleChoiceField


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


class RemoteSelectMultiple(RemoteSelect, forms.SelectMultiple):
    """The same for several."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-remove": _("Remove")} | (attrs or {}))


class OrganisationsField(ModelMultipleChoiceField[Organisation]):
    """Several organisations of the register."""

    default_error_messages = {
        "invalid_choice": _("An organisation that you chose is not in the register."),
        "invalid_pk_value": _("An organisation that you chose is not in the register."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.all(), widget=RemoteSelectMultiple, **options)


class CommitteeSelect(forms.Select):
    """All rows of a short list; of a long one the chosen row only, the script asks `pick-committee` for others.

    working: offer those that take members only.
    """

    SHORT = 200

    def __init__(self, attrs: dict[str, Any] | None = None, *, working: bool = False) -> None:
        super().__init__({"data-select": "", "data-none": _("Nothing found")} | (attrs or {}))
        self.working = working

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        iterator: Any = self.choices
        rows = iterator.queryset
        if rows[: self.SHORT + 1].count() <= self.SHORT:
            return super().get_context(name, value, attrs)
        chosen = [each for each in (value if isinstance(value, list | tuple) else [value]) if each]
        empty = getattr(iterator.field, "empty_label", "") or ""
        found = [(row.slug, str(row)) for row in rows.filter(slug__in=chosen)]
        self.choices = found if self.allow_multiple_selected else [("", empty), *found]
        address = reverse("committees:pick-committee") + ("?working=1" if self.working else "")
        return super().get_context(name, value, {"data-load": address} | (attrs or {}))


class CommitteeSelectMultiple(CommitteeSelect, forms.SelectMultiple):
    """The same for several."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, working: bool = False) -> None:
        super().__init__({"data-remove": _("Remove")} | (attrs or {}), working=working)
