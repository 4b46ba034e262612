"""Free texts of an application, each with the language it is written in and the translations added to it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from committees.enums import ApplicationSection, TranslationOf
from committees.models import Application, Letter, Remark, TextTranslation


@dataclass(frozen=True, slots=True)
class Said:
    """One text. `label`: what it is; `remark`, `letter`: the record that holds it, if it is one of these."""

    of: TranslationOf
    of_id: int
    label: str | Promise
    text: str
    language: str
    at: datetime | None = None
    translations: list[TextTranslation] = field(default_factory=list)
    remark: Remark | None = None
    letter: Letter | None = None


def translated(application: Application) -> list[Said]:
    """The motivation, questions, letters and conditions, in that order. Four queries."""
    found: dict[tuple[str, int], list[TextTranslation]] = defaultdict(list)
    for added in application.translations.select_related("by"):
        found[added.of, added.of_id].append(added)
    said = [*_motivation(application), *_remarks(application), *_letters(application), *_conditions(application)]
    for each in said:
        each.translations.extend(found[each.of, each.of_id])
    return said


def _motivation(application: Application) -> list[Said]:
    if not application.motivation:
        return []
    of = TranslationOf.MOTIVATION
    return [Said(of, application.pk, of.label, application.motivation, application.motivation_language)]


def _remarks(application: Application) -> list[Said]:
    return [
        Said(
            TranslationOf.REMARK,
            each.pk,
            ApplicationSection(each.part).label,
            each.text,
            each.language,
            each.made_at,
            remark=each,
        )
        for each in application.remarks.all()
    ]


def _letters(application: Application) -> list[Said]:
    return [
        Said(
            TranslationOf.LETTER,
            each.pk,
            each.get_kind_display(),
            each.text,
            each.text_language,
            each.sent_at,
            letter=each,
        )
        for each in application.letters.all()
    ]


def _conditions(application: Application) -> list[Said]:
    of = TranslationOf.CONDITION
    return [Said(of, each.pk, of.label, each.text, each.language) for each in application.conditions.all()]
