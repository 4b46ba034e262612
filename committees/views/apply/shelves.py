"""What is attached to an application, by what it is for."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from committees.completeness import asked_evidence, questions_of
from committees.enums import ApplicationSection, EvidenceKind, QuestionKind
from committees.models import Application, ApplicationDocument, Remark
from committees.views.apply.beside import remarks_by_field
from committees.views.apply.steps import siblings
from temp_portal.core.markup import name_tag


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is attached for one purpose. `url` leads to attaching one more."""

    label: str | SafeString
    hint: str | SafeString
    is_required: bool
    attached: list[ApplicationDocument]
    remarks: list[Remark]
    url: str


def add_url(application: Application, **purpose: Any) -> str:
    return f"{reverse('committees:apply-document-new', args=[application.pk])}?{urlencode(purpose)}"


def shelves(application: Application) -> list[Shelf]:
    """One for each kind of evidence, asked for or not; asked is what any of the committees applied to asks."""
    asked = {kind for each in siblings(application) for kind in asked_evidence(each)}
    attached = list(application.attached.select_related("document"))
    remarks = remarks_by_field(application, ApplicationSection.DOCUMENTS)
    kinds = [kind for kind in EvidenceKind if kind != EvidenceKind.ANSWER]
    return [
        Shelf(
            str(kind.label),
            "",
            kind in asked,
            [each for each in attached if each.kind == kind],
            remarks.get(kind, []),
            add_url(application, kind=kind.value),
        )
        for kind in kinds
    ]


def answer_shelves(application: Application) -> list[Shelf]:
    """One for each question that is answered by a file."""
    attached = list(application.attached.select_related("document"))
    remarks = remarks_by_field(application, ApplicationSection.QUESTIONS)
    return [
        Shelf(
            name_tag(question, "text", lines=1),
            name_tag(question, "help", lines=1) if question.help else "",
            question.is_required,
            [each for each in attached if each.question_id == question.pk],
            remarks.get(question.field, []),
            add_url(application, question=question.pk),
        )
        for question in questions_of(application).filter(kind=QuestionKind.FILE)
    ]
