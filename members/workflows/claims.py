"""From the wish to represent an organisation of the register to the Secretariat's answer."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.enums import ClaimState
from members.models import Claim, Organisation
from members.workflows.merging import refuse_merged
from members.workflows.people import make_representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

flow = Workflow(
    Claim,
    [
        Move(
            "confirm",
            sources=[ClaimState.OPEN],
            target=ClaimState.CONFIRMED,
            permission="members.decide_claim",
            stamp="decided",
        ),
        Move(
            "refuse",
            sources=[ClaimState.OPEN],
            target=ClaimState.REFUSED,
            permission="members.decide_claim",
            stamp="decided",
        ),
    ],
)


@transaction.atomic
def claim_organisation(organisation: Organisation, *, by: User, post: str, statement: str) -> Claim:
    """Ask to represent an organisation of the register; the Secretariat and its representatives are told.

    Raises ValidationError when `by` represents it already. A claim that still waits is returned as it is.
    """
    # Two tabs of one person meet on the organisation's row.
    refuse_merged(organisation)
    if by.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise ValidationError(_("You represent this organisation already."))
    waiting = Claim.objects.waiting().filter(organisation=organisation, user=by).first()
    if waiting is not None:
        return waiting
    made = Claim.objects.create(organisation=organisation, user=by, post=post, statement=statement)
    record(made, move="create", by=by)
    notify("claim_made", made, recipients=secretariat())
    notify("claim_made_on_yours", made, recipients=representatives(organisation))
    return made


def confirm_claim(claim: Claim, *, by: User, reason: str = "") -> Claim:
    """The person is the organisation's representative from today. Raises PermissionDenied, StateConflict."""
    with flow.moving(claim, "confirm", by=by, reason=reason) as locked:
        locked.decision_reason = reason
        if not locked.user.has_role_on(ScopeKind.ORGANISATION, locked.organisation_id, Role.REPRESENTATIVE):
            make_representative(locked.organisation, locked.user, by=by, post=locked.post)
        notify("claim_confirmed", locked, recipients=[locked.user])
    return locked


def refuse_claim(claim: Claim, *, by: User, reason: str) -> Claim:
    """Say no; the person reads the reason. Raises ValidationError without one, PermissionDenied, StateConflict."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the person will read it.")})
    with flow.moving(claim, "refuse", by=by, reason=reason) as locked:
        locked.decision_reason = reason
        notify("claim_refused", locked, recipients=[locked.user])
    return locked


def secretariat() -> "QuerySet[Any]":
    """Active users of the Secretariat's staff."""
    return User.objects.with_role(Role.STAFF, ScopeKind.PLATFORM)


def representatives(organisation: Organisation) -> "QuerySet[Any]":
    """Active users who act for the organisation today."""
    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, organisation.pk)
