"""What stands beside a field of an application: remarks of the committee, and what somebody else has written there."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from committees.enums import ApplicationSection
from committees.models import Application, Remark
from committees.workflows.parts import Theirs

#: Name of the choice between the own value and somebody else's.
CHOICE = "_choice_"
MINE, THEIRS = "mine", "theirs"


def remarks_by_field(application: Application, part: ApplicationSection) -> dict[str, list[Remark]]:
    """Open remarks on a part by field; those on the part as a whole under ""."""
    found: dict[str, list[Remark]] = {}
    for remark in Remark.objects.unsettled().filter(application=application, part=part):
        found.setdefault(remark.field, []).append(remark)
    return found


def put_beside(form: BaseForm, remarks: dict[str, list[Remark]], theirs: dict[str, Theirs]) -> None:
    """Give each field its note; `templates/django/forms/field.html` shows it."""
    for bound in form:
        own = remarks.get(bound.name, [])
        other = theirs.get(bound.name)
        if own or other:
            context = {"remarks": own, "field": bound, "other": other, "other_value": _words(bound, other)}
            note: Any = render_to_string("apply/_beside.html", context)
            bound.field.note = SafeString(note)  # type: ignore[attr-defined]  # what the template reads


def as_typed(form: BaseForm, name: str, value: Any) -> list[str]:
    """A stored value as the field's control would send it."""
    prepared = form.fields[name].prepare_value(value)
    several = prepared if isinstance(prepared, list) else [prepared]
    return [str(each) for each in several if each is not None]


def _words(bound: BoundField, other: Theirs | None) -> str:
    """Somebody else's value as one reads it; a choice by its label."""
    if other is None:
        return ""
    choices = getattr(bound.field, "choices", ())
    labels = {str(key): str(label) for key, label in _flat(choices)}
    return "; ".join(labels.get(each, each) for each in as_typed(bound.form, bound.name, other.value))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs += list(label) if isinstance(label, list | tuple) else [(key, label)]
    return pairs
