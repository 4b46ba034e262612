"""Who is to hold which role, and when it ends."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.pickers import CommitteeSelect
from committees.models import Committee
from committees.workflows.roles import OFFERED
from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.core.forms import DayField


class PersonForm(forms.Form):
    """Who is meant: by address; name and language matter for newcomers only."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Of a newcomer, as it shall stand in letters. Who has an account keeps the own name."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)


class InviteForm(PersonForm):
    """A role, the committee where it needs one, and the person."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))

    field_order = ("role", "committee", "email", "name", "language")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [role for role in OFFERED if user.has_perm("accounts.grant_role", RoleGrant(role=role))]
        offered = [(role.value, role.label) for role in allowed]
        self.fields["role"] = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", ""), *offered])
        self.fields["committee"] = forms.ModelChoiceField(
            label=gettext_lazy("Committee"),
            queryset=Committee.objects.visible_to(user).order_by("slug"),
            to_field_name="slug",
            required=False,
            widget=CommitteeSelect,
            help_text=gettext_lazy("For secretaries and chairs."),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "role" in cleaned and "committee" in cleaned:
            needed = SCOPE_OF_ROLE[Role(cleaned["role"])] == ScopeKind.COMMITTEE
            if needed and cleaned["committee"] is None:
                self.add_error("committee", _("Choose the committee in which the role is held."))
            if not needed and cleaned["committee"] is not None:
                self.add_error("committee", _("This role is held over the whole platform: choose no committee."))
        return cleaned

    def invitation(self) -> dict[str, Any]:
        """What `workflows.roles.invite` takes."""
        cleaned = self.cleaned_data
        person = {name: cleaned[name] for name in ("email", "name", "language")}
        return person | {"role": Role(cleaned["role"]), "scope": cleaned["committee"]}


class EndRoleForm(forms.Form):
    on = DayField(
        label=gettext_lazy("First day without the role"),
        initial=timezone.localdate,
        help_text=gettext_lazy("Today or later."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The person reads it."),
    )


class ReplaceForm(PersonForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason of the change"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The present holder reads it."),
    )
