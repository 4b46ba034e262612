"""Every question asked of reports."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.core.periods import Quarter
from temp_portal.reports.enums import ReportState

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for the Secretariat and the leader; for officers those about nothing but their own committees."""
        if holds(user, *SECRETARIAT):
            return self
        if not holds(user, *OFFICERS):
            return self.none()
        return self.filter(scope__contained_by=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def frozen(self) -> Self:
        return self.filter(cut_off__isnull=False)

    def of(self, quarter: Quarter, scope: tuple[int, ...] | list[int] | None) -> Self:
        """Every version of the report of one quarter and scope."""
        same = Q(scope__isnull=True) if scope is None else Q(scope=sorted(scope))
        return self.filter(same, period_start=quarter.start)

    def drafts(self) -> Self:
        return self.filter(state=ReportState.DRAFT)
