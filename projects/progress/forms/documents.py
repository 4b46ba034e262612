"""Attaching a photo or a document to a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.progress.models import ProgressUpdate
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.core.forms import ModelChoiceField
from temp_portal.documents.fields import DocumentField
from temp_portal.documents.kinds import OTHER
from temp_portal.documents.scopes import Scope


def owner_of(project: Project, user: User) -> Scope:
    """Whose documents the user brings: the lead enterprise's, a sponsor committee's, or the platform's."""
    if project.lead_id and user.has_role_on(ScopeKind.ORGANISATION, project.lead_id, Role.REPRESENTATIVE):
        return Scope(ScopeKind.ORGANISATION, project.lead_id)
    for committee in project.sponsorships.order_by("pk").values_list("committee", flat=True):
        if user.has_role_on(ScopeKind.COMMITTEE, committee, Role.SECRETARY):
            return Scope(ScopeKind.COMMITTEE, committee)
    return Scope(ScopeKind.PLATFORM)


class AttachForm(forms.Form):
    caption = forms.CharField(label=_("What it shows"), max_length=200, required=False)
    update = ModelChoiceField[ProgressUpdate](
        label=_("With the update of"),
        queryset=ProgressUpdate.objects.none(),
        required=False,
        empty_label=_("none: with the project itself"),
    )

    def __init__(self, *args: Any, project: Project, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ = ProgressUpdate.objects.open().filter(project=project).select_related("project", "round")
        update: Any = self.fields["update"]
        update.queryset = open_
        document = DocumentField(scope=owner_of(project, by), by=by, kind=OTHER, label=_("Photo or document"))
        self.fields["document"] = document
        self.order_fields(["document", "caption", "update"])
