"""Every question asked of transfer lines, certificates of handover and reviews."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models

from projects.handover.enums import CertificateState, ReviewState


class TransferLineQuerySet(models.QuerySet[Any]):
    def complete(self) -> Self:
        """Lines that are carried out and proven, and those that say that there is nothing to transfer."""
        return self.exclude(completed_on__isnull=True, applies=True)


class CertificateQuerySet(models.QuerySet[Any]):
    def valid(self) -> Self:
        return self.filter(state=CertificateState.VALID)


class ReviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """With the project, for whoever sees it."""
        from projects.models import Project

        return self.filter(project__in=Project.objects.visible_to(user).values("pk"))

    def planned(self) -> Self:
        return self.filter(state=ReviewState.PLANNED)

    def near(self, day: date, within: timedelta) -> Self:
        """Not done yet, and due on `day`, earlier, or no later than `within` after it."""
        return self.planned().filter(due_on__lte=day + within)
