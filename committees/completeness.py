"""Which parts of an application are filled in, and whether it can be submitted."""

from dataclasses import dataclass

from committees.enums import ApplicationSection
from committees.models import Application
from members.enums import ConsentPurpose
from members.models import Consent, Identifier


@dataclass(frozen=True, slots=True)
class Progress:
    """One part: `complete` as it must be to be submitted, `begun` when something stands in it."""

    section: ApplicationSection
    complete: bool
    begun: bool


def progress(application: Application) -> list[Progress]:
    """The parts in the order in which they are filled in; reads two tables beside the application."""
    return [Progress(section, *_parts(application, section)) for section in ApplicationSection]


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


def _chain(application: Application) -> list[bool]:
    return [bool(application.chain_role), bool(application.target_countries)]


def _representative(application: Application) -> list[bool]:
    if application.representative_id is None:
        return [False]
    consents = Consent.objects.filter(person=application.representative_id, withdrawn_at__isnull=True)
    return [True, consents.filter(purpose=ConsentPurpose.REPRESENTATION).exists()]


def _motivation(application: Application) -> list[bool]:
    return [bool(application.motivation), bool(application.motivation_language)]


_ANSWERS = {
    ApplicationSection.ORGANISATION: _organisation,
    ApplicationSection.OWNERSHIP: _ownership,
    ApplicationSection.CHAIN: _chain,
    ApplicationSection.REPRESENTATIVE: _representative,
    ApplicationSection.MOTIVATION: _motivation,
}
