from typing import Any, Self

from django.db import models
from django.db.models import Q

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import scope_ids


class SavedViewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and what was shared with the secretaries of one's committees."""
        if not user.is_authenticated:
            return self.none()
        kept = scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY)
        return self.filter(Q(owner=user) | Q(shared=True, scope_kind=ScopeKind.COMMITTEE, scope_id__any=kept))
