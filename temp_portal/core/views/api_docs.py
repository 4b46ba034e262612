"""The API's documentation as a page of the portal, made from the schema: no script, no foreign host."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator

from temp_portal.core.views.pages import TemplateView

METHODS = ("get", "post", "put", "patch", "delete")


class ApiDocsView(TemplateView):
    """Every operation by resource, with its parameters and what it takes."""

    template_name = "core/api_docs.html"
    title = _("API")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schema = SchemaGenerator().get_schema(request=None, public=True)
        groups: dict[str, list[dict[str, Any]]] = {}
        for operation in _operations(schema):
            groups.setdefault(operation["tag"], []).append(operation)
        return super().get_context_data(groups=groups, **kwargs)


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(path, method, item[method])


def _operation(path: str, method: str, details: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": details["operationId"],
        "tag": details["tags"][0],
        "method": method.upper(),
        "path": path,
        "description": details.get("description", ""),
        "parameters": details.get("parameters", []),
        "body": _body_name(details),
    }


def _body_name(details: dict[str, Any]) -> str:
    """Name of the schema that the request takes; empty without a body."""
    content = details.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    return str(reference.rsplit("/", 1)[-1])
