"""The public register of organisations."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.columns import ORGANISATIONS
from members.filters import OrganisationFilter
from members.identifiers import get_scheme, interop_id
from members.models import Identifier, Organisation, OrganisationMerge, Ownership
from members.panels import render_panels
from members.reference import find_code
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, DetailView


class OrganisationList(ListView[Organisation]):
    title = gettext_lazy("Organisations")
    columns = ORGANISATIONS
    default_sort = "name"
    filterset_class = OrganisationFilter
    empty = Empty(gettext_lazy("No organisation is registered yet."))

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user).unmerged().with_ownership().with_main_number()


class OrganisationPage(DetailView[Organisation]):
    """What is public about an organisation: names, numbers, ownership with its history; seats come from other apps."""

    template_name = "members/organisation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A merged one is sent on to the one that remains; not for good, since a merge can be undone."""
        self.object = self.get_object()
        if self.object.merged_into_id:
            return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user).with_ownership().select_related("parent__merged_into")

    def get_title(self) -> str:
        return str(self.object)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Organisations"), reverse("members:organisation-list")), Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        same = Organisation.objects.same_as(self.object)
        ownerships = Ownership.objects.current().filter(organisation__in=same).with_group()
        page = {
            "identifiers": [_described(identifier) for identifier in self._identifiers()],
            "ownerships": ownerships.select_related("organisation").order_by("-valid", "pk"),
            "merges": OrganisationMerge.objects.standing().filter(remaining=self.object).with_names(),
            "may_merge": self.request.user.has_perm("members.merge_records"),
            "panels": render_panels(self.request, self.object),
            "industries": _industries(self.object.industry_codes),
        }
        return super().get_context_data(**page | kwargs)

    def _identifiers(self) -> QuerySet[Identifier]:
        """Its own, and those of the records merged into it."""
        same = Organisation.objects.same_as(self.object)
        own = Case(When(organisation=self.object, then=Value(0)), default=Value(1))
        return Identifier.objects.filter(organisation__in=same).order_by(own, "-is_primary", "id")


def _industries(codes: list[dict[str, str]]) -> list[str]:
    """The codes with their titles, as far as the title is known."""
    found = [(code, find_code(code["scheme"], code["version"], code["code"])) for code in codes]
    return [f"{code['scheme']} {entry or code['code']}" for code, entry in found]


def _described(identifier: Any) -> dict[str, Any]:
    return {
        "label": get_scheme(identifier.scheme).label,
        "value": identifier.value,
        "interop": interop_id(identifier.scheme, identifier.value),
        "format_ok": identifier.format_ok,
        "verified_at": identifier.verified_at,
    }
