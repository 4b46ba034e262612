"""Who may act for one's own organisation: inviting, taking invitations back, ending access."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members import workflows
from members.acting import acting_for
from members.columns import CLAIM_TONES
from members.forms.representatives import EndAccessForm, InviteRepresentativeForm
from members.informing import notice_for
from members.models import Claim, Invitation, Organisation, Representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, DetailView, ObjectFormView, RateLimit, RateLimitedMixin, TemplateView


class OwnRepresentatives(TemplateView):
    """Leads to the people of the organisation that one acts for."""

    login_required = True

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = acting_for(self.request)
        if organisation is None:
            return HttpResponseRedirect(reverse("accounts:me"))
        return HttpResponseRedirect(reverse("members:representatives", args=[organisation.pk]))


def grants_on(organisation: int) -> "QuerySet[RoleGrant]":
    """Who may act for the organisation today."""
    grants = RoleGrant.objects.live().filter(
        role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id=organisation
    )
    return grants.select_related("user", "granted_by")


class Representatives(DetailView[Organisation]):
    """The people of an organisation that one represents; 404 for any other."""

    template_name = "members/representatives.html"
    login_required = True

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.represented_by(self.request.user)

    def get_title(self) -> str:
        return _("Who acts for %(organisation)s") % {"organisation": self.object}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claims = Claim.objects.waiting().on_organisations_of(self.request.user).filter(organisation=self.object)
        page = {
            "people": self.people(),
            "invitations": Invitation.objects.waiting()
            .filter(organisation=self.object)
            .select_related("created_by")
            .order_by("created_at"),
            "claims": [(claim, CLAIM_TONES[claim.state]) for claim in claims.with_names().order_by("created_at")],
        }
        return super().get_context_data(**page | kwargs)

    def people(self) -> list[dict[str, Any]]:
        """Each grant with the post on record and whether it is one's own."""
        entries = Representative.objects.live().filter(organisation=self.object)
        posts = dict(entries.values_list("person__user", "post"))
        me = user_of(self.request).pk
        grants = grants_on(self.object.pk).order_by("user__name", "pk")
        return [{"grant": each, "post": posts.get(each.user_id, ""), "own": each.user_id == me} for each in grants]


class RepresentativesMixin(MoveFormMixin):
    """Steps that start from the page of an organisation's people and lead back to it."""

    login_required = True

    def organisation_id(self) -> int:
        return int(self.kwargs["pk"])

    def get_back_url(self) -> str:
        return reverse("members:representatives", args=[self.organisation_id()])

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Who acts for us"), self.get_back_url()), Crumb(self.get_title())]


class InviteRepresentative(RateLimitedMixin, RepresentativesMixin, ObjectFormView[Organisation]):
    """A letter to an address. What is shown afterwards is the same whether the address has an account or not."""

    form_class = InviteRepresentativeForm
    template_name = "members/enter_person.html"
    title = gettext_lazy("Invite somebody to act for us")
    intro = gettext_lazy(
        "The letter contains a personal link, valid for fourteen days. Whoever accepts may do in the portal what you "
        "may do for this organisation, from that moment on."
    )
    submit_label = gettext_lazy("Send the invitation")
    rate_limit = RateLimit("representative-invite", "20/hour")
    limited_methods = ("POST",)

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.represented_by(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"language": get_language()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"notice": notice_for(self.object.country.code or "")}

    def act(self, form: InviteRepresentativeForm) -> HttpResponse:
        workflows.invite_representative(self.object, by=user_of(self.request), notice=form.notice, **form.letter())
        message = _("An invitation to %(address)s is on its way.")
        return self.done(message % {"address": form.cleaned_data["email"]}, self.get_back_url())


class RevokeInvitation(RepresentativesMixin, ObjectFormView[Invitation]):
    """Asks once, then the link works no longer."""

    form_class = Form
    title = gettext_lazy("Take the invitation back")
    submit_label = gettext_lazy("Take the invitation back")
    danger = True
    pk_url_kwarg = "invitation"

    def get_queryset(self) -> QuerySet[Invitation]:
        own = Organisation.objects.represented_by(self.request.user).filter(pk=self.organisation_id())
        return Invitation.objects.filter(organisation__in=own)

    def get_intro(self) -> str:
        return _("The link in the letter to %(address)s works no longer then.") % {"address": self.object.email}

    def act(self, _form: Any) -> HttpResponse:
        workflows.revoke_invitation(self.object, by=user_of(self.request))
        return self.done(_("The invitation has been taken back."), self.get_back_url())


class EndAccess(RepresentativesMixin, ObjectFormView[RoleGrant]):
    """Ends a colleague's access, or one's own. The last one is warned."""

    template_name = "members/end_access.html"
    form_class = EndAccessForm
    danger = True
    pk_url_kwarg = "grant"

    def get_queryset(self) -> QuerySet[RoleGrant]:
        own = Organisation.objects.represented_by(self.request.user).filter(pk=self.organisation_id())
        return grants_on(self.organisation_id()) if own.exists() else RoleGrant.objects.none()

    @cached_property
    def is_own(self) -> bool:
        return self.object.user_id == user_of(self.request).pk

    def get_title(self) -> str:
        return _("Stop acting for it") if self.is_own else _("End the access of %(who)s") % {"who": self.object.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "submit_label": _("Stop acting for it") if self.is_own else _("End the access"),
            "own": self.is_own,
            "last": grants_on(self.organisation_id()).count() == 1,
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: EndAccessForm) -> HttpResponse:
        workflows.end_access(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        if self.is_own:
            return self.done(_("You no longer act for this organisation."), reverse("accounts:me"))
        return self.done(_("%(who)s no longer has access.") % {"who": self.object.user}, self.get_back_url())
