"""A list page over a real model, mounted beside the portal's own addresses: what the list framework is tested with."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from members.enums import OrganisationKind, OrganisationStatus
from members.models import Organisation
from temp_portal.core.lists import BulkAction, Column, Empty, ListView, cells, list_paths

COLUMNS = [
    Column(
        "name",
        "Organisation",
        cells.name(native="legal_name", link="website"),
        sort=("legal_name",),
        export="legal_name",
        row_header=True,
    ),
    Column("kind", "Kind", cells.choice("kind"), export="kind"),
    Column("country", "Country", cells.country(), sort=("country", "legal_name"), export="country"),
    Column("city", "City", cells.text("city", sub="region"), sort=("city",)),
    Column(
        "capital",
        "Capital",
        cells.money("registered_capital", "capital_currency"),
        sort=("registered_capital",),
        numeric=True,
    ),
    Column("registered", "Registered", cells.date("registered_on"), sort=("registered_on",), numeric=True),
    Column(
        "status",
        "Status",
        cells.status("status", {OrganisationStatus.ACTIVE: "ok", OrganisationStatus.DISSOLVED: "bad"}),
        sort=("status",),
    ),
    Column("parent", "Parent", cells.text("parent.legal_name"), sort=("parent__legal_name",), default=False),
    Column("website", "Website", cells.text("website"), default=False),
]


class OrganisationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Kind", choices=OrganisationKind)
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=OrganisationStatus, widget=forms.CheckboxSelectMultiple
    )
    country = django_filters.CharFilter(label="Country")
    registered = django_filters.DateFromToRangeFilter(label="Registered", field_name="registered_on")
    parent = django_filters.ModelChoiceFilter(label="Parent", queryset=Organisation.objects.all())

    class Meta:
        model = Organisation
        fields: list[str] = []


class OrganisationList(ListView[Organisation]):
    title = "Organisations"
    columns = COLUMNS
    default_sort = "name"
    filterset_class = OrganisationFilter
    empty = Empty("No organisation yet.", "Add an organisation", "/organisations/add/")
    bulk_actions = [BulkAction("Archive…", "/listing/picked/", danger=True)]
    page_size = 20

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user).select_related("parent")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.get_selection()
        return HttpResponse(f"{chosen.count()} {chosen.everything}")


urlpatterns = [
    *list_paths("listing/organisations", OrganisationList, name="example-list"),
    path("listing/picked/", OrganisationList.as_view()),
    path("", include("temp_portal.urls")),
]
