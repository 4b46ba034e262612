"""The API's seats as a plain REST framework view gives them, and a constant response of the same size."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework import pagination, serializers, viewsets

from committees.models import Committee, Seat
from members.models import Organisation

#: What `constant` answers; set to the portal's own response before it is asked.
CONSTANT = {"body": b"{}"}


class _Organisation(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = ["id", "legal_name", "name_en", "name_zh_hans", "name_ru", "country", "region", "city"]


class _Committee(serializers.ModelSerializer[Committee]):
    class Meta:
        model = Committee
        fields = ["id", "slug", "name_en", "name_zh_hans", "name_ru", "sector"]


class _Seat(serializers.ModelSerializer[Seat]):
    organisation = _Organisation()
    committee = _Committee()
    member_since = serializers.DateField(source="valid.lower")

    class Meta:
        model = Seat
        fields = ["id", "organisation", "committee", "functional_role", "chain_role", "voting", "suspended",
                  "member_since"]  # fmt: skip


class _Pages(pagination.LimitOffsetPagination):
    default_limit = 100


class SeatViewSet(viewsets.ReadOnlyModelViewSet[Seat]):
    """Seats with their relations fetched in one query: the careful half of the usual way."""

    serializer_class = _Seat
    pagination_class = _Pages
    queryset = Seat.objects.select_related("organisation", "committee").order_by("-pk")


def constant(_request: HttpRequest) -> Any:
    """The same bytes for everybody."""
    return HttpResponse(CONSTANT["body"], content_type="application/json")
