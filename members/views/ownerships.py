"""Declared ownerships that wait for a second person, and the page on which that person verifies one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.columns import UNVERIFIED
from members.filters import UnverifiedFilter
from members.forms.ownership import VerifyOwnershipForm
from members.models import Ownership
from members.rules import recorded_it, represents
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, ObjectFormView


class UnverifiedList(ListView[Ownership]):
    title = gettext_lazy("Ownerships to be verified")
    rule = "members.view_ownerships"
    columns = UNVERIFIED
    default_sort = "recorded"
    filterset_class = UnverifiedFilter
    search_field = "organisation__search_key"
    empty = Empty(gettext_lazy("Every recorded ownership has been verified."))

    def get_queryset(self) -> QuerySet[Ownership]:
        return Ownership.objects.to_verify(self.request.user).select_related("organisation", "recorded_by")


class VerifyOwnership(MoveFormMixin, ObjectFormView[Ownership]):
    """The declaration beside the evidence; whoever recorded it or represents the organisation is told why not."""

    template_name = "members/verify_ownership.html"
    form_class = VerifyOwnershipForm
    login_required = True
    submit_label = gettext_lazy("Verify the ownership")

    def get_queryset(self) -> QuerySet[Ownership]:
        found = Ownership.objects.to_verify(self.request.user)
        return found.select_related("organisation", "recorded_by")

    def get_title(self) -> str:
        return _("Ownership of %(organisation)s") % {"organisation": self.object.organisation}

    def get_crumbs(self) -> Sequence[Crumb]:
        crumb = Crumb(_("Ownerships to be verified"), reverse("members:ownership-list"))
        return [crumb, Crumb(str(self.object.organisation))]

    def get_initial(self) -> dict[str, Any]:
        return {"evidence": self.object.evidence, "evidence_on": self.object.evidence_on} | super().get_initial()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, ownership = self.request.user, self.object
        others = Ownership.objects.current().filter(organisation=ownership.organisation_id)
        page = {
            "may_verify": user.has_perm("members.verify_ownership", ownership),
            "recorded_by_oneself": recorded_it(user, ownership),
            "represents_oneself": represents(user, ownership),
            "numbers": ownership.organisation.identifiers.order_by("-is_primary", "id"),
            "others": others.exclude(pk=ownership.pk).order_by("-valid"),
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: VerifyOwnershipForm) -> HttpResponse:
        workflows.verify_ownership(self.object, by=user_of(self.request), **form.scope_of_verification())
        message = _("The ownership of %(organisation)s has been verified.")
        return self.done(message % {"organisation": self.object.organisation}, reverse("members:ownership-list"))
