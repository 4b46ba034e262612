"""Answering people who ask to represent an organisation: its own representatives do, else the Secretariat."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.columns import CLAIM_TONES, CLAIMS
from members.enums import ClaimState
from members.filters import ClaimFilter
from members.forms.claims import ConfirmClaimForm, RefuseClaimForm
from members.models import Claim, Representative
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, ObjectFormView


class ClaimList(ListView[Claim]):
    title = gettext_lazy("Claims to represent an organisation")
    rule = "members.view_claims"
    columns = CLAIMS
    default_sort = "-made"
    filterset_class = ClaimFilter
    search_field = "organisation__search_key"
    empty = Empty(gettext_lazy("Nobody asks to represent an organisation of the register."))

    def get_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.for_decision(self.request.user).select_related("organisation", "user")


class ClaimMixin(MoveFormMixin, ObjectFormView[Claim]):
    """A claim of others on one's own organisation, for the Secretariat every one; 404 to everybody else."""

    template_name = "members/claim.html"
    login_required = True

    def get_queryset(self) -> QuerySet[Claim]:
        claims = Claim.objects.for_decision(self.request.user)
        return claims.select_related("organisation", "user", "decided_by")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Claims"), self.list_url()), Crumb(str(self.object.organisation))]

    def list_url(self) -> str:
        """Where one came from: the Secretariat's list, or the page of the own organisation's people."""
        if self.request.user.has_perm("members.view_claims"):
            return reverse("members:claim-list")
        return reverse("members:representatives", args=[self.object.organisation_id])

    def get_title(self) -> str:
        who = {"who": self.object.user, "organisation": self.object.organisation}
        return _("%(who)s asks to represent %(organisation)s") % who

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.object
        page = {
            "tone": CLAIM_TONES[claim.state],
            "waits": claim.state == ClaimState.OPEN,
            "own": claim.user_id == user_of(self.request).pk,
            "may_decide": self.request.user.has_perm("members.decide_claim", claim),
            "representatives": Representative.objects.live()
            .filter(organisation=claim.organisation_id)
            .select_related("person"),
        }
        return super().get_context_data(**page | kwargs)


class ClaimPage(ClaimMixin):
    """What speaks for the person, and the confirmation."""

    form_class = ConfirmClaimForm
    submit_label = gettext_lazy("Confirm the representative")

    def act(self, form: Any) -> HttpResponse:
        claim = workflows.confirm_claim(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        message = _("%(who)s now represents %(organisation)s.")
        return self.done(message % {"who": claim.user, "organisation": claim.organisation}, self.list_url())


class RefuseClaim(ClaimMixin):
    """The refusal, with its reason."""

    form_class = RefuseClaimForm
    template_name = "core/form.html"
    rule = "members.decide_claim"
    danger = True
    submit_label = gettext_lazy("Refuse and tell the person why")

    def get_title(self) -> str:
        return _("Refuse that %(who)s represents %(organisation)s") % {
            "who": self.object.user,
            "organisation": self.object.organisation,
        }

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: Any) -> HttpResponse:
        workflows.refuse_claim(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The claim was refused; the person has been told."), self.list_url())
