"""Questions asked of seats and of the facts about them: who sat where, on which day, in which office."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.aggregates import JSONBAgg, StringAgg
from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.utils import timezone
from django.utils.translation import get_language

from committees.enums import (
    PositionCode,
    SeatExit,
    Standing,
)
from committees.querysets.readers import SECRETARIAT
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from temp_portal.accounts.permissions import holds
from temp_portal.audit.facts import FactQuerySet
from temp_portal.audit.models import Transition

#: Where those without an office stand in the order of offices.
RANK_WITHOUT = {PositionCode.UNIT_MEMBER: 1000, PositionCode.OBSERVER: 1001}


class SeatQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A roster is as public as its committee; the person behind a seat is a question of consent, not of this."""
        from committees.models import Committee

        if holds(user, *SECRETARIAT):
            return self.held()
        return self.held().filter(committee__in=Committee.objects.visible_to(user))

    def held(self) -> Self:
        """Seats that are or were held; without those whose admission was taken back."""
        return self.filter(valid__isempty=False)

    def on(self, day: date) -> Self:
        """Seats held on `day`, by present knowledge."""
        return self.filter(valid__contains=day)

    def sitting(self) -> Self:
        return self.on(timezone.localdate())


def _left_by(day: date) -> Q:
    return Q(valid__endswith__lte=day) & ~Q(exit=SeatExit.CHANGED)


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
        return self.filter(_left_by(day))

    def ever_by(self, day: date) -> Self:
        """One period of every membership begun by `day`: that of the day, or the last one of who has left."""
        return self.filter(Q(valid__contains=day) | _left_by(day))

    def holding(self, codes: Collection[str], day: date) -> Self:
        """Seats that hold a position of one of these codes on `day`.

        Unit members and observers are those who hold no office.
        """
        from committees.models import Appointment

        office = Appointment.objects.current().on(day).filter(seat=OuterRef("seat"))
        voting = [code == PositionCode.UNIT_MEMBER for code in RANK_WITHOUT if code in codes]
        without = ~Exists(office) & Q(voting__in=voting)
        return self.filter(Exists(office.filter(position__code__in=codes)) | without)

    def with_ownership(self, day: date) -> Self:
        """Annotate `ownership_type` (None unless verified for `day`), `ownership_group` (an `OwnershipGroup`), its
        place in the house's order `ownership_rank`, and `evidence_on`.
        """
        path = "seat__organisation__ownerships"
        known = Q(
            **{
                f"{path}__superseded_at__isnull": True,
                f"{path}__verified_at__isnull": False,
                f"{path}__valid__contains": day,
            }
        )
        order = list(OwnershipGroup)
        kinds = [(Q(verified_ownership__type=kind), group) for kind, group in GROUP_OF_TYPE.items()]
        unknown = OwnershipGroup.UNVERIFIED
        return self.annotate(
            verified_ownership=FilteredRelation(path, condition=known),
            ownership_type=F("verified_ownership__type"),
            ownership_group=Case(
                *(When(is_kind, then=Value(group)) for is_kind, group in kinds), default=Value(unknown)
            ),
            ownership_rank=Case(
                *(When(is_kind, then=Value(order.index(group))) for is_kind, group in kinds),
                default=Value(order.index(unknown)),
            ),
            evidence_on=F("verified_ownership__evidence_on"),
        )

    def owned_by(self, groups: Collection[str], day: date) -> Self:
        """Seats whose organisations belong to one of the groups on `day`.

        Asked of the types themselves: the planner knows how frequent each is, but nothing of a group worked out.
        """
        kinds = [kind for kind, group in GROUP_OF_TYPE.items() if group in groups]
        owned = Q(ownership_type__in=kinds)
        if OwnershipGroup.UNVERIFIED in groups:
            owned |= Q(ownership_type__isnull=True)
        rows = self if "ownership_type" in self.query.annotations else self.with_ownership(day)
        return rows.filter(owned)

    def with_office(self, day: date, *related: str, committee: Any = None) -> Self:
        """Annotate `office_rank`: that of the highest office held on `day`, below all offices members, then observers;
        `office_titles` in the reader's language, for files; and `office_list` for lists: of each office its title, and
        the key of its position, that of its holder and the holder's name.

        The offices themselves come as `period.seat.offices` (Appointments with position and `related`), in one query.
        committee: the one whose seats these are, which lets a long roster be sorted by rank in half the time.
        """
        from committees.models import Appointment

        held = Appointment.objects.current().on(day)
        own = held.filter(seat=OuterRef("seat"))
        suffix = (get_language() or "en").replace("-", "_")
        title = Coalesce(NullIf(f"position__title_{suffix}", Value("")), "position__title_en")
        titles = own.order_by().values("seat").annotate(titles=StringAgg(title, ", ", order_by="position__rank"))
        office = JSONObject(title=title, position="position", person="person", name="person__name")
        named = own.order_by().values("seat").annotate(named=JSONBAgg(office, order_by="position__rank"))
        member, observer = RANK_WITHOUT.items()
        without_rank = Case(When(voting=True, then=Value(member[1])), default=Value(observer[1]))
        without_title = Case(
            When(voting=True, then=Value(str(member[0].label))),
            default=Value(str(observer[0].label)),
            output_field=TextField(),
        )
        offices = held.select_related("position", *related).order_by("position__rank")
        rank: Any = Coalesce(Subquery(own.order_by("position__rank").values("position__rank")[:1]), without_rank)
        if committee is not None:
            # Most members hold no office: who does is asked once, not once for each.
            holders = held.filter(position__committee=committee).values("seat")
            rank = Case(When(seat__in=holders, then=rank), default=without_rank)
        return self.annotate(
            office_rank=rank,
            office_titles=Coalesce(Subquery(titles.values("titles")), without_title),
            office_list=Subquery(named.values("named")),
        ).prefetch_related(Prefetch("seat__appointments", queryset=offices, to_attr="offices"))

    def with_roster(self, day: date, committee: Any = None) -> Self:
        """Everything that a roster of `day` shows: ownership, offices, days of membership, standing, relations.

        committee: the one whose seats these are (see `with_office`).
        """
        until = Cast(F("seat__valid__endswith") - timedelta(days=1), DateField())
        standing = Case(
            When(valid__endswith__lte=day, then=Value(Standing.LEFT)),
            When(suspended=True, then=Value(Standing.SUSPENDED)),
            default=Value(Standing.SITTING),
        )
        return (
            self.with_ownership(day)
            .with_office(day, "person", committee=committee)
            .annotate(
                member_since=ExpressionWrapper(F("seat__valid__startswith"), output_field=DateField()),
                member_until=until,
                standing=standing,
            )
            .select_related("seat__organisation", "seat__committee", "representative")
            # Few or none: where nothing is merged, this asks nothing. As joins they would be too many for the planner.
            .prefetch_related("seat__organisation__merged_into", "representative__merged_into")
        )

    def with_names_of(self, day: date) -> Self:
        """The names that the holders bore on a past day: `period.named`, and for files `legal_name_then`."""
        from members.models import FormerName

        then = FormerName.objects.filter(valid__contains=day)
        own = then.filter(organisation=OuterRef("seat__organisation")).values("legal_name")
        return self.annotate(
            legal_name_then=Coalesce(Subquery(own[:1]), F("seat__organisation__legal_name"))
        ).prefetch_related(Prefetch("seat__organisation__former_names", queryset=then, to_attr="names_then"))

    def with_dues(self, day: date) -> Self:
        """Annotate `dues_standing`: how the seat's dues stand on `day`, what asks for something first; None without."""
        from committees.models import DuesCharge

        own = DuesCharge.objects.live().filter(seat=OuterRef("seat"), created_at__date__lte=day)
        return self.annotate(dues_standing=Subquery(own.with_standing(day).worst_first().values("standing")[:1]))

    def with_last_change(self) -> Self:
        """Annotate `changed_at` and `changed_by` (a name): when something of the seat was recorded last, and by whom.

        Where no transition tells, as after a bulk load, it is when the period was recorded.
        """
        from committees.models import Seat

        last = Transition.objects.about(Seat).filter(subject_id=OuterRef("seat")).order_by("-at", "-pk")
        name = Coalesce(NullIf("by__name", Value("")), "by__email", output_field=TextField())
        return self.annotate(
            changed_at=Coalesce(Subquery(last.values("at")[:1]), F("recorded_at")),
            changed_by=Subquery(last.annotate(who=name).values("who")[:1]),
        )
