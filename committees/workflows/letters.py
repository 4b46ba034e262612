"""Letters: written once, with the decision they tell about, and kept word by word."""

from collections.abc import Iterable, Sequence
from datetime import date

from committees.enums import ApplicationSection, LetterKind
from committees.letters import Draft, content
from committees.models import Application, Condition, Letter, Remark
from committees.workflows.wording import Wording
from temp_portal.accounts.models import User


def language_of(application: Application) -> str:
    """The language of the enterprise: the one of who handed the application in."""
    return application.submitted_by.language if application.submitted_by else "en"


def send(application: Application, draft: Draft, *, by: User, also_in: Iterable[str] = ()) -> Letter:
    """Write the letter in the enterprise's language, and in those of `also_in` below it.

    Called under the application's lock, which keeps two letters from taking one number.
    """
    languages = list(dict.fromkeys([language_of(application), *also_in]))
    serial = Letter.objects.filter(application=application).count() + 1
    number = f"{application.number}/{serial}"
    letter: Letter = Letter.objects.create(
        application=application,
        kind=draft.kind,
        number=number,
        reasons=[each.code for each in draft.reasons],
        text=draft.text,
        text_language=draft.text_language if draft.text else "",
        content=content(application, draft, number, languages),
        sent_by=by,
    )
    return letter


def returned(wording: Wording, asked: Sequence[Remark]) -> Draft:
    """What is missing, and the questions with the part that each stands in."""
    questions = [(ApplicationSection(each.part), each.text) for each in asked]
    return Draft(LetterKind.RETURN, wording.reasons, wording.text, wording.language, questions=questions)


def approved(wording: Wording, conditions: Sequence[Condition], effective_on: date) -> Draft:
    """Since when the seat is held, and on which conditions."""
    return Draft(LetterKind.APPROVAL, (), wording.text, wording.language, conditions=conditions, day=effective_on)


def rejected(wording: Wording, again_on: date) -> Draft:
    """Why, and from when on one may apply again."""
    return Draft(LetterKind.REJECTION, wording.reasons, wording.text, wording.language, day=again_on)
