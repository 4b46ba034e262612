"""Every question asked of dues."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from committees.enums import DuesStanding, DuesYearState
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
AMOUNT = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=AMOUNT)
#: Years in arrears after which many charters let a membership lapse (domain brief §1).
YEARS_TO_LAPSE = 2


class DuesTierQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """Tiers in force on `day`."""
        return self.filter(valid__contains=day)

    def with_use(self) -> Self:
        """Annotate `used`: how many charges name the tier."""
        return self.annotate(used=Count("charges"))


class DuesYearQuerySet(models.QuerySet[Any]):
    def drawn_up(self) -> Self:
        """Without those that were taken back."""
        return self.filter(state=DuesYearState.DRAWN_UP)


class DuesChargeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For the committee's officers and the Secretariat, and for who represents the member."""
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(
            Q(seat__committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
            | Q(seat__organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))
        )

    def live(self) -> Self:
        """Charges of years that were not taken back."""
        return self.filter(dues_year__state=DuesYearState.DRAWN_UP)

    def with_standing(self, day: date | None = None) -> Self:
        """Annotate what holds on `day` (today without one): `paid` and `open` in the charge's currency, `standing`."""
        from committees.models import DuesPayment

        day = day or timezone.localdate()
        payments = DuesPayment.objects.standing().filter(charge=OuterRef("pk"), paid_on__lte=day).order_by()
        paid = payments.values("charge").annotate(total=Sum("amount")).values("total")
        waived = Q(waived_on__lte=day)
        return self.annotate(paid=Coalesce(Subquery(paid, output_field=AMOUNT), NOTHING)).annotate(
            open=Case(When(waived, then=NOTHING), default=Greatest(F("amount") - F("paid"), NOTHING)),
            standing=Case(
                When(waived, then=Value(DuesStanding.WAIVED)),
                When(paid__gte=F("amount"), then=Value(DuesStanding.PAID)),
                When(due_on__lt=day, then=Value(DuesStanding.ARREARS)),
                When(paid__gt=0, then=Value(DuesStanding.PART_PAID)),
                default=Value(DuesStanding.DUE),
            ),
        )

    def worst_first(self) -> Self:
        """What asks for something first, then the last year; needs `with_standing`."""
        order = (DuesStanding.ARREARS, DuesStanding.PART_PAID, DuesStanding.DUE)
        ranks = [When(standing=standing, then=Value(rank)) for rank, standing in enumerate(order)]
        return self.annotate(urgency=Case(*ranks, default=Value(len(order)))).order_by("urgency", "-dues_year__year")

    def in_arrears(self) -> Self:
        """Overdue and not paid in full."""
        return self.live().with_standing().filter(standing=DuesStanding.ARREARS)

    def seats_long_in_arrears(self) -> models.QuerySet[Any]:
        """Keys of running seats that owe for as many years as lets a membership lapse: `seat`, `years`. A proposal."""
        owing = self.in_arrears().filter(seat__valid__endswith__isnull=True).order_by()
        by_seat = owing.values("seat").annotate(years=Count("pk", distinct=True))
        return by_seat.filter(years__gte=YEARS_TO_LAPSE)


class DuesPaymentQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Payments that count: neither corrected since, nor taken back by a correction to nothing."""
        return self.filter(superseded_by__isnull=True, amount__gt=0)
