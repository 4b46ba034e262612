"""Whom a representative invites, what the invited person fills in, and how an access ends."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.forms.informing import OthersNoticeMixin


class InviteRepresentativeForm(OthersNoticeMixin, forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person's own work address: whoever reads it can accept.")
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("As it shall stand in the letter; the person can change it."),
    )
    post = forms.CharField(label=_("Post in the organisation"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def letter(self) -> dict[str, Any]:
        """What `workflows.invite_representative` takes."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "post", "language")}


class EndAccessForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it; it stays on record."),
    )
