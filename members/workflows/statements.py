"""What an organisation states about its ownership later on: it changed hands, or there is newer evidence.

Nothing counts until somebody else has checked it: then the verified ownership is reclassified from the stated day, or
keeps its type and gets the newer evidence. All raise PermissionDenied, or ValidationError with a message for the user;
deciding twice is a StateConflict.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.enums import StatementState
from members.models import Organisation, Ownership, OwnershipStatement
from members.workflows.claims import representatives
from members.workflows.merging import refuse_merged
from members.workflows.ownership import CONTENT
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.core.db import date_range
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    OwnershipStatement,
    [
        Move(
            name,
            sources=[StatementState.OPEN],
            target=target,
            permission="members.decide_statement",
            stamp="decided",
        )
        for name, target in (("accept", StatementState.ACCEPTED), ("refuse", StatementState.REFUSED))
    ],
)


@transaction.atomic
def state_ownership(organisation: Organisation, *, by: User, **said: Any) -> OwnershipStatement:
    """Put a statement on record (`type`, `controller`, `since`, `evidence`, `evidence_on`); reviewers are told.

    One that still waits is replaced by the new one: it keeps its place in the list.
    """
    if not by.has_perm("members.change_own_organisation", organisation):
        raise PermissionDenied
    refuse_merged(organisation)
    today = timezone.localdate()
    for name in ("since", "evidence_on"):
        if said[name] > today:
            raise ValidationError({name: _("The day lies in the future: choose today or an earlier day.")})
    waiting = OwnershipStatement.objects.waiting().select_for_update(of=("self",)).filter(organisation=organisation)
    made = waiting.first() or OwnershipStatement(organisation=organisation)
    made.made_by, made.made_at = by, timezone.now()
    for name, value in said.items():
        setattr(made, name, value)
    made.save()
    record(made, move="state", by=by, details={"type": made.type, "since": made.since.isoformat()})
    notify("ownership_stated", made, recipients=User.objects.with_role(Role.REVIEWER, ScopeKind.PLATFORM))
    return made


def accept(statement: OwnershipStatement, *, by: User, reason: str = "") -> OwnershipStatement:
    """The evidence bears it out: the ownership is verified as stated, from the stated day."""
    with FLOW.moving(statement, "accept", by=by, reason=reason) as locked:
        locked.decision_reason = reason
        _reclassify(locked, by=by)
        notify("ownership_statement_accepted", locked, recipients=representatives(locked.organisation))
    return locked


def refuse(statement: OwnershipStatement, *, by: User, reason: str) -> OwnershipStatement:
    """The evidence does not bear it out; the organisation reads why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the organisation will read it.")})
    with FLOW.moving(statement, "refuse", by=by, reason=reason) as locked:
        locked.decision_reason = reason
        notify("ownership_statement_refused", locked, recipients=representatives(locked.organisation))
    return locked


def _says_the_same(ownership: Ownership, statement: OwnershipStatement) -> bool:
    return (ownership.type, ownership.controller) == (statement.type, statement.controller)


def _reclassify(statement: OwnershipStatement, *, by: User) -> None:
    """Close what was on record from the day on, and write the stated ownership, verified.

    Where nothing but the evidence is new, the ownership keeps its first day, and the evidence holds from today.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=statement.organisation_id)
    facts = Ownership.objects.current().filter(organisation=organisation)
    running = facts.filter(valid__endswith__isnull=True).first()
    same = running if running and _says_the_same(running, statement) else None
    day: date = timezone.localdate() if same and same.verified_at else statement.since
    later = facts.filter(valid__overlap=date_range(day))
    kept = list(later.filter(valid__startswith__lt=day))
    content = {name: getattr(same, name) for name in CONTENT} if same else {}
    later.supersede(by=by, reason=str(_("Reclassified on a statement of the organisation")))
    for fact in kept:
        before = {name: getattr(fact, name) for name in (*CONTENT, "verified_by", "verified_at", "reason")}
        Ownership.objects.create(
            organisation=organisation, valid=date_range(fact.valid.lower, day), recorded_by=fact.recorded_by, **before
        )
    stated = {name: getattr(statement, name) for name in ("type", "controller", "evidence", "evidence_on")}
    made = Ownership.objects.create(
        organisation=organisation,
        valid=date_range(day),
        recorded_by=by,
        verified_by=by,
        verified_at=timezone.now(),
        **content | stated,
    )
    Transition.objects.create(
        subject_type=Organisation._meta.label_lower,
        subject_id=organisation.pk,
        move="reclassify",
        from_state="verified",
        to_state="verified",
        effective_on=day,
        by=by,
        details={"ownership": made.pk, "type": made.type},
    )
