from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.risks.enums import Impact, Likelihood, RiskState, RiskType
from projects.risks.querysets import AssessmentQuerySet, RiskQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp


@tracked()
class Risk(Stateful):
    """Something that may go wrong with a project (brief §6.12). How likely and how bad: its assessments."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    type = models.CharField(_("type"), max_length=12, choices=RiskType)
    title = models.CharField(_("risk"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    owner = models.CharField(_("owner"), max_length=200)
    mitigation = models.TextField(_("mitigation"), blank=True)
    review_on = models.DateField(_("next review"))
    state = models.CharField(_("state"), max_length=6, choices=RiskState, default=RiskState.OPEN, editable=False)
    opened_on = models.DateField(_("open since"), default=timezone.localdate)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["project", "state", "id"], name="risk_project"),
            models.Index(fields=["review_on", "id"], condition=Q(state=RiskState.OPEN), name="risk_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(owner=""), name="risk_named_and_owned"),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN, closed_on__isnull=True)
                | Q(state=RiskState.CLOSED, closed_on__isnull=False, closed_on__gte=F("opened_on")),
                name="risk_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risks:risk", args=[self.project.code, self.pk])

    @property
    def is_due(self) -> bool:
        """Whether the day of its review has come."""
        return self.state == RiskState.OPEN and self.review_on <= timezone.localdate()


class Assessment(models.Model):
    """How likely and how bad a risk was from a day on. Append-only: the matrix of any day can be drawn again."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="assessments")
    assessed_on = models.DateField(_("assessed on"), default=timezone.localdate)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Likelihood)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Impact)
    note = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of a risk")
        verbose_name_plural = _("assessments of risks")
        ordering = ["-assessed_on", "-id"]
        indexes = [models.Index(fields=["risk", "-assessed_on", "-id"], name="assessment_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
                name="assessment_one_to_five",
            )
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact}, {self.assessed_on}"
