"""A council votes on an application: `open_vote` → `cast` … → `close`, or `call_off`.

Who may vote is frozen when the vote is opened: council seats of that day, without those that are suspended, have no
vote, or stand with the applicant. Ballots and closing pass the vote's row one by one, so none is cast too late.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.conflicts import declared, represents_group
from committees.enums import COUNCIL, ApplicationState, BallotChoice, Decider, VoteOutcome, VoteState
from committees.models import (
    AdmissionProcedure,
    AdmissionVote,
    Application,
    Appointment,
    Ballot,
    Elector,
    SeatPeriod,
)
from committees.models.procedure import Voting
from members.groups import in_one_group
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, StateConflict, Workflow, record
from temp_portal.notifications.dispatch import notify

FRACTIONS = [field.name for field in Voting._meta.fields]

flow = Workflow(
    AdmissionVote,
    [
        Move(
            "close",
            sources=[VoteState.OPEN],
            target=VoteState.CLOSED,
            permission="committees.hold_vote",
            stamp="closed",
        ),
        Move(
            "call_off",
            sources=[VoteState.OPEN],
            target=VoteState.CALLED_OFF,
            permission="committees.call_off_vote",
            stamp="closed",
        ),
    ],
)


@transaction.atomic
def open_vote(application: Application, *, by: User) -> AdmissionVote:
    """Put the application to the council; its members are told.

    Raises PermissionDenied, StateConflict unless it waits for a decision, ValidationError when the secretary decides
    alone, nobody may vote, or a vote is open or has decided.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("committee", "organisation")
    locked: Application = rows.get(pk=application.pk)
    if not by.has_perm("committees.review_application", locked):
        raise PermissionDenied
    if locked.state != ApplicationState.SUBMITTED:
        raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())
    procedure = AdmissionProcedure.of(locked.committee)
    if procedure.decider != Decider.COUNCIL:
        raise ValidationError(_("In this committee the secretary decides; the settings can put it to the council."))
    last = latest(locked)
    if last is not None and (last.state == VoteState.OPEN or last.outcome in (VoteOutcome.CARRIED, VoteOutcome.LOST)):
        raise ValidationError(_("A vote on this application is open already, or has decided."))
    electors = _eligible(locked)
    if not electors:
        raise ValidationError(_("Nobody may vote: the council has no voting member without a conflict of interest."))
    settled = {name: getattr(procedure, name) for name in FRACTIONS}
    vote: AdmissionVote = AdmissionVote.objects.create(application=locked, opened_by=by, **settled)
    for elector in electors:
        elector.vote = vote
    Elector.objects.bulk_create(electors)
    record(vote, move="open", by=by)
    notify("vote_opened", vote, recipients=_people(electors))
    return vote


def latest(application: Application) -> AdmissionVote | None:
    """The last vote since the application was handed in; an earlier one was about another text."""
    votes = AdmissionVote.objects.filter(application=application).exclude(state=VoteState.CALLED_OFF)
    if application.submitted_at is not None:
        votes = votes.filter(opened_at__gte=application.submitted_at)
    found: AdmissionVote | None = votes.last()
    return found


def _eligible(application: Application) -> list[Elector]:
    today = timezone.localdate()
    appointments = (
        Appointment.objects.current()
        .on(today)
        .filter(position__committee=application.committee_id, position__code__in=COUNCIL, position__voting=True)
        .select_related("position", "seat__representative")
        .order_by("position__rank", "pk")
    )
    voting = _voting_seats(application.committee_id, today)
    offices: dict[int, Appointment] = {}
    for each in appointments:
        if each.seat_id in voting:
            offices.setdefault(each.seat_id, each)
    partial = in_one_group(application.organisation, {each.seat.organisation_id for each in offices.values()})
    return [
        Elector(seat=each.seat, person_id=each.person_id or each.seat.representative_id, office=each.position.code)
        for each in offices.values()
        if each.seat.organisation_id not in partial
    ]


