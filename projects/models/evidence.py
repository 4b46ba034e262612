"""What stands behind the stages of a project."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import EvidenceKind, Stage
from projects.models.project import Project
from projects.querysets import StageEvidenceQuerySet
from temp_portal.core.db import ClockTimestamp


class StageEvidence(models.Model):
    """One thing that a stage has to show: what it says, of which day, where the document lies, who recorded it.

    What was wrong is taken back and stays on record; it no longer counts.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="evidence")
    stage = models.CharField(_("stage"), max_length=3, choices=Stage)
    kind = models.CharField(_("what it shows"), max_length=20, choices=EvidenceKind)
    text = models.TextField(_("what it says"), max_length=4000)
    document = models.CharField(
        _("document"), max_length=300, blank=True, help_text=_("Its number and date, and where it is kept.")
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = StageEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a stage")
        verbose_name_plural = _("evidence of stages")
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="stageevidence_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="stageevidence_withdrawn_pair",
            ),
        ]
        indexes = [models.Index(fields=["project", "stage", "kind"], name="stageevidence_project")]

    def __str__(self) -> str:
        return f"{self.stage} {self.get_kind_display()}"
