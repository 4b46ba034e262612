"""Matches: asked for or introduced by a human, moved on to the delivery, failed or dismissed with a reason.

All functions raise PermissionDenied, ValidationError with a message for the user, or StateConflict. Both sides are told
of every move from the introduction on.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.workflows.guards import explained, refuse_future
from committees.workflows.telling import acting_for
from projects.enums import ParticipantRole, Stage, Visibility
from projects.matching.enums import IN_MOTION, ListingState, MatchState
from projects.matching.models import Capability, Demand, Match
from projects.matching.suggestions import suggestions_for
from projects.models import Project
from projects.workflows import participants, projects
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

MOVE: Final = "matching.move_match"
FLOW: Final = Workflow(
    Match,
    [
        Move("introduce", [MatchState.SUGGESTED], MatchState.INTRODUCED, MOVE),
        Move("sample", [MatchState.INTRODUCED], MatchState.SAMPLE, MOVE),
        Move("quote", [MatchState.INTRODUCED, MatchState.SAMPLE], MatchState.QUOTED, MOVE),
        Move("contract", [MatchState.QUOTED], MatchState.CONTRACTED, MOVE),
        Move("deliver", [MatchState.CONTRACTED], MatchState.DELIVERED, MOVE),
        Move("fail", IN_MOTION, MatchState.FAILED, MOVE),
        Move("dismiss", [MatchState.SUGGESTED], MatchState.DISMISSED, MOVE),
    ],
)
WITH_REASON: Final = frozenset({"fail", "dismiss"})
#: Moves that write more than the state, each by a function of its own.
WITH_DETAILS: Final = frozenset({"quote", "contract"})


@transaction.atomic
def suggest(demand: Demand, capability: Capability, *, by: User, effective_on: date | None = None) -> Match:
    """Keep a suggestion, with the score and the reasons that the user saw; it waits for a human to introduce both."""
    match = Match(demand=demand, capability=capability, created_by=by)
    if not by.has_perm("matching.suggest_match", match):
        raise PermissionDenied
    for listing in (demand, capability):
        if listing.state != ListingState.PUBLISHED:
            raise ValidationError(_("Only what is published is matched."))
    if demand.organisation_id == capability.organisation_id:
        raise ValidationError(_("An organisation is not matched with itself."))
    found = next(iter(suggestions_for(demand, by, only=capability.pk)), None)
    if found is not None:
        match.score, match.reasons = found.score, [each.code for each in found.reasons]
    with explained(Match):
        match.save()
    record(match, move="suggest", by=by, effective_on=effective_on)
    return match


@transaction.atomic
def introduce_now(demand: Demand, capability: Capability, *, by: User, effective_on: date, reason: str = "") -> Match:
    """Confirm a suggestion and introduce both sides in one act."""
    match = suggest(demand, capability, by=by, effective_on=effective_on)
    return move(match, "introduce", by=by, effective_on=effective_on, reason=reason)


@transaction.atomic
def dismiss_now(demand: Demand, capability: Capability, *, by: User, effective_on: date, reason: str) -> Match:
    """Dismiss a suggestion: it stays away."""
    match = suggest(demand, capability, by=by, effective_on=effective_on)
    return move(match, "dismiss", by=by, effective_on=effective_on, reason=reason)


@transaction.atomic
def move(match: Match, name: str, *, by: User, effective_on: date, reason: str = "") -> Match:
    """Any move that writes the state only."""
    if name in WITH_DETAILS:
        raise ValidationError(_("This move needs its price or its contract."))
    if name in WITH_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    return _moved(match, name, {}, by=by, effective_on=effective_on, reason=reason)


@transaction.atomic
def quote(match: Match, *, by: User, effective_on: date, price: Decimal, currency: str, reason: str = "") -> Match:
    """Record the manufacturer's quotation for a unit."""
    values = {"quoted_price": price, "quoted_currency": currency}
    return _moved(match, "quote", values, by=by, effective_on=effective_on, reason=reason)


@transaction.atomic
def contract(
    match: Match,
    *,
    by: User,
    effective_on: date,
    value: Decimal,
    currency: str,
    document: str,
    committee: Committee,
    code: str,
) -> Match:
    """Record the contract. It becomes a project of the committee in S1, with both sides taking part."""
    contracted = {"contract_value": value, "contract_currency": currency, "contract_document": document}
    return _moved(match, "contract", contracted, by=by, effective_on=effective_on, project_of=(committee, code))


def _moved(
    match: Match,
    name: str,
    values: dict[str, Any],
    *,
    by: User,
    effective_on: date,
    reason: str = "",
    project_of: tuple[Committee, str] | None = None,
) -> Match:
    refuse_future(effective_on)
    with FLOW.moving(match, name, by=by, reason=reason, effective_on=effective_on) as locked:
        last = Transition.objects.of(locked).last()
        if last is not None and last.from_state and effective_on < last.effective_on:
            message = _("Choose a day from %(day)s on, when the present state was reached.")
            raise ValidationError({"effective_on": message % {"day": last.effective_on.isoformat()}})
        for column, value in values.items():
            setattr(locked, column, value)
        if project_of is not None:
            locked.project = _project(locked, *project_of, by=by, since=effective_on)
    if name != "dismiss":
        _tell(locked, reason)
    return locked


def _project(match: Match, committee: Committee, code: str, *, by: User, since: date) -> Project:
    """The project that a contract becomes, through the workflow that makes every project."""
    if Project.objects.filter(code__iexact=code).exists():
        raise ValidationError({"code": _("There is a project with this code already.")})
    demand, maker = match.demand, match.capability.organisation
    titles = {
        f"title_{language}": text
        for language in ("en", "zh_hans", "ru")
        if (text := getattr(demand, f"product_{language}"))
    }
    project = projects.create(
        by=by,
        code=code,
        committees=[committee],
        countries=[demand.country.code],
        lead=maker,
        stage=Stage.S1,
        since=since,
        visibility=Visibility.COMMITTEE,
        **titles,
    )
    members = [
        participants.Member(ParticipantRole.LEAD, maker),
        participants.Member(ParticipantRole.RECIPIENT, demand.organisation),
    ]
    seen = participants.version(project)
    return participants.save(project, members, by=by, seen=seen, is_consortium=False)


def _tell(match: Match, reason: str) -> None:
    sides = {match.demand.organisation_id, match.capability.organisation_id}
    notify("match_moved", match, recipients=acting_for(sides), context={"reason": reason})