def _voting_seats(committee_id: int, day: date) -> set[int]:
    """Seats that have a vote on a day: suspended members and observers have none."""
    periods = SeatPeriod.objects.current().on(day).filter(seat__committee=committee_id, voting=True, suspended=False)
    return set(periods.values_list("seat_id", flat=True))


def _people(electors: Iterable[Elector]) -> "QuerySet[User]":
    people = [each.person_id for each in electors if each.person_id]
    return User.objects.filter(is_active=True, person__in=people)


@transaction.atomic
def cast(elector: Elector, *, by: User, choice: str, document: str = "") -> Ballot:
    """Record what an elector says: himself online, or the secretary out of the minutes, which are then named.

    Until the vote is closed it may be changed. Raises PermissionDenied, ValidationError, StateConflict after closing.
    """
    vote = AdmissionVote.objects.select_for_update(of=("self",)).get(pk=elector.vote_id)
    chosen = Elector.objects.select_related("person", "vote__application__organisation").get(pk=elector.pk)
    is_own = chosen.person is not None and chosen.person.user_id == by.pk
    if not is_own and not by.has_perm("committees.hold_vote", vote):
        raise PermissionDenied
    flow.require(vote, "close")
    if is_own and (represents_group(by, vote.application) or declared(by, vote.application)):
        raise PermissionDenied(_("You have a conflict of interest: you cannot vote on this application."))
    if choice not in BallotChoice:
        raise ValidationError({"choice": _("Choose yes, no or abstention.")})
    if not is_own and not document.strip():
        raise ValidationError({"document": _("Name the minutes in which this vote stands.")})
    said = {"choice": choice, "document": document.strip(), "cast_by": by, "cast_at": timezone.now()}
    ballot, _created = Ballot.objects.update_or_create(elector=chosen, defaults=said)
    return ballot


def close(vote: AdmissionVote, *, by: User, document: str = "") -> AdmissionVote:
    """Count the ballots; what comes out binds the secretary. Of two who close, the second gets StateConflict."""
    with flow.moving(vote, "close", by=by) as locked:
        locked.document = document
        locked.outcome = VoteOutcome(locked.procedure.outcome(locked.tally()))
        notify("vote_closed", locked, recipients=_secretaries(locked, by))
    return locked


def call_off(vote: AdmissionVote, *, by: User, reason: str) -> AdmissionVote:
    """End the vote without a result."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the vote is called off.")})
    with flow.moving(vote, "call_off", by=by, reason=reason) as locked:
        pass
    return locked


def end_open_vote(application: Application, *, by: User, reason: str) -> None:
    """The application leaves the council's hands: a vote that is open on it ends without a result.

    For workflows of the application, which have checked who acts and hold its lock.
    """
    rows = AdmissionVote.objects.select_for_update(of=("self",))
    vote = rows.filter(application=application, state=VoteState.OPEN).first()
    if vote is None:
        return
    vote.state, vote.closed_at, vote.closed_by = VoteState.CALLED_OFF, timezone.now(), by
    vote.save()
    record(vote, move="call_off", source=VoteState.OPEN, by=by, reason=reason)


def refuse_without(application: Application, outcome: VoteOutcome) -> None:
    """In a committee whose council decides, the last vote must have ended so."""
    if AdmissionProcedure.of(application.committee).decider != Decider.COUNCIL:
        return
    vote = latest(application)
    if vote is None or vote.outcome != outcome:
        wanted = VoteOutcome(outcome).label
        message = _("The council decides in this committee: there is no closed vote with the outcome “%(outcome)s”.")
        raise ValidationError(message % {"outcome": wanted})


def _secretaries(vote: AdmissionVote, by: User) -> "QuerySet[User]":
    own = User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, vote.application.committee_id)
    found: QuerySet[User] = own.exclude(pk=by.pk)
    return found
