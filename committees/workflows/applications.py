"""From draft to decision. Of two deciders one wins; the other gets StateConflict naming who did.

The story of one application: `create_draft` → `save_draft` → `submit` → (`return_for_completion` → `submit`) →
`approve` (which gives the seat) or `reject`; `withdraw` at any time before.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.completeness import missing
from committees.enums import (
    OPEN_APPLICATION_STATES,
    SHARED_SECTIONS,
    ApplicationSection,
    ApplicationState,
    ReasonKind,
    VoteOutcome,
)
from committees.models import AdmissionProcedure, Application, Committee, QuestionSet, Seat
from committees.rules import is_working
from committees.workdays import add_working_days, calendar_after
from committees.workflows import conditions, letters, parts, remarks, seats, votes
from committees.workflows.conditions import Demand
from committees.workflows.parts import ANSWERS, Saved
from committees.workflows.remarks import Asked
from committees.workflows.wording import Wording
from members.models import Organisation
from members.workflows import declare_ownership, refuse_merged, save_own_industries
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

# A rejected applicant may apply again after half a year (brief §1, membership life cycle).
REFILE_AFTER_DAYS = 183

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
def create_draft(committee: Committee, organisation: Organisation, *, by: User) -> Application:
    """Begin an application, or return the open one. Raises PermissionDenied or ValidationError."""
    if not by.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise PermissionDenied
    # Serialises two tabs of one enterprise: the second finds the first one's draft.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    earlier = Application.objects.filter(committee=committee, organisation=organisation)
    if found := earlier.filter(state__in=OPEN_APPLICATION_STATES).first():
        return found
    refuse_merged(organisation)
    _refuse_closed(committee)
    _refuse_member(committee, organisation)
    _refuse_rejected_of_late(earlier)
    application = Application.objects.create(
        committee=committee,
        organisation=organisation,
        industry_codes=organisation.industry_codes,
        question_set=QuestionSet.objects.asked_now().filter(committee=committee).first(),
        created_by=by,
    )
    record(application, move="create", by=by)
    return application


@transaction.atomic
def save_draft(application: Application, *, by: User, **answers: Any) -> Application:
    """Write answers (columns, see `parts.COLUMNS`) into an application that its organisation still holds.

    Raises PermissionDenied, StateConflict once it is out of the organisation's hands.
    """
    for part, columns in parts.COLUMNS.items():
        values = {name: answers[name] for name in columns if name in answers}
        if values:
            save_part(application, part, values, by=by)
    application.refresh_from_db()
    return application


@transaction.atomic
def save_part(
    application: Application,
    part: ApplicationSection,
    values: dict[str, Any],
    *,
    by: User,
    version: int | None = None,
    tab: str = "",
) -> Saved:
    """Write the fields of one part; a part that several drafts share is written into all of them.

    `version`: of the part as the writer read it. What somebody else has changed since is not overwritten but returned,
    see `parts.write`. Raises PermissionDenied, StateConflict once it is out of the organisation's hands.
    """
    held = held_together(application) if part in SHARED_SECTIONS else []
    held = held or [Application.objects.select_for_update(of=("self",)).get(pk=application.pk)]
    for each in held:
        if not by.has_perm("committees.edit_application", each):
            raise PermissionDenied
        flow.require(each, "submit")
    return parts.write(held, part, values, by=by, version=version, tab=tab)


def held_together(application: Application) -> list[Application]:
    """The application, still a draft, and the drafts begun with it, locked; empty once it is no draft."""
    if application.bundle_id is None:
        return []
    drafts = Application.objects.filter(bundle=application.bundle_id, state=ApplicationState.DRAFT).order_by("pk")
    held = list(drafts.select_for_update(of=("self",)))
    own = [each for each in held if each.pk == application.pk]
    return own and [*own, *(each for each in held if each.pk != application.pk)]


def submit(application: Application, *, by: User) -> Application:
    """Hand the application in: it gets its number and its clock, and the committee's secretaries are told.

    What it says of the ownership is put on record as declared. Raises ValidationError while a part is missing,
    StateConflict when it was submitted or decided meanwhile.
    """
    details: dict[str, Any] = {}
    with flow.moving(application, "submit", by=by, details=details) as locked:
        refuse_merged(locked.organisation, locked.representative)
        _refuse_closed(locked.committee)
        _refuse_incomplete(locked)
        details["answers"] = answers_of(locked)
        locked.number = locked.number or _next_number()
        _start_clock(locked)
        details["due_on"] = locked.due_on and locked.due_on.isoformat()
        locked.return_note = ""
        declare_ownership(
            locked.organisation,
            by=by,
            ownership_type=locked.ownership_type,
            controller=locked.controller,
            since=locked.ownership_since,
            evidence=locked.ownership_evidence,
        )
        save_own_industries(locked.organisation, locked.industry_codes, by=by)
        notify("application_submitted", locked, recipients=_secretaries(locked.committee))
        notify("application_received", locked, recipients=_representatives(locked.organisation))
    return locked


def _start_clock(application: Application) -> None:
    """All the committee's working days the first time; after a return those that were left."""
    if application.clock_days is None:
        application.clock_days = AdmissionProcedure.of(application.committee).decision_days
    application.due_on = due_if_submitted(application)
    application.days_left = None


