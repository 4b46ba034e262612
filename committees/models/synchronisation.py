"""A roster that comes in as a file: the file, how its columns are read, what is decided about its rows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import SeatExit, SynchronisationState
from committees.models.committee import Committee
from committees.querysets import SynchronisationQuerySet
from temp_portal.audit.models import Recording, Stateful
from temp_portal.jobs.models import Job

DONE = (SynchronisationState.APPLIED, SynchronisationState.TAKEN_BACK)


class Synchronisation(Stateful):
    """One roster file on its way in: uploaded → comparing → compared → applying → applied, or failed; then taken back.

    `sheets` says of every sheet what stands in it; `headers` and `sample` are those of the chosen one. `rows` holds
    what the file says and whom it means (see `synchronisation.rows`), `roster` the facts that the comparison stands
    on, `choices` what was decided about single rows, `refusals` what the roster's rules forbid. Everything that
    applying writes belongs to `recording`.
    """

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="synchronisations", verbose_name=_("committee")
    )
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("stored file"), max_length=200, editable=False)
    sheets = models.JSONField(_("sheets"), default=list, editable=False)
    sheet = models.CharField(_("sheet"), max_length=200, blank=True, editable=False)
    headers = models.JSONField(_("columns of the file"), default=list, editable=False)
    sample = models.JSONField(_("first rows"), default=list, editable=False)
    row_count = models.PositiveIntegerField(_("rows"), default=0, editable=False)
    mapping = models.JSONField(_("mapping"), null=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=SynchronisationState,
        default=SynchronisationState.UPLOADED,
        editable=False,
    )
    effective_on = models.DateField(_("from when"), default=timezone.localdate)
    rows = models.JSONField(_("rows as read"), default=list, editable=False, encoder=DjangoJSONEncoder)
    roster = models.JSONField(_("roster compared with"), default=dict, editable=False)
    choices = models.JSONField(_("choices"), default=dict, editable=False)
    refusals = models.JSONField(_("refusals"), default=dict, editable=False)
    leave_missing = models.BooleanField(_("who is not in the file has left"), default=False, editable=False)
    leave_as = models.CharField(
        _("ended as"), max_length=12, choices=SeatExit, default=SeatExit.RESIGNED, editable=False
    )
    document = models.CharField(_("decision document"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    outcome = models.JSONField(_("what was written"), default=dict, editable=False)
    failure = models.TextField(_("why it failed"), blank=True, editable=False)
    recording = models.OneToOneField(
        Recording, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("recording")
    )
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("job")
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = SynchronisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("synchronisation")
        verbose_name_plural = _("synchronisations")
        indexes = [models.Index(fields=["committee", "-id"], name="synchronisation_committee")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SynchronisationState.UPLOADED) | Q(mapping__isnull=False),
                name="synchronisation_mapped",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DONE, applied_at__isnull=False, applied_by__isnull=False, recording__isnull=False)
                | (~Q(state__in=DONE) & Q(applied_at__isnull=True, applied_by__isnull=True, recording__isnull=True)),
                name="synchronisation_applied_with_stamp",
            ),
            models.CheckConstraint(
                condition=~Q(state=SynchronisationState.FAILED) | ~Q(failure=""),
                name="synchronisation_failed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committees:synchronisation", args=[self.committee.slug, self.pk])
