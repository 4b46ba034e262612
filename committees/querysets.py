"""Every question asked of committees, seats and applications."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from committees.enums import PUBLIC_STATES, WORKING_STATES, ApplicationState, SeatExit
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.facts import FactQuerySet
from temp_portal.audit.models import Transition

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
#: Where those without an office stand in the order of offices.
MEMBER_RANK = 1000
OBSERVER_RANK = 1001


def state_on(committee: Any, day: date) -> str:
    """The committee's state on `day` by the effective days of its transitions; empty before the first of them.

    A committee without any transition has always been what it is.
    """
    dated = Transition.objects.of(committee)
    last = dated.filter(effective_on__lte=day).order_by("effective_on", "at", "id").last()
    if last is not None:
        return last.to_state
    return "" if dated.exists() else str(committee.state)


class CommitteeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Public from the preparatory group on; proposals are for the Secretariat and the committee's officers."""
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(Q(state__in=PUBLIC_STATES) | Q(pk__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS)))

    def kept_by(self, user: Any) -> Self:
        """Committees whose roster and applications the user may see."""
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(pk__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def working(self) -> Self:
        return self.filter(state__in=WORKING_STATES)


class SeatQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A roster is as public as its committee; the person behind a seat is a question of consent, not of this."""
        from committees.models import Committee

        if holds(user, *SECRETARIAT):
            return self
        return self.filter(committee__in=Committee.objects.visible_to(user))

    def on(self, day: date) -> Self:
        """Seats held on `day`, by present knowledge."""
        return self.filter(valid__contains=day)

    def sitting(self) -> Self:
        return self.on(timezone.localdate())


class SeatPeriodQuerySet(FactQuerySet):
    """Facts about seats: what rosters of any day are read from."""

    def visible_to(self, user: Any) -> Self:
        """As public as the committee (see `SeatQuerySet`)."""
        from committees.models import Committee

        if holds(user, *SECRETARIAT):
            return self
        return self.filter(seat__committee__in=Committee.objects.visible_to(user))

    def of(self, committee: Any) -> Self:
        """Present knowledge of one committee's seats."""
        return self.current().filter(seat__committee=committee)

    def left_by(self, day: date) -> Self:
        """The last period of every membership that had ended by `day`."""
        return self.filter(valid__endswith__lte=day).exclude(exit=SeatExit.CHANGED)

    def with_ownership(self, day: date) -> Self:
        """Annotate `ownership_type` (None unless verified for `day`) and `ownership_group` (`OwnershipGroup` value)."""
        path = "seat__organisation__ownerships"
        known = Q(
            **{
                f"{path}__superseded_at__isnull": True,
                f"{path}__verified_at__isnull": False,
                f"{path}__valid__contains": day,
            }
        )
        groups = [When(verified_ownership__type=kind, then=Value(group)) for kind, group in GROUP_OF_TYPE.items()]
        return self.annotate(
            verified_ownership=FilteredRelation(path, condition=known),
            ownership_type=F("verified_ownership__type"),
            ownership_group=Case(*groups, default=Value(OwnershipGroup.UNVERIFIED)),
        )

    def with_office(self, day: date) -> Self:
        """Annotate `office_rank`: that of the highest office held on `day`; below all offices members, then observers.

        The offices themselves come as `period.seat.offices` (Appointments with position and person), in one query.
        """
        from committees.models import Appointment

        held = Appointment.objects.current().on(day).select_related("position", "person").order_by("position__rank")
        highest = held.filter(seat=OuterRef("seat")).values("position__rank")[:1]
        below = Case(When(voting=True, then=Value(MEMBER_RANK)), default=Value(OBSERVER_RANK))
        return self.annotate(office_rank=Coalesce(Subquery(highest), below)).prefetch_related(
            Prefetch("seat__appointments", queryset=held, to_attr="offices")
        )


class AppointmentQuerySet(FactQuerySet):
    """Facts about offices."""


class ApplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The organisation's own, and for officers those of their committees once submitted."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))
        if holds(user, *SECRETARIAT):
            return self.filter(own | ~Q(state=ApplicationState.DRAFT))
        kept = Q(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
        return self.filter(own | (kept & ~Q(state=ApplicationState.DRAFT)))

    def for_officers(self, user: Any) -> Self:
        """The queue of those who keep the committee: everything that was ever submitted to it."""
        submitted = self.exclude(state=ApplicationState.DRAFT)
        if holds(user, *SECRETARIAT):
            return submitted
        return submitted.filter(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def overdue(self) -> Self:
        return self.filter(state=ApplicationState.SUBMITTED, due_on__lt=timezone.localdate())
