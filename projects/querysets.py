"""Every question asked of projects and their money."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from committees.models import Seat
from members.enums import OwnershipGroup
from members.models import Ownership
from projects.enums import Visibility
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids

PLATFORM = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER, Role.REVIEWER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
KEEPERS_OF_ALL = (Role.STAFF, Role.ADMINISTRATOR)


def _sponsored(user: Any, *roles: Role) -> Exists:
    """Whether the user holds one of the roles in a committee that stands behind the project."""
    from projects.models import Sponsorship

    own = scope_ids(user, ScopeKind.COMMITTEE, *roles)
    return Exists(Sponsorship.objects.filter(project=OuterRef("pk"), committee_id__any=own))


def _represented(user: Any) -> ArraySubquery:
    """Ids of the organisations for which the user acts today."""
    return scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)


def _knows(user: Any) -> Q:
    """Whether the user is an officer of a sponsor committee, or represents an organisation that takes part."""
    from projects.models import Participant

    own = _represented(user)
    taken = Participant.objects.filter(project=OuterRef("pk"), organisation_id__any=own)
    return Q(_sponsored(user, *OFFICERS)) | Q(lead_id__any=own) | Q(Exists(taken))


def _shared_with(user: Any) -> Exists:
    """Whether the user represents a member of a committee that stands behind the project."""
    from projects.models import Sponsorship

    seats = Seat.objects.sitting().filter(organisation_id__any=_represented(user))
    within = ArraySubquery(seats.values("committee_id"))
    return Exists(Sponsorship.objects.filter(project=OuterRef("pk"), committee_id__any=within))


class ProjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Who reads which project (domain brief §9 (9)).

        - public: everybody.
        - committee: also those who represent a member of a sponsor committee.
        - confidential: officers of the sponsor committees, representatives of those who take part, and the platform
          (Secretariat, leader, reviewer), who read all of them.
        """
        if holds(user, *PLATFORM):
            return self
        public = Q(visibility=Visibility.PUBLIC)
        if not user.is_authenticated:
            return self.filter(public)
        shared = Q(visibility=Visibility.COMMITTEE) & _shared_with(user)
        return self.filter(public | shared | _knows(user))

    def money_visible_to(self, user: Any) -> Self:
        """Those whose amounts the user may read, of all projects.

        Commercial secrets stay with the sponsor committees' officers, the lead enterprise and the platform, whoever
        else sees the project (domain brief §9 (9)).
        """
        if holds(user, *PLATFORM):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(_sponsored(user, *OFFICERS) | Q(lead_id__any=_represented(user)))

    def led_by(self, user: Any) -> Self:
        """Projects whose lead enterprise the user represents."""
        return self.filter(lead_id__any=_represented(user))

    def kept_by(self, user: Any) -> Self:
        """Projects that the user may change: as secretary of a sponsor committee, or for the Secretariat."""
        if holds(user, *KEEPERS_OF_ALL):
            return self
        return self.filter(_sponsored(user, Role.SECRETARY))

    def worked_on_by(self, user: Any) -> Self:
        """Projects that the user changes or reports on."""
        if holds(user, *KEEPERS_OF_ALL):
            return self
        return self.filter(_sponsored(user, Role.SECRETARY) | Q(lead_id__any=_represented(user)))

    def known_to(self, user: Any) -> Self:
        """Projects of which the user knows more than the public: by an office of the committees, or as taking part."""
        return self if holds(user, *PLATFORM) else self.filter(_knows(user))

    def counted(self) -> Self:
        """Those that are added up in totals: one for a project with its parts, so that nothing counts twice.

        A part counts with its parent, or alone where the parent is an umbrella record that is not added up. The money
        of a project with parts is told by `sql/money_totals.sql`: each kind by the parts, where they say anything.
        """
        return self.filter(Q(parent__isnull=True) | Q(parent__in_totals=False), in_totals=True)

    def in_country(self, country: str) -> Self:
        """Projects with this host country (ISO 3166-1 alpha-2), alone or among others."""
        from projects.models import ProjectCountry

        return self.filter(Exists(ProjectCountry.objects.filter(project=OuterRef("pk"), country=country)))

    def sponsored_by(self, committee: Any) -> Self:
        """Projects behind which the committee stands."""
        from projects.models import Sponsorship

        return self.filter(Exists(Sponsorship.objects.filter(project=OuterRef("pk"), committee=committee)))

    def led_by_group(self, group: str, day: date) -> Self:
        """Projects whose lead enterprise belongs to the ownership group on the day; without a lead, to none."""
        facts = Ownership.objects.current().on(day).verified().with_group()
        if group == OwnershipGroup.UNVERIFIED:
            return self.filter(~Exists(facts.filter(organisation=OuterRef("lead"))), lead__isnull=False)
        return self.filter(Exists(facts.filter(organisation=OuterRef("lead"), group_code=group)))

    def with_country_codes(self) -> Self:
        """Annotate `country_codes`: the host countries' codes, comma-separated, for files."""
        from projects.models import ProjectCountry

        codes = ProjectCountry.objects.filter(project=OuterRef("pk")).order_by().values("project")
        joined = codes.annotate(codes=StringAgg("country", ", ", order_by="country")).values("codes")
        return self.annotate(country_codes=Subquery(joined))


class MoneyEventQuerySet(models.QuerySet[Any]):
    def in_force(self, moment: datetime | None = None) -> Self:
        """Events that no later one supersedes, as known at `moment` (now without one)."""
        later = Q(superseded_by__isnull=False)
        if moment is None:
            return self.filter(~later, cancels=False)
        return self.filter(recorded_at__lte=moment, cancels=False).exclude(superseded_by__recorded_at__lte=moment)

    def totals(self) -> list[dict[str, Any]]:
        """Sums by kind and currency. Kinds are never added to each other, nor currencies (brief §7)."""
        groups = self.order_by().values("kind", "currency").annotate(total=Sum("amount"), events=Count("id"))
        return list(groups.order_by("kind", "currency"))


class StageEvidenceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """What was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class ConvertedMoneyQuerySet(models.QuerySet[Any]):
    """Sums are made by the database, where they are exact whatever their length."""

    def by_kind(self) -> list[dict[str, Any]]:
        """Sums by kind in dollars and yuan, of what has a rate."""
        sums = self.order_by().values("kind").annotate(usd_total=Sum("usd"), cny_total=Sum("cny"))
        return list(sums.order_by("kind"))

    def by_kind_and_currency(self) -> list[dict[str, Any]]:
        """Sums by kind in each currency: `own`, and of it `without_usd` and `without_cny` what has no rate."""
        sums = (
            self.order_by()
            .values("kind", "currency")
            .annotate(
                own=Sum("amount"),
                without_usd=Sum("amount", filter=Q(usd__isnull=True)),
                without_cny=Sum("amount", filter=Q(cny__isnull=True)),
            )
        )
        return list(sums.order_by("kind", "currency"))
