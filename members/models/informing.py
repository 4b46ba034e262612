"""What people are told before they give data about themselves, and from where they may do so on their own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp


class PrivacyNotice(models.Model):
    """One version of the notice for a country; without a country it is the general one. A change is a new version."""

    country = CountryField(_("country"), blank=True, default="")
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("in force since"), db_default=ClockTimestamp(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        constraints = [models.UniqueConstraint(fields=["country", "number"], name="privacynotice_one_version")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.country or '–'} {self.number}"


@tracked()
class SelfRegistration(Stateful):
    """Whether people of a country may put themselves on record; without a row the portal's own default holds."""

    country = CountryField(_("country"), unique=True)
    state = models.CharField(
        _("self-registration"),
        max_length=3,
        choices=[("on", _("allowed")), ("off", _("not allowed"))],
        default="on",
        editable=False,
    )
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("self-registration in a country")
        verbose_name_plural = _("self-registration by country")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="selfregistration_with_reason")]

    def __str__(self) -> str:
        return str(self.country.name)
