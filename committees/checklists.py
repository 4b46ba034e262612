"""The checklist of an application: what was to be checked when it was handed in, and what has been."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from committees.models import Application, ChecklistTick, ChecklistVersion, Committee
from committees.reference.decisions import CHECKLIST

Item = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the reader's language, with the tick that counts (None before the first)."""

    code: str
    text: str
    tick: ChecklistTick | None

    @property
    def done(self) -> bool:
        return self.tick is not None and self.tick.done


def shipped() -> list[Item]:
    """The list of a committee that has none of its own."""
    languages = [code for code, _name in settings.LANGUAGES]
    return [{"code": code} | dict(zip(languages, texts, strict=True)) for code, texts in CHECKLIST.items()]


def present_items(committee: Committee) -> list[Item]:
    """The list that a new application gets."""
    last = ChecklistVersion.objects.filter(committee=committee).last()
    return last.items if last else shipped()


def lines(application: Application) -> list[Line]:
    """The items of the day of handing in, in their order. Two queries."""
    versions = ChecklistVersion.objects.filter(committee=application.committee_id)
    kept = versions.filter(made_at__lte=application.submitted_at).last() if application.submitted_at else None
    ticks = {each.code: each for each in application.ticks.select_related("by").order_by("id")}
    items = kept.items if kept else shipped()
    return [Line(item["code"], in_language(item), ticks.get(item["code"])) for item in items]


def in_language(item: Item) -> str:
    """The item's words in the reader's language, else in any."""
    languages: Sequence[str] = [get_language() or "en", "en", "zh-hans", "ru"]
    return next((item[code] for code in languages if item.get(code)), item["code"])


def counts(found: Sequence[Line]) -> dict[str, Any]:
    """How many are done of how many."""
    return {"done": sum(line.done for line in found), "total": len(found)}
