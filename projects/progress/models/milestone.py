from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import DatePrecision
from projects.models import Project
from projects.precision import last_day_of
from projects.progress.enums import MilestoneState
from projects.progress.querysets import MilestoneQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class Milestone(Stateful):
    """Something that a project wants to have reached by a day. Its weight, if any, is its part of the whole."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=300)
    planned_on = models.DateField(_("planned for"))
    planned_precision: "models.CharField[Any, Any]" = models.CharField(
        _("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    expected_on = models.DateField(_("now expected for"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    reached_precision: "models.CharField[Any, Any]" = models.CharField(
        _("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    weight = models.DecimalField(
        _("weight"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    state = models.CharField(
        _("state"), max_length=8, choices=MilestoneState, default=MilestoneState.PLANNED, editable=False
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["planned_on", "id"]
        indexes = [models.Index(fields=["project", "planned_on", "id"], name="milestone_project")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="milestone_has_title"),
            models.CheckConstraint(condition=Q(weight__isnull=True) | Q(weight__gt=0), name="milestone_weight"),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.REACHED, reached_on__isnull=False)
                | (~Q(state=MilestoneState.REACHED) & Q(reached_on__isnull=True)),
                name="milestone_reached_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("progress:milestones", args=[self.project.code])

    @property
    def is_late(self) -> bool:
        """Still planned although its day, or the month or year that was named, has passed."""
        if self.state != MilestoneState.PLANNED:
            return False
        today = timezone.localdate()
        return last_day_of(self.planned_on, self.planned_precision) < today
