"""Attaching a document: one that the organisation has already, or a new file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.models import User
from temp_portal.core.forms import DayField
from temp_portal.documents.fields import DocumentField
from temp_portal.documents.scopes import Scope


class AttachForm(forms.Form):
    """`document`, and what is to be noted of it."""

    issued_on = DayField(label=gettext_lazy("Issued on"), required=False)
    expires_on = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Leave it open if it does not expire."),
    )

    def __init__(self, *args: Any, scope: Scope, by: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"] = DocumentField(scope=scope, by=by, kind=kind, label=_("Document"))
        self.order_fields(["document", "issued_on", "expires_on"])

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This document has expired: choose one that is still valid."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("This day lies before the day of issue."))
        return cleaned

    def details(self) -> dict[str, Any]:
        """The days that were typed; what was left open stays as it is known."""
        return {name: self.cleaned_data[name] for name in ("issued_on", "expires_on") if self.cleaned_data[name]}
