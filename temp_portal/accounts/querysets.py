from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


class RoleGrantQuerySet(models.QuerySet[Any]):
    def live(self, day: date | None = None) -> Self:
        """Grants in force on `day` (today without one)."""
        return self.filter(valid__contains=day or timezone.localdate())

    def not_ended(self, day: date | None = None) -> Self:
        """Grants in force on `day` (today without one) or later."""
        return self.filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day or timezone.localdate()))

    def with_account_state(self) -> Self:
        """Annotate `account_in_use`: whether the holder has confirmed an address, so that no invitation is open."""
        from allauth.account.models import EmailAddress

        confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
        return self.annotate(account_in_use=Exists(confirmed))
