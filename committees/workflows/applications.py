"""From draft to decision. Of two deciders one wins; the other gets StateConflict naming who did.

The story of one application: `create_draft` → `save_draft` → `submit` → (`return_for_completion` → `submit`) →
`approve` (which gives the seat) or `reject`; `withdraw` at any time before.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import ApplicationState
from committees.models import Application, Committee, Seat
from committees.rules import is_working
from committees.workdays import add_working_days
from committees.workflows import seats
from members.models import Organisation
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

DECISION_WORKING_DAYS = 20

flow = Workflow(
    Application,
    [
        Move(
            "submit",
            sources=[ApplicationState.DRAFT, ApplicationState.RETURNED],
            target=ApplicationState.SUBMITTED,
            permission="committees.submit_application",
            stamp="submitted",
        ),
        Move(
            "return",
            sources=[ApplicationState.SUBMITTED],
            target=ApplicationState.RETURNED,
            permission="committees.return_application",
        ),
        Move(
            "approve",
            sources=[ApplicationState.SUBMITTED],
            target=ApplicationState.APPROVED,
            permission="committees.decide_application",
            stamp="decided",
        ),
        Move(
            "reject",
            sources=[ApplicationState.SUBMITTED],
            target=ApplicationState.REJECTED,
            permission="committees.decide_application",
            stamp="decided",
        ),
        Move(
            "withdraw",
            sources=[ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.RETURNED],
            target=ApplicationState.WITHDRAWN,
            permission="committees.withdraw_application",
        ),
    ],
)


@transaction.atomic
def create_draft(committee: Committee, organisation: Organisation, *, by: "User") -> Application:
    """Begin an application, or return the open one. Raises PermissionDenied or ValidationError."""
    if not by.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise PermissionDenied
    if not is_working(by, committee):
        raise ValidationError(_("This committee does not take applications at present."))
    # Serialises two tabs of one enterprise: the second finds the first one's draft.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if Seat.objects.sitting().filter(committee=committee, organisation=organisation).exists():
        raise ValidationError(_("The organisation is a member of this committee already."))
    open_states = [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.RETURNED]
    existing = Application.objects.filter(committee=committee, organisation=organisation, state__in=open_states)
    if found := existing.first():
        return found
    application = Application.objects.create(committee=committee, organisation=organisation, created_by=by)
    record(application, move="create", by=by)
    return application


@transaction.atomic
def save_draft(application: Application, *, by: "User", **answers: Any) -> Application:
    """Write answers into an application that its organisation still holds. Raises PermissionDenied, StateConflict."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not by.has_perm("committees.edit_application", locked):
        raise PermissionDenied
    flow.require(locked, "submit")
    for name, value in answers.items():
        setattr(locked, name, value)
    locked.save()
    return locked


def submit(application: Application, *, by: "User") -> Application:
    """Hand the application in: it gets its number and its clock, and the committee's secretaries are told."""
    with flow.moving(application, "submit", by=by) as locked:
        if not is_working(by, locked.committee):
            raise ValidationError(_("This committee does not take applications at present."))
        locked.number = locked.number or _next_number()
        locked.due_on = add_working_days(timezone.localdate(), DECISION_WORKING_DAYS)
        locked.return_note = ""
        notify("application_submitted", locked, recipients=_secretaries(locked.committee))
        notify("application_received", locked, recipients=_representatives(locked.organisation))
    return locked


def return_for_completion(application: Application, *, by: "User", note: str) -> Application:
    """Give the application back with what is missing; its clock stops until it comes again."""
    with flow.moving(application, "return", by=by, reason=note) as locked:
        locked.return_note = note
        notify("application_returned", locked, recipients=_representatives(locked.organisation))
    return locked


def approve(
    application: Application,
    *,
    by: "User",
    effective_on: date,
    document: str = "",
    reason: str = "",
    functional_role: str = "",
    voting: bool = True,
) -> Application:
    """Approve and give the seat from `effective_on`, in one transaction."""
    with flow.moving(application, "approve", by=by, reason=reason, effective_on=effective_on) as locked:
        locked.effective_on = effective_on
        locked.decision_reason = reason
        locked.seat = seats.admit(
            locked.committee,
            locked.organisation,
            by=by,
            effective_on=effective_on,
            functional_role=functional_role,
            chain_role=locked.chain_role,
            voting=voting,
            representative=locked.representative,
            document=document,
            reason=reason,
        )
        notify("application_approved", locked, recipients=_representatives(locked.organisation))
    return locked


def reject(application: Application, *, by: "User", reason: str) -> Application:
    """Reject; a reason is compulsory and goes to the enterprise. Raises ValidationError without one."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the enterprise will read it.")})
    with flow.moving(application, "reject", by=by, reason=reason) as locked:
        locked.decision_reason = reason
        notify("application_rejected", locked, recipients=_representatives(locked.organisation))
    return locked


def withdraw(application: Application, *, by: "User", reason: str = "") -> Application:
    """The enterprise takes its application back; its secretaries are told unless it was still a draft."""
    with flow.moving(application, "withdraw", by=by, reason=reason) as locked:
        locked.number = locked.number or _next_number()
        if locked.submitted_at:
            notify("application_withdrawn", locked, recipients=_secretaries(locked.committee))
    return locked


def _next_number() -> str:
    """The next number of the year, from a sequence: unique, gaps allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('committees_application_number')")
        (serial,) = cursor.fetchone()
    return f"A-{timezone.localdate().year}-{serial:05d}"


def _secretaries(committee: Committee) -> Any:
    from temp_portal.accounts.models import User

    return User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, committee.pk)


def _representatives(organisation: Organisation) -> Any:
    from temp_portal.accounts.models import User

    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, organisation.pk)
