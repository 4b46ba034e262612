"""Every question asked of requests, erasures and breaches."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from members.privacy.enums import RequestState
from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import holds


class ForSecretariatQuerySet(models.QuerySet[Any]):
    """Records that only the Secretariat works with."""

    def visible_to(self, user: Any) -> Self:
        return self if holds(user, Role.STAFF, Role.ADMINISTRATOR) else self.none()


class PrivacyRequestQuerySet(ForSecretariatQuerySet):
    def of(self, user: Any) -> Self:
        """What the user has asked for."""
        return self.filter(created_by=user.pk)

    def waiting(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def overdue(self) -> Self:
        return self.waiting().filter(due_on__lt=timezone.localdate())
