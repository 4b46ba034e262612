"""The record of every change of state of anything in the portal."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.facts import append_only
from temp_portal.audit.querysets import ReadingQuerySet, RecordingQuerySet, TransitionQuerySet
from temp_portal.core.db import ClockTimestamp


class Stateful(models.Model):
    """A record whose state only its workflow changes. `state_field` names the column that holds it."""

    state_field: ClassVar[str] = "state"

    class Meta:
        abstract = True

    @property
    def current_state(self) -> str:
        return str(getattr(self, self.state_field))

    @property
    def current_state_label(self) -> str:
        return str(getattr(self, f"get_{self.state_field}_display")())


class Recording(models.Model):
    """What was recorded in one go: one edit, one bulk action, one import. Its facts and transitions name it, so that
    it can be shown, and taken back, as a whole.

    `subject` is what it was done to as a whole, say a committee; `kind` a word that the subject's app gives a text.
    """

    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_id = models.BigIntegerField(_("record"))
    kind = models.CharField(_("what was done"), max_length=40)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by", verbose_name=_("takes back")
    )

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="recording_subject")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.kind}"


class Transition(models.Model):
    """One change of state: of what, from where to where, when recorded, as of which day, by whom, and why."""

    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_id = models.BigIntegerField(_("record"))
    move = models.CharField(_("move"), max_length=40)
    from_state = models.CharField(_("from"), max_length=40, blank=True)
    to_state = models.CharField(_("to"), max_length=40)
    at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp())
    effective_on = models.DateField(_("effective on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    recording = models.ForeignKey(
        Recording,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transitions",
        db_index=False,
        verbose_name=_("recorded in"),
    )

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="transition_subject"),
            models.Index(fields=["subject_type", "to_state", "at"], name="transition_state"),
            models.Index(fields=["recording", "id"], condition=Q(recording__isnull=False), name="transition_recording"),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.from_state or '–'} → {self.to_state}"


class Reading(models.Model):
    """Somebody saw personal data: who, when, on which page or in which file, and of which records.

    One row per page however many people are listed on it, so that it costs a page one narrow INSERT.
    """

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))
    at = models.DateTimeField(_("read at"), db_default=ClockTimestamp(), editable=False)
    place = models.CharField(_("page or file"), max_length=300)
    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_ids = ArrayField(models.BigIntegerField(), verbose_name=_("records"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        indexes = [
            GinIndex(fields=["subject_ids"], name="reading_subjects"),
            models.Index(fields=["at", "id"], name="reading_time"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(subject_ids=[]), name="reading_of_somebody")]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.subject_type}: {self.place}"
