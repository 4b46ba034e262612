from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import CountryStanding


class CountryStatus(models.Model):
    """A country's standing towards the SCO on certain days; reports use the one at the period's end (brief §4)."""

    country = CountryField(_("country"))
    standing = models.CharField(_("standing"), max_length=20, choices=CountryStanding)
    valid = DateRangeField(_("valid"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("country status")
        verbose_name_plural = _("country statuses")
        constraints = [
            models.CheckConstraint(condition=Q(valid__isempty=False), name="countrystatus_valid_range"),
            ExclusionConstraint(
                name="countrystatus_no_overlap",
                expressions=[("country", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country.name}: {self.get_standing_display()}"
