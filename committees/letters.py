"""The words of letters to enterprises: every one of them, in the language they are written in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ApplicationSection, LetterKind, PositionCode
from committees.models import Application, Condition, DecisionReason, Position
from temp_portal.core.markup import date_text

TITLES: Final = {
    LetterKind.RETURN: gettext_lazy("Your application needs completing"),
    LetterKind.APPROVAL: gettext_lazy("Your application has been approved"),
    LetterKind.REJECTION: gettext_lazy("Your application has not been approved"),
}
OPENINGS: Final = {
    LetterKind.RETURN: gettext_lazy(
        "we have looked at the application of %(organisation)s to %(committee)s. Something is missing before we can "
        "decide. Please complete the application in the portal and send it again; it keeps its number, and our time "
        "for the decision stands still until then."
    ),
    LetterKind.APPROVAL: gettext_lazy(
        "we are glad to tell you that %(organisation)s has been admitted to %(committee)s. The seat is held from "
        "%(day)s."
    ),
    LetterKind.REJECTION: gettext_lazy(
        "we have decided not to admit %(organisation)s to %(committee)s. You may apply again from %(day)s."
    ),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says beside what the application says. `day`: of the admission, or from which to apply again."""

    kind: LetterKind
    reasons: Sequence[DecisionReason] = ()
    text: str = ""
    text_language: str = ""
    questions: Sequence[tuple[ApplicationSection, str]] = ()
    conditions: Sequence[Condition] = ()
    day: date | None = None


def content(application: Application, draft: Draft, number: str, languages: Iterable[str]) -> dict[str, Any]:
    """The letter in each of the languages, word by word, as `files/letter.typ` lays it out."""
    return {
        "number": number,
        "languages": list(languages),
        "contact": application.committee.contact_email,
        "parts": [_part(application, draft, number, language) for language in languages],
    }


def _part(application: Application, draft: Draft, number: str, language: str) -> dict[str, Any]:
    with translation.override(language):
        organisation = _name(application.organisation, language) or application.organisation.legal_name
        committee = _name(application.committee, language) or str(application.committee)
        names = {"organisation": organisation, "committee": committee, "day": date_text(draft.day) if draft.day else ""}
        return {
            "language": language,
            "committee": committee,
            "platform": _("SCO TEMP"),
            "platform_name": _("Trade and Economic Multifunctional Platform for SCO Countries"),
            "to": list(dict.fromkeys([organisation, application.organisation.legal_name])),
            "facts": [
                [_("Letter no."), number],
                [_("Date"), date_text(timezone.localdate())],
                [_("Application"), application.number],
            ],
            "title": str(TITLES[draft.kind]),
            "greeting": _("Dear colleagues,"),
            "opening": OPENINGS[draft.kind] % names,
            "reasons_label": _("Missing") if draft.kind == LetterKind.RETURN else _("Reasons"),
            "reasons": [getattr(each, f"text_{_suffix(language)}") or each.text for each in draft.reasons],
            "questions_label": _("Questions"),
            "questions": [[str(part.label), text] for part, text in draft.questions],
            "text": draft.text,
            "text_label": _in_its_language(draft, language),
            "conditions_label": _("Conditions of the approval"),
            "conditions": [[each.text, _("by %(day)s") % {"day": date_text(each.due_on)}] for each in draft.conditions],
            "closing": _("For the committee"),
            "signatory": _signatory(application, language),
            "page": _("Page"),
        }


def _suffix(language: str) -> str:
    return language.replace("-", "_")


def _name(thing: Any, language: str) -> str:
    return str(getattr(thing, f"name_{_suffix(language)}", "") or "")


def _in_its_language(draft: Draft, language: str) -> str:
    """Says in which language the writer's own words are, where it is another one than the letter's."""
    if not draft.text or draft.text_language == language:
        return ""
    name = dict(settings.LANGUAGES).get(draft.text_language, draft.text_language)
    return _("In the language in which it was written: %(language)s") % {"language": name}


def _signatory(application: Application, language: str) -> str:
    """The title of who signs: the committee's secretary-general."""
    held = Position.objects.filter(committee=application.committee_id, code=PositionCode.SECRETARY_GENERAL).first()
    return str(getattr(held, f"title_{_suffix(language)}", "") or PositionCode.SECRETARY_GENERAL.label)
