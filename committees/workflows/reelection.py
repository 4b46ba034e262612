"""The way to the next term (换届): announced, its slate drawn up and closed, its result recorded (domain brief §1).

Every step is a transaction of its own, so the way can be left and taken up again. All functions raise PermissionDenied,
ValidationError with a message for the user, or StateConflict when somebody else went on first.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from committees.enums import CommitteeState, ReElectionState
from committees.models import Candidacy, Committee, Position, ReElection, Seat
from committees.workflows import appointments, committees
from committees.workflows.guards import explained, lock, refuse_future
from committees.workflows.lifecycle import Evidence
from committees.workflows.recordings import begin
from members.models import Person
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOLD: Final = "committees.hold_re_election"
OPEN: Final = (ReElectionState.ANNOUNCED, ReElectionState.NOMINATED)

flow: Workflow[ReElection] = Workflow(
    ReElection,
    [
        Move("draw_up", [ReElectionState.ANNOUNCED], ReElectionState.ANNOUNCED, HOLD),
        Move("close_slate", [ReElectionState.ANNOUNCED], ReElectionState.NOMINATED, HOLD),
        Move("reopen_slate", [ReElectionState.NOMINATED], ReElectionState.ANNOUNCED, HOLD),
        Move("record_result", [ReElectionState.NOMINATED], ReElectionState.HELD, HOLD),
        Move("call_off", OPEN, ReElectionState.CALLED_OFF, HOLD),
    ],
)


@transaction.atomic
def announce(committee: Committee, *, by: User, announced_on: date, assembly_on: date, announcement: str) -> ReElection:
    """Announce the re-election by a decision; an active committee is called to it. Members and officers are told."""
    locked = lock(committee)
    if not by.has_perm(HOLD, locked):
        raise PermissionDenied
    refuse_future(announced_on, "announced_on")
    if assembly_on < announced_on:
        raise ValidationError({"assembly_on": _("The assembly takes place after it was decided on.")})
    if locked.state == CommitteeState.ACTIVE:
        _refuse_before_last_step(locked, announced_on, "announced_on")
        committees.call_re_election(locked, by=by, effective_on=announced_on, document=announcement)
    elif locked.state != CommitteeState.RE_ELECTION_DUE:
        raise ValidationError(_("Only a committee at work holds a re-election."))
    with explained(ReElection):
        made = ReElection.objects.create(
            committee=locked, assembly_on=assembly_on, announced_on=announced_on, announcement=announcement
        )
    record(made, move="announce", by=by, effective_on=announced_on, details={"document": announcement})
    notify("re_election_announced", made, recipients=concerned(locked))
    return made


def draw_up(re_election: ReElection, *, by: User, slate: Mapping[Position, Collection[Seat]]) -> ReElection:
    """Write the slate as a whole: for each position the members that stand for it. Seats must be held today."""
    with flow.moving(re_election, "draw_up", by=by) as locked:
        wanted = {(position.pk, seat.pk) for position, seats in slate.items() for seat in seats}
        _refuse_strangers(locked.committee, wanted)
        present = {(each.position_id, each.seat_id): each.pk for each in locked.candidacies.all()}
        locked.candidacies.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
        Candidacy.objects.bulk_create(
            Candidacy(re_election=locked, position_id=position, seat_id=seat)
            for position, seat in sorted(wanted - present.keys())
        )
    return locked


def close_slate(re_election: ReElection, *, by: User) -> ReElection:
    """The slate stands; it can be opened again until the result is recorded."""
    with flow.moving(re_election, "close_slate", by=by) as locked:
        if not locked.candidacies.exists():
            raise ValidationError(_("Nobody stands for any office yet."))
    return locked


def reopen_slate(re_election: ReElection, *, by: User) -> ReElection:
    """The slate is drawn up again."""
    with flow.moving(re_election, "reopen_slate", by=by) as locked:
        pass
    return locked


def call_off(re_election: ReElection, *, by: User, reason: str) -> ReElection:
    """The re-election is not held; the committee still is due for one."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays on record.")})
    with flow.moving(re_election, "call_off", by=by, reason=reason) as locked:
        notify("re_election_called_off", locked, recipients=concerned(locked.committee), context={"reason": reason})
    return locked


