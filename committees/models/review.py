"""What the committee's side writes down while it reviews an application. Nothing of it reaches the enterprise."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models.application import Application
from temp_portal.audit.facts import append_only
from temp_portal.core.db import ClockTimestamp


class ReviewNote(models.Model):
    """A note inside the committee; it is kept as it was written."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"), max_length=4000)
    at = models.DateTimeField(_("written at"), db_default=ClockTimestamp(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reviewnote_has_text")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.text[:40]}"


class Assignment(models.Model):
    """Who was asked to deal with an application, from when on; without `assignee` it was freed.

    The last row says what `Application.assignee` says.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("assigned at"), db_default=ClockTimestamp(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["id"]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.assignee_id or '–'}"


class ConflictOfInterest(models.Model):
    """A person of the committee's side has said that an application is not for him to judge. It stays so."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=500)
    at = models.DateTimeField(_("declared at"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                name="conflictofinterest_once",
                violation_error_message=_("You have declared this already."),
            )
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.user_id}"


class ChecklistTick(models.Model):
    """An item of the checklist was ticked, or the tick was taken away; the last row of an item counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="ticks")
    code = models.CharField(_("item"), max_length=40)
    done = models.BooleanField(_("checked"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("ticked at"), db_default=ClockTimestamp(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        ordering = ["id"]
        indexes = [models.Index(fields=["application", "code", "-id"], name="checklisttick_last")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.code}"
