"""Which notices a person wants by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.models import User
from temp_portal.notifications import kinds


class MailPreferencesForm(forms.Form):
    """One box per kind that may be switched off; ticked means by mail at once."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mails = self.fields["mails"] = forms.MultipleChoiceField(
            label=_("By mail as well"), required=False, widget=forms.CheckboxSelectMultiple, choices=_choices()
        )
        off = set(user.mail_opt_outs.values_list("kind", flat=True))
        mails.initial = [name for name, _label in _choices() if name not in off]

    @property
    def switched_off(self) -> set[str]:
        """Kinds that are not wanted by mail."""
        return {name for name, _label in _choices()} - set(self.cleaned_data["mails"])


def _choices() -> list[tuple[str, str]]:
    return [(kind.name, str(kind.label)) for kind in kinds.every() if kind.switchable]