def record_result(
    re_election: ReElection,
    *,
    by: User,
    elected_on: date,
    term_ends_on: date,
    minutes: str,
    elected: Mapping[Candidacy, Person | None],
) -> ReElection:
    """Record who was elected: the old term is frozen and its offices end, the new one opens with the new officers.

    `elected` names the candidacies and through which person each holds the office (None: the representative).
    """
    refuse_future(elected_on, "elected_on")
    if elected_on < re_election.announced_on:
        raise ValidationError({"elected_on": _("The election takes place after it was announced.")})
    if not elected:
        raise ValidationError(_("Say who was elected."))
    details = {"document": minutes, "term_ends_on": str(term_ends_on)}
    with flow.moving(re_election, "record_result", by=by, effective_on=elected_on, details=details) as locked:
        _refuse_too_many(locked, elected)
        evidence = Evidence(effective_on=elected_on, document=minutes, term_ends_on=term_ends_on)
        committee = _renewed(locked.committee, by, evidence)
        within = begin(committee, "elect", by=by, note=minutes)
        for candidacy, person in elected.items():
            appointments.appoint(
                candidacy.seat,
                candidacy.position,
                by=by,
                effective_on=elected_on,
                person=person,
                document=minutes,
                into=within,
            )
            Candidacy.objects.filter(pk=candidacy.pk).update(elected=True, person=person)
        locked.elected_on, locked.term_ends_on, locked.minutes = elected_on, term_ends_on, minutes
        locked.term = committee.terms.order_by("number").last()
        notify("re_election_held", locked, recipients=concerned(committee))
    return locked


def concerned(committee: Committee) -> "QuerySet[User]":
    """Who is told: representatives of the members of today, secretaries and chair."""
    members = Seat.objects.sitting().filter(committee=committee).values("organisation")
    grants = RoleGrant.objects.live().filter(
        Q(role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id__in=members)
        | Q(role__in=[Role.SECRETARY, Role.CHAIR], scope_kind=ScopeKind.COMMITTEE, scope_id=committee.pk)
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user_id"))


def _renewed(committee: Committee, by: User, evidence: Evidence) -> Committee:
    """The committee in its next term; a refusal names the fields of the result."""
    try:
        return committees.advance(committee, "re_elect", by=by, evidence=evidence)
    except ValidationError as error:
        raise _renamed(error, "elected_on") from error


def _refuse_before_last_step(committee: Committee, day: date, field: str) -> None:
    try:
        committees.refuse_before_last_step(committee, day)
    except ValidationError as error:
        raise _renamed(error, field) from error


def _renamed(error: ValidationError, field: str) -> ValidationError:
    """What is said of the effective day belongs to the day that this step asks for."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({field if name == "effective_on" else name: said for name, said in error.error_dict.items()})


def _refuse_strangers(committee: Committee, wanted: Collection[tuple[int, int]]) -> None:
    positions, seats = {position for position, _seat in wanted}, {seat for _position, seat in wanted}
    known = Position.objects.filter(committee=committee, pk__in=positions).count()
    sitting = Seat.objects.sitting().filter(committee=committee, pk__in=seats).count()
    if known < len(positions) or sitting < len(seats):
        raise ValidationError(_("Somebody on the slate has left the committee: load the page again."))


def _refuse_too_many(re_election: ReElection, elected: Collection[Candidacy]) -> None:
    """A candidacy of another election, or more elected than a position has places."""
    if any(candidacy.re_election_id != re_election.pk for candidacy in elected):
        raise PermissionDenied
    for position in {candidacy.position for candidacy in elected}:
        number = sum(candidacy.position_id == position.pk for candidacy in elected)
        if position.holders_max is not None and number > position.holders_max:
            message = _("%(position)s: %(count)s were elected, but there are only %(places)s places.")
            raise ValidationError(message % {"position": position, "count": number, "places": position.holders_max})
