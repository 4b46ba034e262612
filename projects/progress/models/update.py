"""What the lead enterprise reports every quarter."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.progress.enums import SENT, JobOrigin, JobPhase, LocalisationKind, UpdateState
from projects.progress.models.milestone import Milestone
from projects.progress.querysets import ProgressUpdateQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.periods import Quarter

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class UpdateRound(models.Model):
    """The question of one quarter to all projects under way. Opened once, however many schedulers there are."""

    quarter = models.CharField(_("quarter"), max_length=7, unique=True)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("quarter of updates")
        verbose_name_plural = _("quarters of updates")
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__regex="^[0-9]{4}-Q[1-4]$"), name="updateround_quarter")
        ]

    def __str__(self) -> str:
        return self.quarter


@tracked()
class ProgressUpdate(Stateful):
    """How a project stood at the end of a quarter. It moves only through `workflows.updates`.

    `version` counts the savings, so that of two who fill it in at once neither overwrites the other unseen.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="updates")
    round = models.ForeignKey(UpdateRound, models.PROTECT, related_name="updates", verbose_name=_("quarter"))
    state = models.CharField(_("state"), max_length=10, choices=UpdateState, default=UpdateState.DRAFT, editable=False)
    due_on = models.DateField(_("due on"))
    percent_complete = models.DecimalField(
        _("complete, %"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    work_done = models.TextField(_("what was done in the quarter"), blank=True)
    next_steps = models.TextField(_("what comes next"), blank=True)
    difficulties = models.TextField(_("difficulties and delays"), blank=True)
    safety = models.TextField(_("safety, environment, neighbours"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    return_note = models.TextField(_("why it was returned"), blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly update")
        verbose_name_plural = _("quarterly updates")
        ordering = ["-round__quarter", "-id"]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="progressupdate_due")]
        constraints = [
            models.UniqueConstraint(fields=["project", "round"], name="progressupdate_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(percent_complete__isnull=True) | Q(percent_complete__gte=0, percent_complete__lte=100),
                name="progressupdate_percent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT)
                | (Q(percent_complete__isnull=False, submitted_at__isnull=False, submitted_by__isnull=False))
                & ~Q(work_done=""),
                name="progressupdate_sent_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[UpdateState.RETURNED, UpdateState.ACCEPTED])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="progressupdate_decided_pair",
            ),
            # Who sends an update for an enterprise leaves it to somebody else to accept it.
            models.CheckConstraint(
                condition=~Q(state=UpdateState.ACCEPTED) | ~Q(submitted_by=F("decided_by")),
                name="progressupdate_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.RETURNED) | ~Q(return_note=""), name="progressupdate_returned_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code}, {self.round.quarter}"

    def get_absolute_url(self) -> str:
        return reverse("progress:update", args=[self.project.code, self.round.quarter])

    @property
    def percent(self) -> Decimal | None:
        """How much is complete, without zeros behind."""
        return self.percent_complete.normalize() if self.percent_complete is not None else None

    @property
    def quarter(self) -> Quarter:
        """The quarter that it is about."""
        return Quarter.parse(self.round.quarter)


class JobCount(models.Model):
    """Jobs at the end of the quarter: heads and, if known, full-time equivalents and women (brief §7)."""

    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="jobs")
    origin = models.CharField(_("origin"), max_length=10, choices=JobOrigin)
    phase = models.CharField(_("phase"), max_length=12, choices=JobPhase)
    heads = models.PositiveIntegerField(_("head count"))
    full_time = models.DecimalField(_("full-time equivalents"), max_digits=10, decimal_places=2, null=True, blank=True)
    women = models.PositiveIntegerField(_("of whom women"), null=True, blank=True)

    class Meta:
        verbose_name = _("jobs")
        verbose_name_plural = _("jobs")
        ordering = ["update", "phase", "-origin"]
        constraints = [
            models.UniqueConstraint(fields=["update", "origin", "phase"], name="jobcount_unique"),
            models.CheckConstraint(condition=Q(women__isnull=True) | Q(women__lte=F("heads")), name="jobcount_women"),
            models.CheckConstraint(
                condition=Q(full_time__isnull=True) | Q(full_time__gte=0), name="jobcount_full_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_origin_display()}, {self.get_phase_display()}: {self.heads}"


class Capacity(models.Model):
    """What the plant can make in a year by design, and what it made at the yearly pace of the quarter (brief §7)."""

    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="capacities")
    product = models.CharField(_("product"), max_length=200)
    unit = models.CharField(_("unit a year"), max_length=40)
    design = models.DecimalField(_("by design"), max_digits=20, decimal_places=3, null=True, blank=True)
    actual = models.DecimalField(_("actual"), max_digits=20, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ["update", "id"]
        constraints = [
            models.UniqueConstraint(fields=["update", "product", "unit"], name="capacity_unique"),
            models.CheckConstraint(condition=~Q(product="") & ~Q(unit=""), name="capacity_of_something"),
            models.CheckConstraint(
                condition=(Q(design__isnull=True) | Q(design__gte=0)) & (Q(actual__isnull=True) | Q(actual__gte=0)),
                name="capacity_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.unit}"


class Localisation(models.Model):
    """How much of a kind of work was local in a year, and what shows it (brief §6.9)."""

    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="localisations")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    kind = models.CharField(_("kind"), max_length=12, choices=LocalisationKind)
    percent = models.DecimalField(_("local, %"), max_digits=5, decimal_places=2, validators=PERCENT)
    evidence = models.CharField(_("evidence"), max_length=300)

    class Meta:
        verbose_name = _("localisation")
        verbose_name_plural = _("localisations")
        ordering = ["update", "id"]
        constraints = [
            models.UniqueConstraint(fields=["update", "year", "kind"], name="localisation_unique"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="localisation_percent"),
            models.CheckConstraint(condition=~Q(evidence=""), name="localisation_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.year}: {self.percent}"


class MilestoneChange(models.Model):
    """What an update says of a milestone: reached, or expected for another day. Applied when it is accepted."""

    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="milestone_changes")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="changes", verbose_name=_("milestone"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    expected_on = models.DateField(_("now expected for"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a milestone")
        verbose_name_plural = _("changes of milestones")
        ordering = ["update", "milestone__planned_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["update", "milestone"], name="milestonechange_unique"),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=False, expected_on__isnull=True)
                | Q(reached_on__isnull=True, expected_on__isnull=False),
                name="milestonechange_one_of_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.milestone)
