"""Questions asked of committees themselves, their offices and what they keep beside the roster."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from committees.enums import (
    PUBLIC_STATES,
    WORKING_STATES,
    CertificateState,
    ResignationState,
    Sector,
)
from committees.querysets.readers import OFFICERS, SECRETARIAT
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.facts import FactQuerySet
from temp_portal.audit.models import Transition


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

    def officers_own(self, user: Any) -> Self:
        """Committees in which the user is secretary or chair, whatever else the user may see."""
        return self.filter(pk__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def working(self) -> Self:
        return self.filter(state__in=WORKING_STATES)

    def with_catalogue(self) -> Self:
        """Annotate `sector_rank`, the sector's place in the catalogue, and `member_count`, the seats held today."""
        from committees.models import Seat

        ranks = [When(sector=sector, then=Value(rank)) for rank, sector in enumerate(Sector)]
        sitting = Seat.objects.sitting().filter(committee=OuterRef("pk")).order_by().values("committee")
        return self.annotate(
            sector_rank=Case(*ranks, default=Value(len(ranks))),
            member_count=Coalesce(Subquery(sitting.annotate(n=Count("pk")).values("n")), 0),
        )


class PositionQuerySet(models.QuerySet[Any]):
    def with_taken(self, day: date) -> Self:
        """Annotate `taken`, the places that are held on `day`."""
        from committees.models import Appointment

        held = Appointment.objects.current().on(day).filter(position=OuterRef("pk")).order_by().values("position")
        return self.annotate(taken=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0))

    def underfilled(self, day: date) -> Self:
        """Positions that fewer hold on `day` than must."""
        return self.with_taken(day).filter(taken__lt=F("holders_min"))


class AppointmentQuerySet(FactQuerySet):
    """Facts about offices."""

    def with_published_person(self) -> Self:
        """Annotate `person_published`: whether the holder's name may stand on a public page (brief §9)."""
        from members.models import Person

        return self.annotate(person_published=Exists(Person.objects.publishable().filter(pk=OuterRef("person"))))


class CertificateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For the committee's officers and the Secretariat, and for who represents the member."""
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(
            Q(seat__committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
            | Q(seat__organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))
        )

    def valid(self) -> Self:
        """Without those that were revoked."""
        return self.filter(state=CertificateState.VALID)


class ResignationQuerySet(models.QuerySet[Any]):
    def announced(self) -> Self:
        """Those that are still to take effect."""
        return self.filter(state=ResignationState.ANNOUNCED)


class ConfirmationQuerySet(models.QuerySet[Any]):
    def for_officers(self, user: Any) -> Self:
        """All for the Secretariat; for secretaries and chairs the members of their committees."""
        from committees.models import Seat

        if holds(user, *SECRETARIAT):
            return self
        own = Seat.objects.sitting().filter(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
        return self.filter(organisation__in=own.values("organisation"))

    def of_representative(self, user: Any) -> Self:
        """Those of the organisations that the user represents."""
        return self.filter(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))

    def waiting(self) -> Self:
        return self.filter(confirmed_at__isnull=True)


class SynchronisationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For those who keep the roster: secretaries those of their committees, the Secretariat all."""
        if holds(user, Role.STAFF, Role.ADMINISTRATOR):
            return self
        return self.filter(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY))

    def light(self) -> Self:
        """Without what only the page of one file shows."""
        return self.defer("sheets", "headers", "sample", "mapping", "rows", "roster", "choices", "refusals")
