"""Admission: one organisation, or many in a fixed number of statements, by the same checks under one lock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from committees.enums import ROLE_OF_GROUP, FunctionalRole, SeatEntry
from committees.models import Committee, Seat, SeatPeriod
from committees.workflows.guards import explained, lock, refuse_future, refuse_read_only
from committees.workflows.recordings import begin
from committees.workflows.trail import seat_transition
from members.models import Organisation, Ownership, Person
from members.workflows import merged_among
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import DateRange, date_range

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Admission:
    """Who gets a seat, from which day, with which particulars, by which decision.

    Without a functional role it is the one that the organisation's ownership suggests.
    """

    organisation: Organisation
    effective_on: date
    functional_role: str = ""
    chain_role: str = ""
    voting: bool = True
    representative: Person | None = None
    document: str = ""
    reason: str = ""


def default_role(organisation: Organisation, day: date) -> FunctionalRole:
    """The functional role that the organisation's ownership on `day` suggests (brief §2, seed model)."""
    return _default_roles([Admission(organisation, day)])[organisation.pk]


def admit(
    committee: Committee, organisation: Organisation, *, by: "User", into: Recording | None = None, **particulars: Any
) -> Seat:
    """Give the organisation a seat from `effective_on`; refused if it has one on these days already.

    `particulars`: fields of Admission. Raises PermissionDenied or ValidationError.
    """
    seats, refusals = admit_many(committee, {0: Admission(organisation, **particulars)}, by=by, into=into)
    if refusals:
        raise refusals[0]
    return seats[0]


@transaction.atomic
def admit_many(
    committee: Committee, admissions: Mapping[K, Admission], *, by: "User", into: Recording | None = None
) -> tuple[dict[K, Seat], dict[K, ValidationError]]:
    """Give each a seat, as one recording; whom that is refused, and why, comes second.

    Raises PermissionDenied, and ValidationError when the committee admits nobody at all.
    """
    if not by.has_perm("committees.admit_member", committee):
        raise PermissionDenied
    # The committee's row is the lock of its roster: two admissions of one organisation meet here.
    locked = lock(committee)
    refusals = _refusals(locked, admissions)
    accepted = {key: each for key, each in admissions.items() if key not in refusals}
    if not accepted:
        return {}, refusals
    return _written(locked, accepted, by, into), refusals


def _written(
    committee: Committee, admissions: Mapping[K, Admission], by: "User", into: Recording | None
) -> dict[K, Seat]:
    within = into or begin(committee, "admit", by=by)
    roles = _default_roles(admissions.values())
    seats = {key: _seat(committee, each, roles[each.organisation.pk], by) for key, each in admissions.items()}
    with explained(Seat):
        Seat.objects.bulk_create(seats.values())
    SeatPeriod.objects.bulk_create(_period(seats[key], each, by, within) for key, each in admissions.items())
    Transition.objects.bulk_create(
        seat_transition(
            seats[key],
            "admit",
            source="",
            by=by,
            effective_on=each.effective_on,
            reason=each.reason,
            within=within,
            document=each.document,
        )
        for key, each in admissions.items()
    )
    return seats


def _seat(committee: Committee, admission: Admission, usual: FunctionalRole, by: "User") -> Seat:
    return Seat(
        committee=committee,
        organisation=admission.organisation,
        valid=date_range(admission.effective_on),
        functional_role=admission.functional_role or usual,
        chain_role=admission.chain_role,
        voting=admission.voting,
        representative=admission.representative,
        created_by=by,
    )


def _period(seat: Seat, admission: Admission, by: "User", within: Recording) -> SeatPeriod:
    return SeatPeriod(
        seat=seat,
        valid=seat.valid,
        functional_role=seat.functional_role,
        chain_role=seat.chain_role,
        voting=seat.voting,
        representative=seat.representative,
        entry=SeatEntry.ADMITTED,
        recorded_by=by,
        recorded_in=within,
        document=admission.document,
        reason=admission.reason,
    )


def _default_roles(admissions: Iterable[Admission]) -> dict[int, FunctionalRole]:
    """Organisation → the role that its ownership on the day of its admission suggests."""
    days = {each.organisation.pk: each.effective_on for each in admissions}
    roles = dict.fromkeys(days, FunctionalRole.NONE)
    for fact in Ownership.objects.current().filter(organisation__in=days):
        if days[fact.organisation_id] in fact.valid:
            roles[fact.organisation_id] = ROLE_OF_GROUP.get(fact.group, FunctionalRole.NONE)
    return roles


def _refusals(committee: Committee, admissions: Mapping[K, Admission]) -> dict[K, ValidationError]:
    """Who cannot be admitted, and why; organisations and people are locked, so that nobody merges one meanwhile."""
    days = {each.effective_on for each in admissions.values()}
    unfit = {day: error for day in days if (error := _unfit(committee, day))}
    organisations = merged_among([each.organisation for each in admissions.values()])
    people = merged_among([each.representative for each in admissions.values() if each.representative])
    taken = _taken(committee, [each.organisation for each in admissions.values()])
    refusals = {}
    for key, each in admissions.items():
        person = each.representative.pk if each.representative else 0
        error = unfit.get(each.effective_on) or organisations.get(each.organisation.pk) or people.get(person)
        if error is None and _overlaps(taken[each.organisation.remaining_id], each.effective_on):
            error = ValidationError(_("The organisation has a seat in this committee on these days already."))
        if error is not None:
            refusals[key] = error
        taken[each.organisation.remaining_id].append(date_range(each.effective_on))
    return refusals


def _unfit(committee: Committee, day: date) -> ValidationError | None:
    try:
        refuse_future(day)
        refuse_read_only(committee, day)
    except ValidationError as error:
        return error
    return None


def _taken(committee: Committee, organisations: Iterable[Organisation]) -> dict[int, list[DateRange]]:
    """Organisation → the days of its seats here, those of records merged into it included."""
    keys = {each.remaining_id for each in organisations}
    theirs = Q(organisation__in=keys) | Q(organisation__merged_into__in=keys)
    found: dict[int, list[DateRange]] = defaultdict(list)
    for seat in Seat.objects.held().filter(theirs, committee=committee).select_related("organisation"):
        found[seat.organisation.remaining_id].append(seat.valid)
    return found


def _overlaps(taken: Iterable[DateRange], start: date) -> bool:
    return any(days.upper is None or days.upper > start for days in taken)
