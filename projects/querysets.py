"""Every question asked of projects and their money."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from projects.enums import Visibility
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
KEEPERS_OF_ALL = (Role.STAFF, Role.ADMINISTRATOR)


def _sponsored(user: Any, *roles: Role) -> Exists:
    """Whether the user holds one of the roles in a committee that stands behind the project."""
    from projects.models import Sponsorship

    own = scope_ids(user, ScopeKind.COMMITTEE, *roles)
    return Exists(Sponsorship.objects.filter(project=OuterRef("pk"), committee_id__any=own))


class ProjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Public ones for all; a committee's for its officers and for those who take part; the rest for the owners."""
        if holds(user, *SECRETARIAT):
            return self
        public = Q(visibility=Visibility.PUBLIC)
        if not user.is_authenticated:
            return self.filter(public)
        from projects.models import Participant, Sponsorship

        kept = Sponsorship.objects.filter(
            project=OuterRef("pk"), committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS)
        )
        own = scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)
        taken = Participant.objects.filter(project=OuterRef("pk"), organisation_id__any=own)
        return self.filter(public | Exists(kept) | Q(lead_id__any=own) | Exists(taken))

    def led_by(self, user: Any) -> Self:
        """Projects whose lead enterprise the user represents."""
        return self.filter(lead_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))

    def kept_by(self, user: Any) -> Self:
        """Projects that the user may change: as secretary of a sponsor committee, or for the Secretariat."""
        if holds(user, *KEEPERS_OF_ALL):
            return self
        return self.filter(_sponsored(user, Role.SECRETARY))

    def worked_on_by(self, user: Any) -> Self:
        """Projects that the user changes or reports on."""
        if holds(user, *KEEPERS_OF_ALL):
            return self
        own = scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)
        return self.filter(_sponsored(user, Role.SECRETARY) | Q(lead_id__any=own))

    def known_to(self, user: Any) -> Self:
        """Projects of which the user knows more than the public: by an office of the committees, or as taking part."""
        if holds(user, *SECRETARIAT, Role.REVIEWER):
            return self
        from projects.models import Participant

        own = scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)
        taken = Participant.objects.filter(project=OuterRef("pk"), organisation_id__any=own)
        return self.filter(_sponsored(user, *OFFICERS) | Q(lead_id__any=own) | Exists(taken))

    def in_country(self, country: str) -> Self:
        """Projects with this host country (ISO 3166-1 alpha-2), alone or among others."""
        from projects.models import ProjectCountry

        return self.filter(Exists(ProjectCountry.objects.filter(project=OuterRef("pk"), country=country)))

    def sponsored_by(self, committee: Any) -> Self:
        """Projects behind which the committee stands."""
        from projects.models import Sponsorship

        return self.filter(Exists(Sponsorship.objects.filter(project=OuterRef("pk"), committee=committee)))

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
