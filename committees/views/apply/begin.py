"""The beginning: which committee, for which organisation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.applications import BeginForm
from committees.models import Committee
from committees.views.apply.steps import overview_url
from committees.workflows import drafts
from members.acting import acting_for
from members.models import Claim, Organisation
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import FormView


def chosen_committee(request: HttpRequest) -> Committee | None:
    """The committee of `?committee=slug`, if it is one that takes applications."""
    found: Committee | None = (
        Committee.objects.visible_to(request.user).working().filter(slug=request.GET.get("committee", "")).first()
    )
    return found


def with_committee(url: str, committee: Committee | None) -> str:
    """The address with the chosen committee carried along."""
    return f"{url}?{urlencode({'committee': committee.slug})}" if committee else url


class Begin(MoveFormMixin, FormView):
    """Opens the application that is open already, or a new one."""

    template_name = "apply/begin.html"
    form_class = BeginForm
    login_required = True
    title = gettext_lazy("Apply to join a committee")
    submit_label = gettext_lazy("Begin the application")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who represents nobody yet first finds or adds the organisation."""
        if not Organisation.objects.represented_by(request.user).exists() and not self.waiting_claims():
            return HttpResponseRedirect(self.organisation_url())
        return super().get(request, *args, **kwargs)

    def waiting_claims(self) -> list[Claim]:
        """Claims that are still to be answered."""
        claims = Claim.objects.waiting().filter(user=user_of(self.request))
        return list(claims.select_related("organisation"))

    def organisation_url(self) -> str:
        return with_committee(reverse("committees:apply-organisation"), chosen_committee(self.request))

    def get_title(self) -> str:
        committee = chosen_committee(self.request)
        return _("Apply to join: %(committee)s") % {"committee": committee} if committee else super().get_title()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        acting = acting_for(self.request)
        only = {"organisation": acting} if acting else {}
        committee = chosen_committee(self.request)
        earlier = {"from_earlier": "earlier" in self.request.GET}
        return super().get_initial() | only | earlier | ({"committee": [committee.slug]} if committee else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "claims": self.waiting_claims(),
            "organisation_url": self.organisation_url(),
            "may_begin": Organisation.objects.represented_by(self.request.user).exists(),
            "unavailable": "committee" in self.request.GET and chosen_committee(self.request) is None,
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: BeginForm) -> HttpResponse:
        committees, organisation = form.cleaned_data["committee"], form.cleaned_data["organisation"]
        begun = drafts.begin(committees, organisation, by=user_of(self.request), earlier=form.earlier())
        return HttpResponseRedirect(overview_url(begun[0]))
