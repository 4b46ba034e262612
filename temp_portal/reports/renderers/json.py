"""JSON for other programs: the hash, what was counted, the exact figures and the labels in every language."""

from typing import Any

import orjson
from django.conf import settings
from django.utils import translation

from temp_portal.reports import scopes
from temp_portal.reports.edition import Edition


def render_json(edition: Edition) -> bytes:
    """UTF-8 JSON, indented. `hash` is the SHA-256 of `figures` as written with sorted keys and without spaces."""
    return orjson.dumps(content(edition), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def content(edition: Edition) -> dict[str, Any]:
    """The file as Python values."""
    return {
        "hash": edition.hash,
        "quarter": str(edition.document.quarter),
        "cut_off": edition.cut_off.isoformat(),
        "version": edition.version,
        "provisional": edition.is_provisional,
        "committees": _names(edition),
        "figures": edition.document.as_json(),
        "restated": [line.as_json() for line in edition.restatements],
        "labels": {language: _labels(edition, language) for language, _name in settings.LANGUAGES},
    }


def _names(edition: Edition) -> list[dict[str, Any]] | None:
    if edition.document.scope is None:
        return None
    names = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names[language] = scopes.provider().names(edition.document.scope)
    return [{"id": pk, "name": {code: names[code].get(pk, "") for code in names}} for pk in edition.document.scope]


def _labels(edition: Edition, language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            table.key: {
                "title": table.title,
                "rows": {line.spec.key: line.label for line in table.lines},
                "units": {line.spec.key: line.unit for line in table.lines if line.unit},
                "columns": {head.column: head.group or head.label for head in table.heads},
                "parts": {head.part: head.label for head in table.heads if head.part},
            }
            for table in edition.tables
        }
