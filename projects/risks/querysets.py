"""Every question asked of the risk register."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from projects.risks.enums import RiskState


class RiskQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The register is for those who know more of the project than the public."""
        from projects.models import Project

        return self.filter(project__in=Project.objects.known_to(user).values("pk"))

    def open_on(self, day: date) -> Self:
        """Risks that were open on `day`, as it is known today."""
        from projects.risks.models import Assessment

        assessed = Assessment.objects.filter(risk=OuterRef("pk"), assessed_on__lte=day)
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), Exists(assessed), opened_on__lte=day)

    def with_assessment(self, day: date | None = None) -> Self:
        """Annotate what was held on `day` (today without one): `likelihood`, `impact`, `score`, `assessed_on`."""
        from projects.risks.models import Assessment

        day = day or timezone.localdate()
        rows = Assessment.objects.filter(risk=OuterRef("pk"), assessed_on__lte=day)
        last = rows.order_by("-assessed_on", "-pk")
        return self.annotate(
            likelihood=Subquery(last.values("likelihood")[:1]),
            impact=Subquery(last.values("impact")[:1]),
            assessed_on=Subquery(last.values("assessed_on")[:1]),
        ).annotate(score=F("likelihood") * F("impact"))

    def due(self, day: date) -> Self:
        """Open risks whose review falls on `day` or earlier."""
        return self.filter(state=RiskState.OPEN, review_on__lte=day)


class AssessmentQuerySet(models.QuerySet[Any]):
    def newest(self) -> Self:
        return self.order_by("-assessed_on", "-pk")
