"""Filters of the API's lists."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

_made: dict[type[APIView], Any] = {}


class FilterBackend(DjangoFilterBackend):
    """Makes the filter set of a view's `filterset_fields` once, and applies it to requests that name one of them."""

    def get_filterset_class(self, view: APIView, queryset: Any = None) -> Any:
        if getattr(view, "filterset_class", None) or queryset is None:
            return super().get_filterset_class(view, queryset)
        if type(view) not in _made:
            _made[type(view)] = super().get_filterset_class(view, queryset)
        return _made[type(view)]

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filters = self.get_filterset_class(view, queryset)
        made = _made.get(type(view))
        if made is not None and made is filters and made.base_filters.keys().isdisjoint(request.query_params):
            return queryset
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered
