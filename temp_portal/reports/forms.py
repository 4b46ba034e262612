"""What a person says to have a report made."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from temp_portal.accounts.permissions import is_secretariat
from temp_portal.core.periods import Quarter
from temp_portal.reports import scopes

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Quarters on offer: the running one and those of the five years before it.
OFFERED: Final = 21


class ReportForm(forms.Form):
    """Quarter, committees and languages. The Secretariat may leave the committees empty and means all of them."""

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Quarter.containing(timezone.localdate())
        all_at_once = is_secretariat(user)
        self.fields["quarter"] = forms.ChoiceField(
            label=_("Quarter"), choices=_quarters(running), initial=str(running.previous)
        )
        self.fields["committees"] = forms.TypedMultipleChoiceField(
            label=_("Committees"),
            choices=scopes.provider().choices(user),
            coerce=int,
            required=not all_at_once,
            help_text=_("Leave empty for one report on all committees together.") if all_at_once else "",
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages of the files"),
            choices=settings.LANGUAGES,
            initial=[get_language()],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_quarter(self) -> Quarter:
        try:
            return Quarter.parse(self.cleaned_data["quarter"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_committees(self) -> list[int] | None:
        """Ids; None for all."""
        return self.cleaned_data["committees"] or None


def _quarters(running: Quarter) -> list[tuple[str, str]]:
    labels = {running: _("%(quarter)s, not ended yet") % {"quarter": running.label()}}
    offered = [running.shifted(-back) for back in range(OFFERED)]
    return [(str(quarter), labels.get(quarter, quarter.label())) for quarter in offered]
