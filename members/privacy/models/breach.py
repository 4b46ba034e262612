"""A breach of the protection of personal data, as the law asks for it to be recorded (domain brief §9, PIPL 57)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.privacy.querysets import ForSecretariatQuerySet
from temp_portal.audit.history import tracked


@tracked()
class Breach(models.Model):
    """What happened, whose data it concerned, what was done, and who was told when."""

    title = models.CharField(_("what happened, in one line"), max_length=200)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"))
    description = models.TextField(_("what happened, and the likely cause"))
    data_concerned = models.TextField(_("kinds of data concerned"))
    people_concerned = models.PositiveIntegerField(_("number of people concerned"), null=True, blank=True)
    harm = models.TextField(_("harm that may follow"), blank=True)
    measures = models.TextField(_("measures taken"), blank=True)
    authority_told_at = models.DateTimeField(_("authority told at"), null=True, blank=True)
    people_told_at = models.DateTimeField(_("people told at"), null=True, blank=True)
    why_not_told = models.TextField(_("why people were not told"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    objects = ForSecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("found_at")), name="breach_closed_after_found"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(people_told_at__isnull=False) | ~Q(why_not_told=""),
                name="breach_closed_when_told",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("privacy:breach", args=[self.pk])
