"""Long lists whose rows PostgreSQL writes as JSON: neither models nor serializers are built for them."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf
from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.request import Request

from temp_portal.core.markup.names import LANGUAGES


def json_object(values: Mapping[str, Combinable]) -> Func:
    """`json_build_object` of these keys and values."""
    pairs = (part for key, value in values.items() for part in (Value(key), value))
    return Func(*pairs, function="json_build_object", output_field=TextField())


def names_object(path: str) -> Func:
    """What `NamesField` gives for the translated field at an ORM path: languages without a text are left out."""
    texts: dict[str, Combinable] = {
        code: NullIf(F(f"{path}_{suffix}"), Value("")) for code, suffix, _lang, _label in LANGUAGES
    }
    return Func(json_object(texts), function="json_strip_nulls", output_field=TextField())


class ListedByDatabaseMixin(viewsets.GenericViewSet[Any]):
    """For viewsets: the list comes as the database writes it. What it holds is the serializer's, column by column."""

    def json_columns(self) -> Mapping[str, Combinable]:
        """The serializer's fields as expressions over the viewset's queryset."""
        raise NotImplementedError

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> HttpResponse:
        rows: QuerySet[Model] = self.filter_queryset(self.get_queryset())
        written = rows.prefetch_related(None).annotate(json=Cast(json_object(self.json_columns()), TextField()))
        page = self.paginate_queryset(written.values("id", "json"))
        results = ",".join(row["json"] for row in page or ())
        links = self.get_paginated_response([]).data
        head = ",".join(f"{json.dumps(name)}:{json.dumps(links[name])}" for name in ("next", "previous"))
        return HttpResponse(f'{{{head},"results":[{results}]}}', content_type="application/json")
