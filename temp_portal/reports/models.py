"""A quarterly report: what it covers, its frozen figures and its files."""

from zoneinfo import ZoneInfo

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.models import Stateful
from temp_portal.core.periods import Quarter
from temp_portal.jobs.models import Job
from temp_portal.reports import scopes
from temp_portal.reports.basis import Basis
from temp_portal.reports.enums import FileFormat, ReportState
from temp_portal.reports.figures import SCHEMA, Document
from temp_portal.reports.querysets import ReportQuerySet

FROZEN = ("quarter", "period_start", "period_end", "time_zone", "scope", "version", "schema", "cut_off", "figures_hash")


class Report(Stateful):
    """The report of one quarter about some committees or all (domain brief §8).

    The period stands in the row as days and time zone, `period_end` is the day after the last. `scope` holds ids of
    committees, NULL means all. The hash binds: figures that were lost are counted again from the facts at `cut_off`,
    and must give it. A draft's `version` is the one it is going to be unless another is frozen before it.
    """

    quarter = models.CharField(_("quarter"), max_length=7)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("day after the last"))
    time_zone = models.CharField(_("time zone"), max_length=50)
    scope = ArrayField(models.BigIntegerField(), verbose_name=_("committees"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=ReportState, default=ReportState.DRAFT, editable=False)
    schema = models.PositiveSmallIntegerField(_("generation of the tables"), default=SCHEMA, editable=False)
    cut_off = models.DateTimeField(_("data cut-off"), null=True, blank=True, editable=False)
    figures = models.JSONField(_("figures"), null=True, blank=True, editable=False)
    figures_hash = models.CharField(_("SHA-256 of the figures"), max_length=64, blank=True, editable=False)
    restated = models.JSONField(_("restated figures"), default=list, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("job")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["-period_start", "-id"], name="report_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["period_start", "scope", "version"],
                condition=Q(cut_off__isnull=False),
                name="report_version",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(period_end__gt=models.F("period_start")), name="report_period"),
            models.CheckConstraint(condition=Q(scope__isnull=True) | Q(scope__len__gt=0), name="report_scope"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, cut_off__isnull=True, figures_hash="", frozen_at__isnull=True)
                | (
                    ~Q(state=ReportState.DRAFT)
                    & Q(cut_off__isnull=False, figures_hash__regex="^[0-9a-f]{64}$", frozen_at__isnull=False)
                ),
                name="report_frozen_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
                name="report_frozen_pair",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen_figures_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.figures_hash <> '' AND ("
                    + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN)
                    + ")"
                ),
            ),
            pgtrigger.Protect(
                name="frozen_reports_stay",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__cut_off__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _translate("%(scope)s, %(quarter)s") % {"scope": self.scope_label, "quarter": self.period.label()}

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def period(self) -> Quarter:
        return Quarter.parse(self.quarter)

    @cached_property
    def scope_label(self) -> str:
        """What the report is about, in the active language."""
        return scopes.label(self.scope)

    @property
    def is_frozen(self) -> bool:
        return bool(self.figures_hash)

    @property
    def document(self) -> Document | None:
        """The frozen figures; None while there are none, and when they were lost."""
        return Document.from_json(self.figures) if self.figures else None

    @property
    def basis(self) -> Basis:
        """What the figures are counted from. Raises ValueError for a draft, which has no cut-off."""
        if self.cut_off is None:
            raise ValueError("A draft has no cut-off.")
        scope = None if self.scope is None else tuple(self.scope)
        return Basis(self.period, self.cut_off, scope, ZoneInfo(self.time_zone), self.schema)


class ReportFile(models.Model):
    """A file made from the frozen figures. JSON speaks all languages at once and has none of its own."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=FileFormat)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["language", "format"]
        constraints = [models.UniqueConstraint(fields=["report", "format", "language"], name="reportfile_unique")]

    def __str__(self) -> str:
        return self.name

    @property
    def download_url(self) -> str:
        """Where the file is downloaded; it has no page."""
        return reverse("reports:file", args=[self.report_id, self.pk])
