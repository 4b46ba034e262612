"""Where a project stands on the map."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from projects.models.project import Project


class Site(models.Model):
    """A place of a project, in degrees of WGS 84: north and east are positive."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the place"), max_length=200)
    country = CountryField(_("country"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["project", "name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="site_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="site_has_name"),
            models.CheckConstraint(condition=Q(latitude__gte=-90, latitude__lte=90), name="site_latitude"),
            models.CheckConstraint(condition=Q(longitude__gte=-180, longitude__lte=180), name="site_longitude"),
        ]
        indexes = [models.Index(fields=["country", "project"], name="site_country")]

    def __str__(self) -> str:
        return self.name
