from datetime import datetime
from typing import Any, Self

from django.db import models


class TransitionQuerySet(models.QuerySet[Any]):
    def of(self, instance: models.Model) -> Self:
        """Transitions of one record, oldest first."""
        return self.filter(subject_type=instance._meta.label_lower, subject_id=instance.pk).order_by("at", "id")

    def about(self, model: type[models.Model]) -> Self:
        """Transitions of every record of one model."""
        return self.filter(subject_type=model._meta.label_lower)

    def known_at(self, moment: datetime | None) -> Self:
        """Transitions recorded up to `moment`; all without one."""
        return self if moment is None else self.filter(at__lte=moment)


class RecordingQuerySet(models.QuerySet[Any]):
    def of(self, instance: models.Model) -> Self:
        """Recordings about one record, oldest first."""
        return self.filter(subject_type=instance._meta.label_lower, subject_id=instance.pk).order_by("id")


class ReadingQuerySet(models.QuerySet[Any]):
    def of(self, *instances: models.Model) -> Self:
        """Readings of any of these records, all of one model; none without a record."""
        if not instances:
            return self.none()
        keys = [instance.pk for instance in instances]
        return self.filter(subject_type=instances[0]._meta.label_lower, subject_ids__overlap=keys)
