from datetime import date
from typing import Any, Self

from django.db import models
from django.utils import timezone


class RoleGrantQuerySet(models.QuerySet[Any]):
    def live(self, day: date | None = None) -> Self:
        """Grants in force on `day` (today without one)."""
        return self.filter(valid__contains=day or timezone.localdate())
