"""Every question asked of milestones, updates, comments and documents of projects."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum

from projects.progress.enums import OPEN, SENT, MilestoneState, UpdateState


class MilestoneQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """Without those that were dropped."""
        return self.exclude(state=MilestoneState.DROPPED)

    def reached_part(self) -> Decimal | None:
        """The weight reached as a part of the weight of all, 0 to 1; None when nothing has a weight."""
        reached = Q(state=MilestoneState.REACHED)
        sums = self.live().aggregate(whole=Sum("weight"), reached=Sum("weight", filter=reached))
        return (sums["reached"] or Decimal(0)) / sums["whole"] if sums["whole"] else None


class ProgressUpdateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For who fills them in and who decides on them; those that were sent for all who work with the project."""
        from projects.models import Project

        worked_on = Project.objects.worked_on_by(user).values("pk")
        known = Project.objects.known_to(user).values("pk")
        return self.filter(Q(project__in=worked_on) | Q(project__in=known, state__in=SENT))

    def waiting_for_lead(self, organisations: Any) -> Self:
        """What these organisations have to fill in as leads of projects."""
        return self.filter(state__in=OPEN, project__lead__in=organisations)

    def waiting_for_decision(self, user: Any) -> Self:
        """Sent updates on which the user may decide."""
        from projects.models import Project

        return self.filter(state=UpdateState.SUBMITTED, project__in=Project.objects.kept_by(user).values("pk"))

    def accepted(self) -> Self:
        return self.filter(state=UpdateState.ACCEPTED)

    def open(self) -> Self:
        """In the hands of the lead enterprise."""
        return self.filter(state__in=OPEN)

    def overdue(self, day: date) -> Self:
        """Still in the lead's hands after the day on which they were due."""
        return self.open().filter(due_on__lt=day)


class CommentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Among those who change a project or report on it."""
        from projects.models import Project

        return self.filter(project__in=Project.objects.worked_on_by(user).values("pk"))


class ProjectDocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """What hangs on the project itself or on a sent update for all who work with it, the rest as its update."""
        from projects.models import Project
        from projects.progress.models import ProgressUpdate

        known = Project.objects.known_to(user).values("pk")
        updates = ProgressUpdate.objects.visible_to(user).values("pk")
        return self.filter(Q(update__isnull=True, project__in=known) | Q(update__in=updates))
