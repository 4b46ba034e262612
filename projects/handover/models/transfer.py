"""What is handed to the host country: lines of four kinds, the certificate that sums them up."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.handover.enums import CertificateState, TransferKind
from projects.handover.querysets import CertificateQuerySet, TransferLineQuerySet
from projects.models import Project
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class TransferLine(models.Model):
    """A standard adopted, a technology licensed, a training held, a management contract (brief §6.8).

    `reference` is the code of the standard, or the licence or contract; `persons` and `certificates` belong to
    expertise, `localised` and the end of the contract to management. A line that does not apply says why in `note`.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="transfer_lines")
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind)
    applies = models.BooleanField(_("applies"), default=True)
    title = models.CharField(_("what is transferred"), max_length=300, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    persons = models.PositiveIntegerField(_("persons trained"), null=True, blank=True)
    certificates = models.PositiveIntegerField(_("certificates issued"), null=True, blank=True)
    localised = models.DecimalField(
        _("posts held by local staff, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TransferLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a transfer")
        verbose_name_plural = _("lines of transfers")
        ordering = ["kind", "id"]
        indexes = [models.Index(fields=["project", "kind", "id"], name="transferline_project")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(applies=True) & ~Q(title=""))
                | (Q(applies=False, completed_on__isnull=True) & ~Q(note="")),
                name="transferline_titled_or_explained",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | ~Q(evidence=""), name="transferline_completed_with_evidence"
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.EXPERTISE) | Q(persons__isnull=True, certificates__isnull=True),
                name="transferline_persons_of_expertise",
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.MANAGEMENT) | Q(localised__isnull=True, ends_on__isnull=True),
                name="transferline_posts_of_management",
            ),
            models.CheckConstraint(
                condition=Q(localised__isnull=True) | Q(localised__gte=0, localised__lte=100),
                name="transferline_localised",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="transferline_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Nothing to transfer"))

    def get_absolute_url(self) -> str:
        return reverse("handover:handover", args=[self.project.code])

    @property
    def is_complete(self) -> bool:
        """Carried out and proven, or explained away."""
        return self.completed_on is not None or not self.applies


@tracked()
class HandoverCertificate(Stateful):
    """That a project was handed over: issued once all lines are complete, void when revoked."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="handover_certificates")
    number = models.CharField(_("number"), max_length=50, unique=True)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=CertificateState,
        default=CertificateState.VALID,
        db_default=CertificateState.VALID,
        editable=False,
    )
    handed_over_on = models.DateField(_("handed over on"))
    received_by = models.CharField(_("received by"), max_length=300)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of handover")
        verbose_name_plural = _("certificates of handover")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state=CertificateState.VALID),
                name="handovercertificate_one_valid",
                violation_error_message=_("The project has a valid certificate of handover already."),
            ),
            models.CheckConstraint(
                condition=Q(state=CertificateState.VALID, revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(state=CertificateState.REVOKED, revoked_at__isnull=False, revoked_by__isnull=False),
                name="handovercertificate_revoked_pair",
            ),
            models.CheckConstraint(condition=~Q(received_by=""), name="handovercertificate_received"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("handover:handover", args=[self.project.code])
