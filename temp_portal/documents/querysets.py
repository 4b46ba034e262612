"""Every question asked of documents."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.documents import access
from temp_portal.documents.enums import KEPT_STATES, DocumentState, Validity
from temp_portal.documents.scopes import READERS, READERS_OF_ALL, Scope

#: Days before its last one from which on a document "expires soon".
SOON_DAYS = 30


class DocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of the owners for whom the user holds a role, and those that other apps' records grant."""
        if not user.is_authenticated:
            return self.none()
        if holds(user, *READERS_OF_ALL):
            return self
        seen = Q()
        for kind, roles in READERS.items():
            if kind != ScopeKind.PLATFORM:
                seen |= Q(scope_kind=kind, scope_id__any=scope_ids(user, kind, *roles))
        for granted in access.granted_to(user):
            seen |= Q(pk__in=granted)
        return self.filter(seen)

    def of(self, scope: Scope) -> Self:
        """Documents of one owner."""
        return self.filter(scope_kind=scope.kind, scope_id=scope.id)

    def kept(self) -> Self:
        """Neither refused nor withdrawn."""
        return self.filter(state__in=KEPT_STATES)

    def newest(self) -> Self:
        """Without those that a newer version replaces."""
        return self.filter(replaced_by__isnull=True)

    def in_validity(self, validity: str, day: date | None = None) -> Self:
        """Documents that stand so to their last day on `day` (today without one)."""
        today = day or timezone.localdate()
        soon = today + timedelta(days=SOON_DAYS)
        if validity == Validity.EXPIRED:
            return self.filter(expires_on__lt=today)
        if validity == Validity.SOON:
            return self.filter(expires_on__range=(today, soon))
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=soon))

    def ending(self) -> Self:
        """Documents whose last day is near or past."""
        return self.filter(expires_on__lte=timezone.localdate() + timedelta(days=SOON_DAYS))

    def expiring(self, day: date | None = None) -> Self:
        """Checked documents in use that end within SOON_DAYS of `day`."""
        return self.filter(state=DocumentState.CLEAN).newest().in_validity(Validity.SOON, day)

    def unexamined(self, before: Any) -> Self:
        """Kept documents whose examination did not come about since."""
        return self.kept().filter(examined_at__isnull=True, uploaded_at__lt=before)

    def total_size(self) -> int:
        """Bytes of all of them together."""
        return self.aggregate(total=Sum("size"))["total"] or 0
