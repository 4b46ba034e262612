"""Every question asked of jobs."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import holds
from temp_portal.jobs.enums import ACTIVE_STATES, JobState


class JobQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own; the Secretariat sees all."""
        if not user.is_authenticated:
            return self.none()
        if holds(user, Role.STAFF, Role.ADMINISTRATOR):
            return self
        return self.filter(created_by_id=user.pk)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE_STATES)

    def abandoned(self) -> Self:
        """Running according to the row, but nobody has renewed the lease: the worker is dead."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=timezone.now())

    def unheard(self) -> Self:
        """Waiting for longer than a message takes: it was lost, or the queue is long."""
        return self.filter(state=JobState.QUEUED, due_at__lte=timezone.now())
