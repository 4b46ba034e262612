"""Putting entrepreneurs on record and assessing them. All raise PermissionDenied or ValidationError."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from committees.workflows.guards import explained, refuse_future
from members.models import Organisation, Person
from projects.introductions.models import Assessment, Entrepreneur
from temp_portal.accounts.models import User


@transaction.atomic
def enter(
    *,
    by: User,
    person: Person | None = None,
    organisation: Organisation | None = None,
    name: str = "",
    field_of_work: str = "",
) -> Entrepreneur:
    """The entrepreneur: one on record already as this person, else a new one."""
    if not by.has_perm("introductions.add_introduction"):
        raise PermissionDenied
    known: Entrepreneur | None = Entrepreneur.objects.filter(person=person).first() if person else None
    if known is not None:
        return known
    made = Entrepreneur(person=person, organisation=organisation, name=name, field_of_work=field_of_work, created_by=by)
    return _saved(made)


@transaction.atomic
def change(entrepreneur: Entrepreneur, *, by: User) -> Entrepreneur:
    """Write what was changed of the entrepreneur; the earlier version stays on record."""
    if not by.has_perm("introductions.assess_entrepreneur", entrepreneur):
        raise PermissionDenied
    return _saved(entrepreneur)


def _saved(entrepreneur: Entrepreneur) -> Entrepreneur:
    entrepreneur.full_clean(exclude=["search_key"])
    with explained(Entrepreneur):
        entrepreneur.save()
    return entrepreneur


@transaction.atomic
def assess(
    entrepreneur: Entrepreneur, *, by: User, criterion: str, score: int, evidence: str, assessed_on: date
) -> Assessment:
    """Record a judgement with its evidence. Earlier ones stay."""
    if not by.has_perm("introductions.assess_entrepreneur", entrepreneur):
        raise PermissionDenied
    refuse_future(assessed_on, "assessed_on")
    assessment = Assessment(
        entrepreneur=entrepreneur,
        criterion=criterion,
        score=score,
        evidence=evidence,
        assessed_on=assessed_on,
        assessed_by=by,
    )
    assessment.full_clean()
    assessment.save()
    return assessment
