from typing import Any, Self

from django.db import models
from django.db.models import Q

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids


class SavedViewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and what was shared with the secretaries of one's committees."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(owner=user)
        if holds(user, Role.SECRETARY):
            kept = scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY)
            seen |= Q(shared=True, scope_kind=ScopeKind.COMMITTEE, scope_id__any=kept)
        return self.filter(seen)
