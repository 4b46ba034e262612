"""From the wish to represent an organisation of the register to the answer of its people, or of the Secretariat."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.enums import ClaimState
from members.informing import refuse_self_registration
from members.models import Claim, Organisation
from members.workflows.merging import refuse_merged
from members.workflows.people import make_representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: How many organisations one account may ask for at a time. Nobody needs more; who tries the register out does.
MOST_WAITING = 5

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
        Move(
            "withdraw",
            sources=[ClaimState.OPEN],
            target=ClaimState.WITHDRAWN,
            permission="members.withdraw_claim",
            stamp="decided",
        ),
    ],
)


@transaction.atomic
def claim_organisation(organisation: Organisation, *, by: User, post: str, statement: str) -> Claim:
    """Ask to represent an organisation of the register: its representatives are asked, the Secretariat if it has none.

    Raises ValidationError when `by` represents it already or has too many claims waiting, or in a country where people
    do not put themselves on record. A claim that still waits is returned as it is.
    """
    # Two tabs of one person meet on the organisation's row.
    refuse_merged(organisation)
    refuse_self_registration(organisation.country.code or "")
    if by.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise ValidationError(_("You represent this organisation already."))
    waiting = {claim.organisation_id: claim for claim in Claim.objects.waiting().filter(user=by)}
    if organisation.pk in waiting:
        return waiting[organisation.pk]
    if len(waiting) >= MOST_WAITING:
        raise ValidationError(_("Too many claims of yours wait for an answer. Withdraw one, or wait."))
    made = Claim.objects.create(organisation=organisation, user=by, post=post, statement=statement)
    record(made, move="create", by=by)
    own_people = representatives(organisation)
    if own_people.exists():
        notify("claim_made_on_yours", made, recipients=own_people)
    else:
        notify("claim_made", made, recipients=secretariat())
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


def withdraw_claim(claim: Claim, *, by: User) -> Claim:
    """The claimant takes the claim back. Raises PermissionDenied, StateConflict."""
    with flow.moving(claim, "withdraw", by=by) as locked:
        return locked


def pass_overdue_claims_on() -> None:
    """Tell the Secretariat, once a claim, of those that the organisations' own people left unanswered."""
    for claim in Claim.objects.overdue().with_names():
        notify("claim_overdue", claim, recipients=secretariat(), key=f"claim_overdue:{claim.pk}")


def secretariat() -> "QuerySet[Any]":
    """Active users of the Secretariat's staff."""
    return User.objects.with_role(Role.STAFF, ScopeKind.PLATFORM)


def representatives(organisation: Organisation) -> "QuerySet[Any]":
    """Active users who act for the organisation today."""
    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, organisation.pk)
