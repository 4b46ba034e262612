"""What the committee tells the enterprise on paper, the conditions of an approval, and translations of free texts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import LetterKind, TranslationOf
from committees.models.application import Application
from committees.querysets import LetterQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.core.db import ClockTimestamp


class Letter(models.Model):
    """A letter as it was sent. `content` holds every word of it, so that the same sheet can be made at any time.

    `reasons`: codes out of the list of reasons; `text`: what the writer added, in `text_language`.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    number = models.CharField(_("number"), max_length=40, unique=True)
    reasons = models.JSONField(_("reasons"), default=list)
    text = models.TextField(_("text"), blank=True)
    text_language = models.CharField(_("language of the text"), max_length=10, choices=settings.LANGUAGES, blank=True)
    content = models.JSONField(_("content"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(text="") | ~Q(text_language=""), name="letter_text_has_language")
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("committees:letter", args=[self.pk])


@tracked()
class Condition(models.Model):
    """What an admitted organisation still has to do, by when; fulfilled when somebody of the committee says so."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conditions")
    text = models.CharField(_("condition"), max_length=500)
    language = models.CharField(_("language of the text"), max_length=10, choices=settings.LANGUAGES)
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("how it was fulfilled"), max_length=500, blank=True)
    fulfilled_at = models.DateTimeField(_("fulfilled at"), null=True, blank=True, editable=False)
    fulfilled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(fulfilled_at__isnull=True, reminded_on__isnull=True),
                name="condition_to_remind",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="condition_has_text"),
            models.CheckConstraint(
                condition=Q(fulfilled_at__isnull=True, fulfilled_by__isnull=True)
                | Q(fulfilled_at__isnull=False, fulfilled_by__isnull=False),
                name="condition_fulfilled_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("committees:application", args=[self.application_id])

    @property
    def is_overdue(self) -> bool:
        return self.fulfilled_at is None and self.due_on < timezone.localdate()

    @property
    def committee_id(self) -> int:
        """The committee whose rules hold for it."""
        return self.application.committee_id


class TextTranslation(models.Model):
    """A translation that either side added to a free text of an application; the original stays what counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="translations")
    of = models.CharField(_("translation of"), max_length=12, choices=TranslationOf)
    of_id = models.BigIntegerField(_("record"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(_("translation"), max_length=4000)
    at = models.DateTimeField(_("added at"), db_default=ClockTimestamp(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["id"]
        indexes = [models.Index(fields=["application", "of", "of_id"], name="texttranslation_of")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="texttranslation_has_text")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.of} {self.of_id}: {self.language}"
