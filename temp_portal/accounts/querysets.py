from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    pass


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def live(self, day: date | None = None) -> Self:
        """Grants in force on `day` (today without one)."""
        return self.filter(valid__contains=day or timezone.localdate())
