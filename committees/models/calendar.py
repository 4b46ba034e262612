"""Days on which a country's offices differ from its weekly rhythm: holidays, and rest days that are worked."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from committees.querysets import CalendarDayQuerySet
from temp_portal.audit.history import tracked


@tracked()
class CalendarDay(models.Model):
    """One such day. Weekly rest days need no row: see `committees.workdays`."""

    name_en: str
    name_zh_hans: str
    name_ru: str

    country = CountryField(_("country"))
    day = models.DateField(_("day"))
    working = models.BooleanField(
        _("worked"), default=False, help_text=_("A rest day that is worked, for example in exchange for a bridge day.")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of the working calendar")
        verbose_name_plural = _("days of the working calendar")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "day"],
                name="calendarday_unique",
                violation_error_message=_("This day of this country is on record already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country.code} {self.day}"

    def edit_url(self) -> str:
        """Where it is changed."""
        return reverse("committees:calendar-day", args=[self.pk])
