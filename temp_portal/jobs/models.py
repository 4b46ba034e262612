"""A long piece of work: what it is, how far it is, whose hands it is in, and what came of it."""

from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.models import Stateful
from temp_portal.core.markup.figures import number
from temp_portal.core.titles import labelled
from temp_portal.jobs import registry
from temp_portal.jobs.enums import ACTIVE_STATES, ENDED_STATES, JobState, Unit, of_total
from temp_portal.jobs.querysets import JobQuerySet


class Job(Stateful):
    """One piece of work. The row is the record and the queue at once; a broker message only says "look".

    While it runs, `token` names the attempt and `lease_until` says how long it may be silent. `message` is an English
    text from the catalogue, translated when shown; `error` was written in the owner's language.
    """

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=300, blank=True)
    params = models.JSONField(_("parameters"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    key = models.CharField(_("key"), max_length=200, blank=True, editable=False)
    queue = models.CharField(_("queue"), max_length=40, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=JobState, default=JobState.QUEUED, editable=False, db_index=True
    )
    due_at = models.DateTimeField(_("looked for again at"), default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    max_attempts = models.PositiveSmallIntegerField(_("most attempts"), default=3, editable=False)
    token = models.UUIDField(_("attempt"), null=True, editable=False)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True, editable=False)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True, editable=False)
    progress_done = models.PositiveBigIntegerField(_("done"), default=0, editable=False)
    progress_total = models.PositiveBigIntegerField(_("of"), default=0, editable=False)
    progress_unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.STEPS, editable=False)
    message = models.CharField(_("at present"), max_length=300, blank=True, editable=False)
    checkpoint = models.JSONField(_("checkpoint"), default=dict, editable=False, encoder=DjangoJSONEncoder)
    result = models.JSONField(_("result"), default=dict, editable=False, encoder=DjangoJSONEncoder)
    result_file = models.FileField(_("file"), max_length=200, blank=True, editable=False)
    result_name = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    error = models.TextField(_("reason"), blank=True, editable=False)
    trace = models.TextField(_("technical details"), blank=True, editable=False)
    cancel_requested_at = models.DateTimeField(_("cancellation asked for at"), null=True, blank=True, editable=False)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("asked for by")
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["created_by", "-id"], name="job_owner"),
            models.Index(fields=["due_at"], condition=Q(state=JobState.QUEUED), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=JobState.RUNNING), name="job_running"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=~Q(key="") & Q(state__in=ACTIVE_STATES), name="job_one_active"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, token__isnull=False, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(token__isnull=True, lease_until__isnull=True)),
                name="job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, finished_at__isnull=False)
                | (~Q(state__in=ENDED_STATES) & Q(finished_at__isnull=True)),
                name="job_finished_at_when_ended",
            ),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(error=""), name="job_failed_with_reason"),
            models.CheckConstraint(
                condition=Q(cancel_requested_at__isnull=True, cancel_requested_by__isnull=True)
                | Q(cancel_requested_at__isnull=False, cancel_requested_by__isnull=False),
                name="job_cancel_pair",
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.label, self.title) if self.title else self.label

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def label(self) -> str:
        """What kind of work this is, in the reader's language."""
        sort = registry.find(self.kind)
        return str(sort.label) if sort else self.kind

    @property
    def has_expired(self) -> bool:
        """Whether its result was to be had for some days only, and these are over."""
        sort = registry.find(self.kind)
        if sort is None or sort.result_days is None or self.finished_at is None:
            return False
        return self.finished_at + timedelta(days=sort.result_days) < timezone.now()

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE_STATES

    @property
    def is_being_cancelled(self) -> bool:
        """Whether it was told to stop and has not stopped yet."""
        return self.is_active and self.cancel_requested_at is not None

    @property
    def progress_text(self) -> str:
        """How far it is ("11 of 17 tables"); empty before the work has said how much there is."""
        if not self.progress_total:
            return ""
        done, total = number(self.progress_done), number(self.progress_total)
        return of_total(done, total, self.progress_total, self.progress_unit)

    @property
    def message_text(self) -> str:
        """What it is doing, in the reader's language."""
        return _translate(self.message) if self.message else ""
