"""What one has asked for: to represent organisations of the register."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.columns import CLAIM_TONES
from members.models import Claim
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import Crumb, ObjectFormView, TemplateView


class OwnClaims(TemplateView):
    """Each claim with its clock, its answer and, while it waits, the way to take it back."""

    template_name = "members/own_claims.html"
    title = gettext_lazy("My claims to represent an organisation")
    login_required = True

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Claim.objects.filter(user=user_of(self.request)).with_names().order_by("-created_at", "-pk")
        claims = [(claim, CLAIM_TONES[claim.state]) for claim in own]
        return super().get_context_data(**{"claims": claims} | kwargs)


class WithdrawClaim(MoveFormMixin, ObjectFormView[Claim]):
    """Asks once, then takes the claim back."""

    form_class = Form
    login_required = True
    title = gettext_lazy("Take the claim back")
    submit_label = gettext_lazy("Take the claim back")
    danger = True

    def get_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.filter(user=user_of(self.request)).with_names()

    def get_intro(self) -> str:
        return _("To represent %(organisation)s. You may ask again later.") % {"organisation": self.object.organisation}

    def get_back_url(self) -> str:
        return reverse("members:own-claims")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("My claims"), self.get_back_url()), Crumb(str(self.object.organisation))]

    def conflict_message(self, conflict: StateConflict) -> str:
        """Who answered is not for the claimant."""
        return _("This claim has been answered meanwhile.")

    def act(self, _form: Any) -> HttpResponse:
        workflows.withdraw_claim(self.object, by=user_of(self.request))
        return self.done(_("The claim has been taken back."), self.get_back_url())
