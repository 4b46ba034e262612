"""Finding one's organisation in the register, claiming it, or adding it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from committees.views.apply.begin import chosen_committee, with_committee
from committees.workflows import applications
from members import workflows
from members.forms.claims import ClaimForm
from members.forms.organisations import FindOrganisationForm, NewOrganisationForm
from members.models import Organisation
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView, RateLimit, RateLimitedMixin


class ApplyMixin(FormView):
    """A step before the application; the chosen committee travels along in the address."""

    login_required = True

    def get_crumbs(self) -> list[Crumb]:
        url = with_committee(reverse("committees:apply"), chosen_committee(self.request))
        return [Crumb(_("Apply"), url), Crumb(self.get_title())]

    def address(self, name: str, *args: Any, **query: str) -> str:
        """A step's address with the committee and further parameters."""
        committee = chosen_committee(self.request)
        parameters = ({"committee": committee.slug} if committee else {}) | {
            key: text for key, text in query.items() if text
        }
        url = reverse(name, args=args)
        return f"{url}?{urlencode(parameters)}" if parameters else url


class FindOrganisation(RateLimitedMixin, ApplyMixin):
    """A search that reveals the name, nothing else; its address can be reloaded."""

    template_name = "apply/find_organisation.html"
    form_class = FindOrganisationForm
    title = gettext_lazy("Find your organisation")
    submit_label = gettext_lazy("Look it up in the register")
    rate_limit = RateLimit("find-organisation", "120/hour")

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {name: self.request.GET[name] for name in FindOrganisationForm.base_fields if name in self.request.GET}
        return super().get_form_kwargs() | ({"data": asked} if asked else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        form = page["form"]
        searched = form.is_bound and form.is_valid()
        return page | {
            "committee": chosen_committee(self.request),
            "searched": searched,
            "candidates": self.candidates(form) if searched else [],
            "new_url": self.new_url(form) if searched else "",
        }

    def candidates(self, form: FindOrganisationForm) -> list[dict[str, Any]]:
        """Each organisation that may be meant with the address of the next step."""
        own = set(Organisation.objects.represented_by(self.request.user).values_list("pk", flat=True))
        return [
            {
                "organisation": candidate.organisation,
                "likeness": candidate.likeness.value,
                "own": candidate.organisation.pk in own,
                "url": self.address("committees:apply")
                if candidate.organisation.pk in own
                else self.address("committees:apply-claim", candidate.organisation.pk),
            }
            for candidate in form.found()
        ]

    def new_url(self, form: FindOrganisationForm) -> str:
        """The form for a new entry, with what was looked for filled in."""
        typed = form.cleaned_data
        return self.address(
            "committees:apply-new-organisation",
            country=typed["country"],
            number=typed["number"],
            legal_name=typed["name"],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The search is a GET; a form posted by mistake becomes one."""
        return self.get(request, *args, **kwargs)


class NewOrganisation(RateLimitedMixin, MoveFormMixin, ApplyMixin):
    """A new entry of the register; who makes it represents the organisation and goes on to apply."""

    template_name = "apply/new_organisation.html"
    form_class = NewOrganisationForm
    title = gettext_lazy("Add your organisation to the register")
    submit_label = gettext_lazy("Add the organisation and go on")
    rate_limit = RateLimit("new-organisation", "30/hour")
    limited_methods = ("POST",)

    def get_initial(self) -> dict[str, Any]:
        looked_for = {name: self.request.GET.get(name, "") for name in ("country", "number", "legal_name")}
        return super().get_initial() | looked_for | {"legal_name_language": get_language()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        form = page["form"]
        like = [form.twin] if form.twin else form.alike
        claims = [(each, self.address("committees:apply-claim", each.pk)) for each in like]
        return page | {"claims": claims, "back_url": self.address("committees:apply-organisation")}

    def act(self, form: NewOrganisationForm) -> HttpResponse:
        user = user_of(self.request)
        organisation = workflows.register_organisation(by=user, **form.fields_of_organisation())
        committee = chosen_committee(self.request)
        added = _("%(organisation)s stands in the register, and you represent it.") % {"organisation": organisation}
        if committee is None:
            return self.done(added, reverse("accounts:me"))
        application = applications.create_draft(committee, organisation, by=user)
        return self.done(added, reverse("committees:apply-application", args=[application.pk]))


class ClaimOrganisation(RateLimitedMixin, MoveFormMixin, ObjectFormView[Organisation]):
    """Asks to be confirmed as one who represents an organisation of the register. What it says is the same whoever is
    asked.
    """

    template_name = "apply/claim.html"
    form_class = ClaimForm
    login_required = True
    title = gettext_lazy("Represent an organisation of the register")
    submit_label = gettext_lazy("Ask to be confirmed")
    rate_limit = RateLimit("claim", "10/day")
    limited_methods = ("POST",)

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who represents it already goes on to apply."""
        if user_of(request).has_role_on(ScopeKind.ORGANISATION, self.get_object().pk, Role.REPRESENTATIVE):
            messages.info(request, _("You represent this organisation already."))
            return HttpResponseRedirect(with_committee(reverse("committees:apply"), chosen_committee(request)))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form makes a claim; the organisation is what it is about."""
        return super().get_form_kwargs() | {"instance": None}

    def get_crumbs(self) -> list[Crumb]:
        url = with_committee(reverse("committees:apply"), chosen_committee(self.request))
        return [Crumb(_("Apply"), url), Crumb(str(self.object))]

    def get_back_url(self) -> str:
        return with_committee(reverse("committees:apply-organisation"), chosen_committee(self.request))

    def act(self, form: Any) -> HttpResponse:
        workflows.claim_organisation(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("Your claim is on its way. You will be told as soon as it has been answered.")
        return self.done(message, reverse("members:own-claims"))