def due_if_submitted(application: Application) -> date:
    """The day by which it is decided if it is handed in today."""
    days = application.clock_days if application.days_left is None else application.days_left
    if days is None:
        days = AdmissionProcedure.of(application.committee).decision_days
    return add_working_days(timezone.localdate(), days)


def _stop_clock(application: Application) -> None:
    today = timezone.localdate()
    due_on = application.due_on or today
    application.days_left = max(calendar_after(min(today, due_on)).count(today, due_on), 0)


def answers_of(application: Application) -> dict[str, Any]:
    """What the application says, for the record of each submission."""
    answers = {name: getattr(application, name) for name in ANSWERS if name != "representative"}
    answers["ownership_since"] = application.ownership_since and application.ownership_since.isoformat()
    documents = [each.document_id for each in application.attached.order_by("pk")]
    given = {each.question.field: each.value for each in application.given_answers.select_related("question")}
    return answers | {"representative": application.representative_id, "documents": documents} | given


def return_for_completion(
    application: Application,
    *,
    by: User,
    note: str = "",
    reasons: Collection[str] = (),
    language: str = "",
    questions: Sequence[Asked] = (),
    also_in: Collection[str] = (),
) -> Application:
    """Give the application back with what is missing; its clock stops until it comes again.

    reasons: codes out of the list; language: of `note` and `questions`, the writer's own without one; also_in: further
    languages of the letter. Raises ValidationError without a word: the enterprise must know what to do.
    """
    wording = Wording.of(ReasonKind.RETURN, reasons, note, language or by.language)
    if not wording and not questions:
        raise ValidationError({"reason": _("Say what is missing: the enterprise will read it.")})
    plain = wording.plain(letters.language_of(application)) or "\n".join(each.text for each in questions)
    with flow.moving(application, "return", by=by, reason=plain) as locked:
        locked.return_note = plain
        _stop_clock(locked)
        votes.end_open_vote(locked, by=by, reason=plain)
        asked = remarks.ask(locked, questions, by=by, language=wording.language)
        letters.send(locked, letters.returned(wording, asked), by=by, also_in=also_in)
        notify("application_returned", locked, recipients=_representatives(locked.organisation))
    return locked


