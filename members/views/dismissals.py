"""The Secretariat says that two records which look like one are not, and takes that back."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.merging import DismissForm, ReopenForm
from members.models import Dismissal
from members.views.merging import OfKind, OfOrganisations, OfPeople
from members.workflows.dismissals import dismiss, reopen
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import FormView, ObjectFormView


class Dismiss(OfKind, MoveFormMixin, FormView):
    """Once it is said why."""

    rule = "members.merge_records"
    form_class = DismissForm
    submit_label = gettext_lazy("They are not the same")
    intro = gettext_lazy("The two are suspected no longer. This can be taken back.")
    kwargs: dict[str, Any]

    @cached_property
    def pair(self) -> tuple[Any, Any]:
        """Both records, or 404."""
        rows = self.record_model.objects.unmerged()
        return get_object_or_404(rows, pk=self.kwargs["pk"]), get_object_or_404(rows, pk=self.kwargs["other"])

    def get_title(self) -> str:
        one, other = self.pair
        return _("%(one)s and %(other)s are not the same") % {"one": one.own_name, "other": other.own_name}

    def get_crumbs(self) -> Any:
        return self.crumbs(_("Not the same"))

    def get_back_url(self) -> str:
        return self.url("duplicates")

    def act(self, form: Any) -> HttpResponse:
        dismiss(*self.pair, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The two are suspected no longer."), self.url("duplicates"))


class DismissOrganisations(OfOrganisations, Dismiss):
    pass


class DismissPeople(OfPeople, Dismiss):
    pass


class Reopen(OfKind, MoveFormMixin, ObjectFormView[Dismissal]):
    """One button."""

    form_class = ReopenForm
    login_required = True
    rule = "members.merge_records"
    submit_label = gettext_lazy("Suspect them again")
    intro = gettext_lazy("The pair is listed again as long as something speaks for it.")

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.dismissal_model.objects.visible_to(self.request.user).with_names()
        return rows

    def get_title(self) -> str:
        names = {"one": self.object.one.own_name, "other": self.object.other.own_name}
        return _("Suspect %(one)s and %(other)s again") % names

    def get_crumbs(self) -> Any:
        return self.crumbs(_("Not the same"))

    def get_back_url(self) -> str:
        return self.url("duplicates")

    def act(self, form: Any) -> HttpResponse:
        reopen(self.object, by=user_of(self.request))
        return self.done(_("The pair is suspected again."), self.url("duplicates"))


class ReopenOrganisations(OfOrganisations, Reopen):
    pass


class ReopenPeople(OfPeople, Reopen):
    pass
