"""Fields that the forms of committees share."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.core.forms import DayField


def effective_on(**options: Any) -> DayField:
    """The day on which a decision takes effect: today unless typed otherwise."""
    usual: dict[str, Any] = {
        "label": _("From when"),
        "initial": timezone.localdate,
        "help_text": _("The day on which the decision takes effect, today or earlier. Reports count by it."),
    }
    return DayField(**usual | options)


def document(**options: Any) -> forms.CharField:
    """The decision's document by number and date."""
    usual: dict[str, Any] = {
        "label": _("Decision document"),
        "max_length": 300,
        "required": False,
        "help_text": _("For example: minutes no. 7 of the council, 14 March 2026."),
    }
    return forms.CharField(**usual | options)


def reason(**options: Any) -> forms.CharField:
    """Why; it stays on record."""
    usual: dict[str, Any] = {
        "label": _("Reason"),
        "max_length": 2000,
        "required": False,
        "widget": forms.Textarea(attrs={"rows": 3}),
        "help_text": _("It stays on record with your name."),
    }
    return forms.CharField(**usual | options)
