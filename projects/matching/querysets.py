"""Every question asked of demands, capabilities, resources, capital and matches."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from projects.matching.enums import IN_MOTION, ListingState
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids

#: Who sees everything, drafts and prices included.
KEEPERS = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER, Role.SECRETARY)
#: Who sees what is published.
READERS = (Role.CHAIR, Role.DISTRICT_OFFICER, Role.REPRESENTATIVE, Role.REVIEWER)


def _own(user: Any) -> ArraySubquery:
    return scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)


class ListingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for the Secretariat and secretaries; what is published, and one's own, for other holders of a role."""
        if holds(user, *KEEPERS):
            return self
        if not holds(user, *READERS):
            return self.none()
        return self.filter(Q(state=ListingState.PUBLISHED) | Q(organisation_id__any=_own(user)))

    def own(self, user: Any) -> Self:
        """Those of the organisations for which the user acts."""
        return self.filter(organisation_id__any=_own(user))

    def published(self) -> Self:
        return self.filter(state=ListingState.PUBLISHED)

    def with_names(self) -> Self:
        """With the organisation that a line names."""
        return self.select_related("organisation__merged_into")


class DemandQuerySet(ListingQuerySet):
    def with_price_for(self, user: Any) -> Self:
        """Annotate `shown_price`: the target price where the user may see it; prices of others stay with them."""
        if holds(user, *KEEPERS):
            return self.annotate(shown_price=F("target_price"))
        own = models.Case(models.When(organisation_id__any=_own(user), then=F("target_price")))
        return self.annotate(shown_price=own)


class MatchQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for the Secretariat and secretaries; for representatives those of their organisations that are open."""
        if holds(user, *KEEPERS):
            return self
        if not holds(user, Role.REPRESENTATIVE):
            return self.none()
        own = _own(user)
        confirmed = Q(state__in=[*IN_MOTION, "delivered", "failed"])
        either = Q(demand__organisation_id__any=own) | Q(capability__organisation_id__any=own)
        return self.filter(either & (confirmed | Q(created_by=user)))

    def in_motion(self) -> Self:
        return self.filter(state__in=IN_MOTION)

    def with_names(self) -> Self:
        """With both sides and the project that a line or a page names."""
        return self.select_related(
            "demand__organisation__merged_into", "capability__organisation__merged_into", "project", "created_by"
        )

    def with_since(self) -> Self:
        """Annotate `since`: the day on which the present state was reached."""
        from temp_portal.audit.models import Transition

        moves = Transition.objects.filter(subject_type="matching.match", subject_id=OuterRef("pk"))
        return self.annotate(since=Subquery(moves.order_by("-at", "-id").values("effective_on")[:1]))
