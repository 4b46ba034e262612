"""Every question asked of projects and their money."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from projects.enums import Visibility
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)


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


class MoneyEventQuerySet(models.QuerySet[Any]):
    def in_force(self, moment: datetime | None = None) -> Self:
        """Events that no later one supersedes, as known at `moment` (now without one)."""
        later = Q(superseded_by__isnull=False)
        if moment is None:
            return self.filter(~later, cancels=False)
        return self.filter(recorded_at__lte=moment, cancels=False).exclude(superseded_by__recorded_at__lte=moment)
