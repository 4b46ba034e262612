"""The Django admin over seats, as its documentation shows it; relations are fetched in one query."""

from typing import Any

from django.contrib import admin

from committees.models import Seat

SITE = admin.AdminSite(name="bench")


@admin.register(Seat, site=SITE)
class SeatAdmin(admin.ModelAdmin[Seat]):
    list_display = ["organisation", "country", "committee", "functional_role", "chain_role", "representative",
                    "member_since", "suspended"]  # fmt: skip
    list_select_related = ["organisation", "committee", "representative"]
    list_filter = ["functional_role", "suspended", "organisation__ownerships__type", "organisation__country"]
    search_fields = ["organisation__legal_name", "organisation__name_en", "organisation__name_zh_hans",
                     "organisation__name_ru"]  # fmt: skip
    list_per_page = 100

    @admin.display(description="Country")
    def country(self, seat: Seat) -> Any:
        return seat.organisation.country.name

    @admin.display(description="Member since")
    def member_since(self, seat: Seat) -> Any:
        return seat.valid.lower
