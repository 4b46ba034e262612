"""The way of an introduction: recorded, moved step by step, landed with evidence, left, taken up again, linked.

All functions raise PermissionDenied, ValidationError with a message for the user, or StateConflict.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained, refuse_future
from projects.enums import MoneyKind
from projects.introductions.enums import UNDER_WAY, WAY, Landing, Step
from projects.introductions.models import Introduction
from projects.models import MoneyEvent, Project
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, Workflow, record

CHANGE: Final = "introductions.change_introduction"
#: Money that proves a landing: it was paid out.
PAID_OUT: Final = (MoneyKind.DISBURSED, MoneyKind.EQUITY_IN, MoneyKind.DEBT_IN)

FORWARD: Final = [Move(f"to_{later.value}", [step], later, CHANGE) for step, later in pairwise(WAY)]
BACK: Final = [Move(f"back_to_{step.value}", [later], step, CHANGE) for step, later in pairwise(UNDER_WAY)]
FLOW: Final = Workflow(
    Introduction,
    [
        *FORWARD,
        Move("decline", sources=UNDER_WAY, target=Step.DECLINED, permission=CHANGE),
        Move("lose", sources=UNDER_WAY, target=Step.LOST, permission=CHANGE),
        *BACK,
        Move("take_up", sources=[Step.DECLINED, Step.LOST], target=Step.CONTACTED, permission=CHANGE),
    ],
)
LAND: Final = f"to_{Step.LANDED.value}"
#: Moves whose reason stays on record.
WITH_REASON: Final = frozenset({"decline", "lose", "take_up", *(move.name for move in BACK)})


@transaction.atomic
def introduce(introduction: Introduction, *, by: User, effective_on: date) -> Introduction:
    """Put an introduction on record. An officer introduces to the own district, a secretary to the own committee."""
    refuse_future(effective_on)
    _save(introduction, by)
    record(introduction, move="introduce", by=by, effective_on=effective_on)
    return introduction


@transaction.atomic
def change(introduction: Introduction, *, by: User) -> Introduction:
    """Write what was changed; the user must be who keeps it before and after."""
    locked = _locked(introduction, by)
    # Where it stands is not the form's: it may have moved since the page was loaded.
    for name in ("state", "project_id", "landed_by", "landing_evidence", "landing_event_id"):
        setattr(introduction, name, getattr(locked, name))
    _save(introduction, by)
    return introduction


def _locked(introduction: Introduction, by: User) -> Introduction:
    locked: Introduction = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
    if not by.has_perm(CHANGE, locked):
        raise PermissionDenied
    return locked


def _save(introduction: Introduction, by: User) -> None:
    if not by.has_perm(CHANGE, introduction):
        raise ValidationError(_("Choose your own district or your own committee: others record theirs."))
    introduction.full_clean()
    with explained(Introduction):
        introduction.save()


def move(introduction: Introduction, name: str, *, by: User, effective_on: date, reason: str = "") -> Introduction:
    """Any move that takes no evidence of its own."""
    if name == LAND:
        raise ValidationError(_("A landing needs its evidence: write what proves it."))
    if name in WITH_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with _moving(introduction, name, by=by, effective_on=effective_on, reason=reason) as locked:
        pass
    return locked


def land(
    introduction: Introduction,
    *,
    by: User,
    effective_on: date,
    landed_by: str,
    evidence: str,
    event: MoneyEvent | None = None,
) -> Introduction:
    """The first verified disbursement or production. A disbursement names the project's payment where there is one."""
    if not evidence.strip():
        raise ValidationError({"evidence": _("A landing needs its evidence: write what proves it.")})
    with _moving(introduction, LAND, by=by, effective_on=effective_on) as locked:
        _check_event(locked, landed_by, event, by)
        locked.landed_by, locked.landing_evidence, locked.landing_event = landed_by, evidence, event
    return locked


def _check_event(locked: Introduction, landed_by: str, event: MoneyEvent | None, by: User) -> None:
    if landed_by != Landing.DISBURSEMENT or locked.project_id is None:
        if event is not None:
            raise ValidationError({"event": _("Only a disbursement of the linked project can prove a landing.")})
        return
    payments = MoneyEvent.objects.in_force().filter(project=locked.project_id, kind__in=PAID_OUT)
    # Whoever may not read the project's amounts cannot choose among them, and proves it by the evidence alone.
    if event is None and by.has_perm("projects.see_money", locked.project) and payments.exists():
        raise ValidationError({"event": _("Choose the payment of the project that proves the landing.")})
    if event is not None and not payments.filter(pk=event.pk).exists():
        raise ValidationError({"event": _("This is no payment of the linked project.")})


@contextmanager
def _moving(
    introduction: Introduction, name: str, *, by: User, effective_on: date, reason: str = ""
) -> Iterator[Introduction]:
    refuse_future(effective_on)
    with FLOW.moving(introduction, name, by=by, reason=reason, effective_on=effective_on) as locked:
        last = Transition.objects.of(locked).exclude(move="link").last()
        if last is not None and effective_on < last.effective_on:
            message = _("Choose a day from %(day)s on, when the present state was reached.")
            raise ValidationError({"effective_on": message % {"day": last.effective_on.isoformat()}})
        yield locked


@transaction.atomic
def link(introduction: Introduction, *, by: User, project: Project | None) -> Introduction:
    """Tie it to the project that came of it; None unties it, unless a payment of the project proves the landing."""
    locked = _locked(introduction, by)
    if project is not None and not by.has_perm("projects.view_project", project):
        raise ValidationError({"project": _("There is no such project, or you may not see it.")})
    if locked.landing_event is not None and locked.landing_event.project_id != (project.pk if project else None):
        raise ValidationError({"project": _("A payment of the linked project proves the landing: the link stands.")})
    before, locked.project = locked.project, project
    locked.save(update_fields=["project"])
    told = {"project": project.code if project else "", "before": before.code if before else ""}
    record(locked, move="link", source=locked.state, by=by, details=told)
    return locked