def approve(
    application: Application,
    *,
    by: User,
    effective_on: date,
    document: str = "",
    reason: str = "",
    language: str = "",
    functional_role: str = "",
    voting: bool = True,
    demands: Sequence[Demand] = (),
    also_in: Collection[str] = (),
) -> Application:
    """Approve and give the seat from `effective_on`, in one transaction.

    demands: conditions; they, and `reason`, are written in `language`, the writer's own without one. Raises
    ValidationError when the committee admits nobody, the organisation has a seat or the council has not voted in
    favour; StateConflict to the second of two deciders.
    """
    with flow.moving(application, "approve", by=by, reason=reason, effective_on=effective_on) as locked:
        _refuse_closed(locked.committee)
        votes.refuse_without(locked, VoteOutcome.CARRIED)
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
        wording = Wording(text=reason.strip(), language=language or by.language)
        set_by = conditions.set_conditions(locked, demands, wording.language)
        remarks.settle_all(locked)
        letters.send(locked, letters.approved(wording, set_by, effective_on), by=by, also_in=also_in)
        notify("application_approved", locked, recipients=_representatives(locked.organisation))
    return locked


def reject(
    application: Application,
    *,
    by: User,
    reason: str = "",
    reasons: Collection[str] = (),
    language: str = "",
    also_in: Collection[str] = (),
) -> Application:
    """Reject; a reason is compulsory and goes to the enterprise. Raises ValidationError without one, and while the
    council has not voted against.
    """
    wording = Wording.of(ReasonKind.REJECT, reasons, reason, language or by.language)
    if not wording:
        raise ValidationError({"reason": _("Give the reason: the enterprise will read it.")})
    plain = wording.plain(letters.language_of(application))
    with flow.moving(application, "reject", by=by, reason=plain) as locked:
        votes.refuse_without(locked, VoteOutcome.LOST)
        locked.decision_reason = plain
        remarks.settle_all(locked)
        letters.send(
            locked,
            letters.rejected(wording, timezone.localdate() + timedelta(days=REFILE_AFTER_DAYS)),
            by=by,
            also_in=also_in,
        )
        notify("application_rejected", locked, recipients=_representatives(locked.organisation))
    return locked


def withdraw(application: Application, *, by: User, reason: str = "") -> Application:
    """The enterprise takes its application back; its secretaries are told unless it was still a draft."""
    with flow.moving(application, "withdraw", by=by, reason=reason) as locked:
        locked.number = locked.number or _next_number()
        votes.end_open_vote(locked, by=by, reason=reason)
        if locked.submitted_at:
            notify("application_withdrawn", locked, recipients=_secretaries(locked.committee))
    return locked


def again_from(application: Application) -> date | None:
    """The day from which the organisation may apply to the committee again; None unless this one was rejected."""
    if application.state != ApplicationState.REJECTED or application.decided_at is None:
        return None
    return timezone.localdate(application.decided_at) + timedelta(days=REFILE_AFTER_DAYS)


def _next_number() -> str:
    """The next number of the year, from a sequence: unique, gaps allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('committees_application_number')")
        (serial,) = cursor.fetchone()
    return f"A-{timezone.localdate().year}-{serial:05d}"


def _refuse_closed(committee: Committee) -> None:
    if not is_working(None, committee):
        raise ValidationError(_("This committee does not take applications at present."))


def _refuse_member(committee: Committee, organisation: Organisation) -> None:
    same = Organisation.objects.same_as(organisation)
    if Seat.objects.sitting().filter(committee=committee, organisation__in=same).exists():
        raise ValidationError(_("The organisation is a member of this committee already."))


def _refuse_rejected_of_late(earlier: QuerySet[Application]) -> None:
    rejected = earlier.filter(state=ApplicationState.REJECTED).order_by("decided_at").last()
    again = rejected and again_from(rejected)
    if again and timezone.localdate() < again:
        message = _("An application of this organisation was rejected. It can apply again from %(day)s.")
        raise ValidationError(message % {"day": again.isoformat()})


def _refuse_incomplete(application: Application) -> None:
    if sections := missing(application):
        names = ", ".join(str(section.label) for section in sections)
        raise ValidationError(_("Still to be completed: %(sections)s.") % {"sections": names})


def _secretaries(committee: Committee) -> "QuerySet[User]":
    return User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, committee.pk)


def _representatives(organisation: Organisation) -> "QuerySet[User]":
    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, organisation.pk)
