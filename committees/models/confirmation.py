"""Once a year every member is asked whether what the portal has of it is still right."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.querysets import ConfirmationQuerySet
from members.models import Organisation


class ConfirmationRound(models.Model):
    """The question of one year. Opened once, however many schedulers there are."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    due_on = models.DateField(_("answers due on"))

    class Meta:
        verbose_name = _("annual confirmation")
        verbose_name_plural = _("annual confirmations")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Confirmation(models.Model):
    """An organisation that is asked in a year, and its answer."""

    round = models.ForeignKey(ConfirmationRound, models.PROTECT, related_name="confirmations", verbose_name=_("year"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="confirmations", verbose_name=_("organisation")
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="confirmation_once_a_year"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmation_confirmed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.round}"
