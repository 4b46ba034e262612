"""A change of hands, or newer evidence: stated by the organisation, checked by somebody else."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.columns import STATEMENTS
from members.forms.ownership import StatementForm
from members.models import Ownership, OwnershipStatement
from members.views.own import OwnOrganisationMixin
from members.workflows import statements
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, ObjectFormView


class StateOwnership(OwnOrganisationMixin):
    """For representatives."""

    form_class = StatementForm
    title = gettext_lazy("Change of ownership, or newer evidence")
    intro = gettext_lazy("A second person checks the evidence. Until then the verified ownership stands as it is.")
    submit_label = gettext_lazy("Hand it in to be checked")

    def get_initial(self) -> dict[str, Any]:
        running = Ownership.objects.current().filter(organisation=self.object, valid__endswith__isnull=True).first()
        known = (
            {"type": running.type, "controller": running.controller, "since": running.valid.lower} if running else {}
        )
        return super().get_initial() | known

    def act(self, form: Any) -> HttpResponse:
        statements.state_ownership(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("It has been handed in. You are told when it has been checked."), self.get_back_url())


class StatementList(ListView[OwnershipStatement]):
    """What waits to be checked."""

    title = gettext_lazy("Statements on ownership to be checked")
    rule = "members.view_ownerships"
    columns = STATEMENTS
    default_sort = "made"
    search_field = "organisation__search_key"
    empty = Empty(gettext_lazy("No statement waits to be checked."))

    def get_queryset(self) -> QuerySet[OwnershipStatement]:
        rows: QuerySet[OwnershipStatement] = OwnershipStatement.objects.for_decision(self.request.user).waiting()
        return rows.select_related("organisation__merged_into", "made_by")


class Decision(MoveFormMixin, ObjectFormView[OwnershipStatement]):
    """Accept or refuse; whoever made the statement or represents the organisation gets 403."""

    template_name = "members/statement.html"
    login_required = True
    rule = "members.decide_statement"

    def get_queryset(self) -> QuerySet[OwnershipStatement]:
        rows: QuerySet[OwnershipStatement] = OwnershipStatement.objects.for_decision(self.request.user)
        return rows.select_related("organisation__merged_into", "made_by")

    def get_intro(self) -> str:
        return str(self.object.organisation)

    def get_back_url(self) -> str:
        return reverse("members:statement-list")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Statements on ownership to be checked"), self.get_back_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = Ownership.objects.current().filter(organisation=self.object.organisation_id).order_by("-valid")
        return super().get_context_data(**{"known": known} | kwargs)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptStatement(Decision):
    form_class = ReasonForm
    title = gettext_lazy("Check a statement on ownership")
    submit_label = gettext_lazy("The evidence bears it out")

    def act(self, form: Any) -> HttpResponse:
        statements.accept(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The ownership is verified as stated."), self.get_back_url())


class RefuseStatement(Decision):
    form_class = ReasonForm
    title = gettext_lazy("Refuse a statement on ownership")
    submit_label = gettext_lazy("Refuse the statement")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        statements.refuse(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The statement has been refused; the organisation reads why."), self.get_back_url())
