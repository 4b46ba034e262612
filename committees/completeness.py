"""Which parts of an application are filled in, and whether it can be submitted."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.enums import ApplicationSection
from committees.models import Application, Question
from members.enums import ConsentPurpose
from members.models import Consent, Identifier
from temp_portal.documents.enums import KEPT_STATES


@dataclass(frozen=True, slots=True)
class Progress:
    """One part: `complete` as it must be to be submitted, `begun` when something stands in it."""

    section: ApplicationSection
    complete: bool
    begun: bool


def progress(application: Application) -> list[Progress]:
    """The parts in the order in which they are filled in; reads two tables beside the application."""
    return [Progress(section, *_parts(application, section)) for section in sections_of(application)]


def sections_of(application: Application) -> list[ApplicationSection]:
    """The parts that this application has: questions only where the committee asks some."""
    asks = bool(application.question_set_id) and questions_of(application).exists()
    return [each for each in ApplicationSection if asks or each != ApplicationSection.QUESTIONS]


def asked_evidence(application: Application) -> list[str]:
    """Kinds of documents without which the committee does not decide."""
    return application.question_set.evidence if application.question_set else []


def questions_of(application: Application) -> QuerySet[Question]:
    """What the application is asked, in order."""
    return Question.objects.filter(question_set=application.question_set_id).order_by("place", "number")


def missing(application: Application) -> list[ApplicationSection]:
    """Parts without which the application cannot be submitted."""
    return [part.section for part in progress(application) if not part.complete]


def _parts(application: Application, section: ApplicationSection) -> tuple[bool, bool]:
    parts = _ANSWERS[section](application)
    return all(parts), any(parts)


def _organisation(application: Application) -> list[bool]:
    return [Identifier.objects.filter(organisation=application.organisation_id).exists()]


def _ownership(application: Application) -> list[bool]:
    return [bool(application.ownership_type), bool(application.controller), bool(application.ownership_evidence)]


def _markets(application: Application) -> list[bool]:
    return [bool(application.industry_codes), bool(application.target_countries)]


def _representative(application: Application) -> list[bool]:
    if application.representative_id is None:
        return [False]
    consents = Consent.objects.filter(person=application.representative_id, withdrawn_at__isnull=True)
    return [True, consents.filter(purpose=ConsentPurpose.REPRESENTATION).exists()]


def _documents(application: Application) -> list[bool]:
    """Every kind that is asked for, by a document that is still there and has not expired."""
    valid = Q(document__expires_on__isnull=True) | Q(document__expires_on__gte=timezone.localdate())
    there = application.attached.filter(valid, document__state__in=KEPT_STATES)
    kinds = set(there.values_list("kind", flat=True))
    return [kind in kinds for kind in asked_evidence(application)] or [True]


def _questions(application: Application) -> list[bool]:
    """Every question that has to be answered has an answer, or a document."""
    answered = set(application.given_answers.values_list("question", flat=True))
    answered |= set(application.attached.values_list("question", flat=True))
    asked = questions_of(application)
    return [each.pk in answered for each in asked if each.is_required or each.pk in answered] or [True]


def _motivation(application: Application) -> list[bool]:
    return [bool(application.chain_role), bool(application.motivation), bool(application.motivation_language)]


_ANSWERS = {
    ApplicationSection.ORGANISATION: _organisation,
    ApplicationSection.OWNERSHIP: _ownership,
    ApplicationSection.MARKETS: _markets,
    ApplicationSection.REPRESENTATIVE: _representative,
    ApplicationSection.DOCUMENTS: _documents,
    ApplicationSection.QUESTIONS: _questions,
    ApplicationSection.MOTIVATION: _motivation,
}
