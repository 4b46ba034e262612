"""Every question asked of committees, seats and applications."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.contrib.postgres.aggregates import JSONBAgg, StringAgg
from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf, TruncDate
from django.utils import timezone
from django.utils.translation import get_language

from committees.enums import (
    PUBLIC_STATES,
    WORKING_STATES,
    ApplicationState,
    CertificateState,
    PositionCode,
    QuestionSetState,
    ResignationState,
    SeatExit,
    Sector,
    Standing,
    VoteState,
)
from committees.reference.decisions import CHECKLIST
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.facts import FactQuerySet
from temp_portal.audit.models import Transition
from temp_portal.core.db import Median

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
#: Where those without an office stand in the order of offices.
RANK_WITHOUT = {PositionCode.UNIT_MEMBER: 1000, PositionCode.OBSERVER: 1001}


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


class CalendarDayQuerySet(models.QuerySet[Any]):
    def exceptions(self, country: str, *, after: date) -> dict[date, bool]:
        """Days of the country after `after` that differ from its weekly rhythm: whether they are worked."""
        return dict(self.filter(country=country, day__gt=after).values_list("day", "working"))


class ElectorQuerySet(models.QuerySet[Any]):
    def of_user(self, user: Any) -> Self:
        """The votes in which the user himself has a say."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user=user)

    def asked(self, user: Any) -> Self:
        """Those of them that are open and wait for the user's ballot."""
        return self.of_user(user).filter(vote__state=VoteState.OPEN, ballot__isnull=True)


class LetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For whoever sees the application."""
        from committees.models import Application

        return self.filter(application__in=Application.objects.visible_to(user))


NEVER_SUBMITTED = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.WITHDRAWN, submitted_at__isnull=True)


class QuestionSetQuerySet(models.QuerySet[Any]):
    def asked_now(self) -> Self:
        """The version that new applications of a committee begin with."""
        return self.filter(state=QuestionSetState.OPEN)


class RemarkQuerySet(models.QuerySet[Any]):
    def unsettled(self) -> Self:
        """What the committee still wants to know."""
        return self.filter(settled_at__isnull=True)


class ApplicationQuerySet(models.QuerySet[Any]):
    def of_representative(self, user: Any) -> Self:
        """Applications of the organisations that the user represents, drafts included."""
        return self.filter(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))

    def with_ownership(self) -> Self:
        """Annotate `ownership_group`: the group verified for today, else "unverified"."""
        path = "organisation__ownerships"
        known = Q(
            **{
                f"{path}__superseded_at__isnull": True,
                f"{path}__verified_at__isnull": False,
                f"{path}__valid__contains": timezone.localdate(),
            }
        )
        groups = [When(verified_ownership__type=kind, then=Value(group)) for kind, group in GROUP_OF_TYPE.items()]
        return self.annotate(
            verified_ownership=FilteredRelation(path, condition=known),
            ownership_group=Case(*groups, default=Value(OwnershipGroup.UNVERIFIED)),
        )

    def ever_submitted(self) -> Self:
        """Without drafts, and without those that were withdrawn as drafts."""
        return self.exclude(NEVER_SUBMITTED)

    def visible_to(self, user: Any) -> Self:
        """The organisation's own, and for officers those of their committees once submitted."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))
        if holds(user, *SECRETARIAT):
            return self.filter(own | ~NEVER_SUBMITTED)
        kept = Q(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
        return self.filter(own | (kept & ~NEVER_SUBMITTED))

    def for_officers(self, user: Any) -> Self:
        """The queue of those who keep the committee: everything that was ever submitted to it."""
        submitted = self.ever_submitted()
        if holds(user, *SECRETARIAT):
            return submitted
        return submitted.filter(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def with_checks(self) -> Self:
        """Annotate `checks_done` and `checks_total`: items of the checklist that are ticked, and how many it has."""
        from committees.models import ChecklistTick, ChecklistVersion

        later = ChecklistTick.objects.filter(
            application=OuterRef("application"), code=OuterRef("code"), pk__gt=OuterRef("pk")
        )
        last = ChecklistTick.objects.filter(~Exists(later), application=OuterRef("pk"), done=True).order_by()
        made = ChecklistVersion.objects.filter(
            committee=OuterRef("committee"), made_at__lte=OuterRef("submitted_at")
        ).order_by("-version")
        size = Func(F("items"), function="jsonb_array_length", output_field=IntegerField())
        return self.annotate(
            checks_done=Coalesce(Subquery(last.values("application").annotate(n=Count("pk")).values("n")), 0),
            checks_total=Coalesce(Subquery(made.annotate(n=size).values("n")[:1]), len(CHECKLIST)),
        )

    def overdue(self) -> Self:
        return self.filter(state=ApplicationState.SUBMITTED, due_on__lt=timezone.localdate())

    def decided_since(self, day: date) -> Self:
        """Approved or rejected on `day` or later."""
        return self.filter(
            state__in=[ApplicationState.APPROVED, ApplicationState.REJECTED],
            decided_at__gte=datetime.combine(day, time(), timezone.get_current_timezone()),
        )

    def waiting_time(self) -> tuple[int, timedelta | None]:
        """How many, and the median of whole days from the first handing in to the decision; None for none."""
        from committees.models import Application

        handed_in = Transition.objects.about(Application).filter(subject_id=OuterRef("pk"), move="submit")
        first = Subquery(handed_in.order_by("at").values("at")[:1])
        days = ExpressionWrapper(TruncDate("decided_at") - TruncDate(first), DurationField())
        counted = self.annotate(days=days).aggregate(cases=Count("pk"), median=Median("days"))
        return counted["cases"], counted["median"]
