"""Where a project stands: host countries with their shares, and sites, each written as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained
from projects.models import Project, ProjectCountry, Site
from projects.workflows.guards import lock, marks, refuse_overwriting, touch
from projects.workflows.participants import WHOLE

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Host:
    """A host country (ISO 3166-1 alpha-2) and its share of the project in percent, where it is known."""

    country: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A site in degrees of WGS 84."""

    name: str
    country: str
    latitude: Decimal
    longitude: Decimal


@transaction.atomic
def save_countries(project: Project, hosts: Sequence[Host], *, by: "User", seen: str) -> Project:
    """Write the host countries. Shares are known of all of them or of none, and make 100 %.

    Raises PermissionDenied, OverwriteConflict, ValidationError.
    """
    locked = lock(project, by=by)
    refuse_overwriting(locked, seen, _countries(locked), {"countries": _("host countries")})
    codes = [each.country for each in hosts]
    if len(codes) != len(set(codes)):
        raise ValidationError(_("A country stands here twice."))
    shares = [each.share for each in hosts if each.share is not None]
    if shares and (len(shares) < len(hosts) or sum(shares) != WHOLE):
        raise ValidationError(_("Give the share of every country or of none; together they make 100 %."))
    if stray := set(locked.sites.values_list("country", flat=True)) - set(codes):
        message = _("There are sites in a country that you leave out: %(codes)s. Change the sites first.")
        raise ValidationError(message % {"codes": ", ".join(sorted(stray))})
    locked.countries.all().delete()
    ProjectCountry.objects.bulk_create(
        ProjectCountry(project=locked, country=each.country, share=each.share) for each in hosts
    )
    touch(locked, by=by)
    return locked


@transaction.atomic
def save_sites(project: Project, places: Sequence[Place], *, by: "User", seen: str) -> Project:
    """Write the sites; each lies in a host country. Raises PermissionDenied, OverwriteConflict, ValidationError."""
    locked = lock(project, by=by)
    refuse_overwriting(locked, seen, _sites(locked), {"sites": _("sites")})
    hosts = set(locked.countries.values_list("country", flat=True))
    if any(each.country not in hosts for each in places):
        raise ValidationError(_("A site lies in a host country of the project: add the country first."))
    names = [each.name for each in places]
    if len(names) != len(set(names)):
        raise ValidationError(_("Two sites have the same name."))
    with explained(Site):
        locked.sites.all().delete()
        Site.objects.bulk_create(
            Site(
                project=locked,
                name=each.name,
                country=each.country,
                latitude=each.latitude,
                longitude=each.longitude,
            )
            for each in places
        )
    touch(locked, by=by)
    return locked


def countries_version(project: Project) -> str:
    """A mark of the host countries."""
    return marks(_countries(project))


def sites_version(project: Project) -> str:
    """A mark of the sites."""
    return marks(_sites(project))


def _countries(project: Project) -> dict[str, Any]:
    return {"countries": list(project.countries.order_by("country").values_list("country", "share"))}


def _sites(project: Project) -> dict[str, Any]:
    rows = project.sites.order_by("name").values_list("name", "country", "latitude", "longitude")
    return {"sites": list(rows)}
