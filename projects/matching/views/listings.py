"""Demands, capabilities, resources and capital: for each a list, a page and the forms, all of one shape."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.matching import columns, filters
from projects.matching.enums import ListingState
from projects.matching.forms import listings as listing_forms
from projects.matching.models import Capability, CapitalSource, Demand, Match, ResourceOffer
from projects.matching.querysets import KEEPERS
from projects.matching.suggestions import suggestions_for, weights
from projects.matching.views.places import InMatching
from projects.matching.workflows import listings
from temp_portal.accounts.permissions import holds, user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.country_names import country_name
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView, PageMixin


class OfKind(PageMixin):
    """Which of the four a page is about. Subclasses of `DemandKind` and so on mix it with a view.

    plural, single: what its addresses are called; heading: what the list is called.
    """

    login_required = True
    model: ClassVar[type[Any]]
    plural: ClassVar[str]
    single: ClassVar[str]
    heading: ClassVar[Promise]
    new_label: ClassVar[Promise]
    form_type: ClassVar[type[Any]]
    kwargs: dict[str, Any]

    def rows(self) -> QuerySet[Any]:
        """Those that the user may see."""
        found: QuerySet[Any] = self.model.objects.visible_to(self.request.user).with_names()
        return found

    @property
    def list_url(self) -> str:
        return reverse(f"matching:{self.plural}")

    def url_of(self, name: str) -> str:
        """The address of the form `name` of the row that the page is about."""
        return reverse(f"matching:{self.single}-{name}", args=[self.kwargs["pk"]])


class DemandKind(OfKind):
    model, plural, single = Demand, "demands", "demand"
    heading, new_label = gettext_lazy("Demands"), gettext_lazy("Enter a demand")
    form_type = listing_forms.DemandForm

    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = Demand.objects.visible_to(self.request.user).with_price_for(self.request.user)
        return found.select_related("organisation__merged_into")


class CapabilityKind(OfKind):
    model, plural, single = Capability, "capabilities", "capability"
    heading, new_label = gettext_lazy("Capabilities"), gettext_lazy("Enter a capability")
    form_type = listing_forms.CapabilityForm


class ResourceOfferKind(OfKind):
    model, plural, single = ResourceOffer, "resource-offers", "resource-offer"
    heading, new_label = gettext_lazy("Resource offers"), gettext_lazy("Enter a resource offer")
    form_type = listing_forms.ResourceOfferForm

    def rows(self) -> QuerySet[Any]:
        return super().rows().select_related("capital_source__organisation__merged_into", "project")


class CapitalSourceKind(OfKind):
    model, plural, single = CapitalSource, "capital-sources", "capital-source"
    heading, new_label = gettext_lazy("Sources of capital"), gettext_lazy("Enter a source of capital")
    form_type = listing_forms.CapitalSourceForm


class ListingList(InMatching, OfKind, ListView[Any]):
    template_name = "matching/list.html"
    search_label = gettext_lazy("Words in any script")
    empty = Empty(gettext_lazy("Nothing is on record yet."))

    @property
    def place(self) -> str:  # type: ignore[override]  # the kind says it
        return self.plural

    def get_title(self) -> str:
        return str(self.heading)

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adds = self.request.user.has_perm("matching.add_listing")
        page = {"new_url": reverse(f"matching:{self.single}-new") if adds else "", "new_label": self.new_label}
        return super().get_context_data(**page | kwargs)


class DemandList(DemandKind, ListingList):
    columns: ClassVar[Sequence[Column]] = columns.DEMANDS
    filterset_class = filters.DemandFilter
    default_sort = "product"


class CapabilityList(CapabilityKind, ListingList):
    columns: ClassVar[Sequence[Column]] = columns.CAPABILITIES
    filterset_class = filters.CapabilityFilter
    default_sort = "product"


class ResourceOfferList(ResourceOfferKind, ListingList):
    columns: ClassVar[Sequence[Column]] = columns.RESOURCE_OFFERS
    filterset_class = filters.ResourceOfferFilter
    default_sort = "resource"


class CapitalSourceList(CapitalSourceKind, ListingList):
    columns: ClassVar[Sequence[Column]] = columns.CAPITAL_SOURCES
    filterset_class = filters.CapitalSourceFilter
    default_sort = "capital"


class Within(OfKind):
    """A page about one row; 404 for whoever does not see it."""

    object: Any
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows()

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(self.heading, self.list_url), Crumb(str(self.object), self.object.get_absolute_url())]

    def get_back_url(self) -> str:
        address: str = self.object.get_absolute_url()
        return address


class ListingPage(Within, DetailView[Any]):
    """One row with its ways on."""

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = self.request.user.has_perm(listings.CHANGE, self.object)
        page = {
            "tone": columns.LISTING_TONES[self.object.state],
            "edit_url": self.url_of("edit") if changes else "",
            "publish_url": self.url_of("publish") if changes and self.object.state != ListingState.PUBLISHED else "",
            "close_url": self.url_of("close") if changes and self.object.state != ListingState.CLOSED else "",
        }
        return super().get_context_data(**page | kwargs)


class ProductPage(ListingPage):
    """One with suggestions: what fits it, and what became of it."""

    side: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        related = Match.objects.visible_to(user).filter(**{self.side: self.object}).with_names().with_since()
        suggests = user.has_perm("matching.suggest_match") and self._may_suggest(user)
        page = {
            "side": self.side,
            "suggestions": suggestions_for(self.object, user) if suggests else None,
            "weights": weights(),
            "matches": [(each, columns.MATCH_TONES[each.state]) for each in related.order_by("-pk")],
            "keeps": user.has_perm("matching.move_match"),
        }
        return super().get_context_data(**page | kwargs)

    def _may_suggest(self, user: Any) -> bool:
        """Representatives look for what fits their own organisation, not for others."""
        return bool(user.has_perm(listings.CHANGE, self.object))


class DemandPage(DemandKind, ProductPage):
    template_name = "matching/demand.html"
    side = "demand"


class CapabilityPage(CapabilityKind, ProductPage):
    template_name = "matching/capability.html"
    side = "capability"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sees = holds(user, *KEEPERS) or user.has_perm(listings.CHANGE, self.object)
        page = {
            "prices": list(self.object.price_breaks.all()) if sees else None,
            "countries": ", ".join(country_name(code) for code in self.object.countries),
        }
        return super().get_context_data(**page | kwargs)


class ResourceOfferPage(ResourceOfferKind, ListingPage):
    template_name = "matching/resource_offer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, project = self.request.user, self.object.project
        page = {
            "links": user.has_perm("matching.link_offer", self.object),
            "sees_project": project is not None and user.has_perm("projects.view_project", project),
        }
        return super().get_context_data(**page | kwargs)


class CapitalSourcePage(CapitalSourceKind, ListingPage):
    template_name = "matching/capital_source.html"


class ListingForms(MoveFormMixin, OfKind):
    """A form that writes a row."""

    request: HttpRequest
    submit_label = gettext_lazy("Save")

    def get_form_class(self) -> type[Any]:
        return self.form_type

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        prices = form.cleaned_data.get("price_breaks")
        saved = listings.save(form.instance, by=user_of(self.request), price_breaks=prices)
        return self.done(_("It has been saved."), saved.get_absolute_url())


class New(ListingForms, FormView):
    rule = "matching.add_listing"
    intro = gettext_lazy("It is a draft for yourself until you publish it.")

    def get_title(self) -> str:
        return str(self.new_label)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(self.heading, self.list_url), Crumb(self.get_title())]

    def get_back_url(self) -> str:
        return self.list_url


class Edit(Within, ListingForms, ObjectFormView[Any]):
    rule = listings.CHANGE

    def get_title(self) -> str:
        return _("Change: %(what)s") % {"what": self.object}


class Step(Within, MoveFormMixin, ObjectFormView[Any]):
    """Publish or close."""

    form_class = forms.Form
    rule = listings.CHANGE
    move: ClassVar[str]

    def act(self, form: Any) -> HttpResponse:
        listings.move(self.object, self.move, by=user_of(self.request))
        return self.done(_("It is on record."), self.get_back_url())


class Publish(Step):
    move = "publish"
    title = gettext_lazy("Publish")
    submit_label = gettext_lazy("Publish")
    intro = gettext_lazy("Other members see it from now on, without its prices, and it is matched.")


class Close(Step):
    move = "close"
    title = gettext_lazy("Close")
    submit_label = gettext_lazy("Close")
    intro = gettext_lazy("It is shown and matched no longer. Matches that are on their way go on.")


class LinkOffer(ResourceOfferKind, Within, MoveFormMixin, ObjectFormView[Any]):
    """Capital first, then the project."""

    form_class = listing_forms.LinkOfferForm
    rule = "matching.link_offer"
    title = gettext_lazy("Capital and project")
    submit_label = gettext_lazy("Save")

    def get_initial(self) -> dict[str, Any]:
        project = self.object.project
        return {"capital_source": self.object.capital_source_id, "project": project.code if project else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        listings.link(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The offer’s capital and project have been saved."), self.get_back_url())


def view_of(kind: type[OfKind], base: type[PageMixin]) -> type[Any]:
    """A view of the base for the kind."""
    return type(f"{base.__name__}{kind.__name__}", (kind, base), {})
