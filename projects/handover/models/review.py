"""What became of a project after it was handed over."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.handover.enums import REVIEW_MONTHS, ReviewState, SpareParts
from projects.handover.querysets import ReviewQuerySet
from projects.models import Project
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


@tracked()
class Review(Stateful):
    """A look at the project 12, 36 or 60 months after the handover. Planned by itself, done by the committee."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="reviews")
    months = models.PositiveSmallIntegerField(_("months after the handover"), editable=False)
    handed_over_on = models.DateField(_("handed over on"), editable=False)
    due_on = models.DateField(_("due on"), editable=False)
    state = models.CharField(_("state"), max_length=8, choices=ReviewState, default=ReviewState.PLANNED, editable=False)
    availability = models.DecimalField(
        _("availability, %"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    spare_parts = models.CharField(_("spare parts"), max_length=8, choices=SpareParts, blank=True)
    local_staff = models.DecimalField(
        _("local staff, %"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    findings = models.TextField(_("findings"), blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    done_on = models.DateField(_("looked at on"), null=True, blank=True)
    done_at = models.DateTimeField(_("recorded at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review after the handover")
        verbose_name_plural = _("reviews after the handover")
        ordering = ["project", "months"]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(state=ReviewState.PLANNED), name="review_due")]
        constraints = [
            models.UniqueConstraint(fields=["project", "months"], name="review_once"),
            models.CheckConstraint(condition=Q(months__in=REVIEW_MONTHS), name="review_months"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PLANNED, done_at__isnull=True, done_by__isnull=True)
                | (
                    Q(
                        state=ReviewState.DONE,
                        done_at__isnull=False,
                        done_by__isnull=False,
                        done_on__isnull=False,
                        availability__isnull=False,
                        local_staff__isnull=False,
                    )
                    & ~Q(spare_parts="")
                    & ~Q(findings="")
                ),
                name="review_done_with_answers",
            ),
            models.CheckConstraint(
                condition=Q(availability__isnull=True) | Q(availability__gte=0, availability__lte=100),
                name="review_availability",
            ),
            models.CheckConstraint(
                condition=Q(local_staff__isnull=True) | Q(local_staff__gte=0, local_staff__lte=100),
                name="review_local_staff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code}, {self.months}"

    def get_absolute_url(self) -> str:
        return reverse("handover:handover", args=[self.project.code])

    @property
    def is_overdue(self) -> bool:
        """Its day has passed and nobody has looked."""
        return self.state == ReviewState.PLANNED and self.due_on < timezone.localdate()
