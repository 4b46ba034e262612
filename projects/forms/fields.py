"""Fields that the forms of projects share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def share(**options: Any) -> forms.DecimalField:
    """A share in percent, to the hundredth."""
    usual: dict[str, Any] = {
        "label": _("Share, %"),
        "min_value": Decimal("0.01"),
        "max_value": Decimal(100),
        "max_digits": 5,
        "decimal_places": 2,
        "required": False,
        "widget": forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    }
    return forms.DecimalField(**usual | options)
