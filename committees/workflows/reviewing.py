"""What the committee's side does before it decides: who deals with it, notes, ticks, and who keeps away.

Each raises PermissionDenied, ValidationError with a message for the user, or StateConflict once it is decided.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from committees.checklists import lines
from committees.conflicts import declared, represents_group
from committees.enums import ApplicationState
from committees.models import (
    Application,
    Assignment,
    ChecklistTick,
    ConflictOfInterest,
    ReviewNote,
)
from committees.workflows.guards import explained
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.dispatch import notify

REVIEWED_STATES = (ApplicationState.SUBMITTED, ApplicationState.RETURNED)


def assignable(committee_id: int) -> "QuerySet[User]":
    """Who may be asked to deal with applications to a committee: its secretaries, and the Secretariat's staff."""
    own = User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, committee_id)
    staff = User.objects.with_role(Role.STAFF, ScopeKind.PLATFORM)
    found: QuerySet[User] = User.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=staff.values("pk")))
    return found.order_by("name", "pk")


@transaction.atomic
def assign(application: Application, *, by: User, to: User | None) -> Application:
    """Ask `to` to deal with the application, or free it (None). Who is asked gets a notice."""
    locked = lock_reviewed(application, by)
    if to == locked.assignee:
        return locked
    if to is not None:
        _refuse_assignee(locked, to)
    locked.assignee = to
    locked.save(update_fields=["assignee"])
    Assignment.objects.create(application=locked, assignee=to, by=by)
    if to is not None and to != by:
        notify("application_assigned", locked, recipients=[to], context={"who": str(by)})
    return locked


@transaction.atomic
def assign_all(applications: Iterable[Application], *, by: User, to: User | None) -> tuple[int, list[str]]:
    """Assign each that may be; returns how many, and why the others were left as they are."""
    left: list[str] = []
    done = 0
    for application in sorted(applications, key=lambda each: each.pk):
        try:
            with transaction.atomic():
                assign(application, by=by, to=to)
            done += 1
        except PermissionDenied:
            left.append(_("%(number)s: you have a conflict of interest.") % {"number": application.number})
        except StateConflict:
            left.append(_("%(number)s: it has been decided or withdrawn.") % {"number": application.number})
        except ValidationError as error:
            left.extend(f"{application.number}: {message}" for message in error.messages)
    return done, left


@transaction.atomic
def release_those_who_left(user: User | None = None) -> int:
    """Free applications whose assignee (`user`, anybody without one) keeps the committee no more; returns how many."""
    rows = Application.objects.select_for_update(of=("self",)).filter(state__in=REVIEWED_STATES)
    rows = rows.filter(assignee=user) if user else rows.filter(assignee__isnull=False)
    freed = [each for each in rows if not assignable(each.committee_id).filter(pk=each.assignee_id).exists()]
    for application in freed:
        application.assignee = None
        application.save(update_fields=["assignee"])
        Assignment.objects.create(application=application, assignee=None, by=None)
    return len(freed)


@transaction.atomic
def add_note(application: Application, *, by: User, text: str) -> ReviewNote:
    """Write a note that stays inside the committee; it may be added after the decision too."""
    if not by.has_perm("committees.review_application", application):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": _("Write the note first.")})
    note: ReviewNote = ReviewNote.objects.create(application=application, text=text.strip(), by=by)
    return note


@transaction.atomic
def tick(application: Application, code: str, *, by: User, done: bool, note: str = "") -> ChecklistTick:
    """Tick an item of the application's checklist, or take the tick away."""
    locked = lock_reviewed(application, by)
    if code not in {line.code for line in lines(locked)}:
        raise ValidationError(_("This item is not on the checklist of the application."))
    made: ChecklistTick = ChecklistTick.objects.create(application=locked, code=code, done=done, note=note, by=by)
    return made


@transaction.atomic
def declare_conflict(application: Application, *, by: User, reason: str) -> ConflictOfInterest:
    """Say that one must not judge this application: from now on one cannot, and it is not assigned to one any more."""
    if not by.has_perm("committees.declare_conflict", application):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words what connects you with the applicant.")})
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    with explained(ConflictOfInterest):
        made: ConflictOfInterest = ConflictOfInterest.objects.create(application=locked, user=by, reason=reason.strip())
    if locked.assignee == by:
        locked.assignee = None
        locked.save(update_fields=["assignee"])
        Assignment.objects.create(application=locked, assignee=None, by=by)
    return made


def lock_reviewed(application: Application, by: User) -> Application:
    """The row, locked, for who may review it while there is something to review."""
    rows: Any = Application.objects.select_for_update(of=("self",)).select_related("committee", "organisation")
    locked: Application = rows.get(pk=application.pk)
    if not by.has_perm("committees.review_application", locked):
        raise PermissionDenied
    if locked.state not in REVIEWED_STATES:
        raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())
    return locked


def _refuse_assignee(application: Application, user: User) -> None:
    if not assignable(application.committee_id).filter(pk=user.pk).exists():
        raise ValidationError({"to": _("This person does not keep the committee.")})
    if represents_group(user, application) or declared(user, application):
        raise ValidationError({"to": _("This person has a conflict of interest.")})
