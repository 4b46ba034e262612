"""Places of projects as GeoJSON (RFC 7946): sites, and for projects without one a point amid the country."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Exists, OuterRef

from projects.centroids import CENTROIDS
from projects.models import ProjectCountry, Site

CONTENT_TYPE: Final = "application/geo+json"
_PROJECT: Final = ("project__code", "project__title", "project__stage", "project__sector_code")


def places(projects: Any) -> Iterator[str]:
    """The collection, place by place. A point in the middle of a country says so: it is no site."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for feature in _features(projects):
        yield f"{comma}\n{feature}"
        comma = ","
    yield "\n]}\n"


def _features(projects: Any) -> Iterator[str]:
    sites = Site.objects.filter(project__in=projects.order_by()).order_by("pk")
    for name, country, north, east, *project in sites.values_list(
        "name", "country", "latitude", "longitude", *_PROJECT
    ).iterator():
        yield _feature(east, north, {"site": name, "country": country, "exact": True}, project)
    elsewhere = ProjectCountry.objects.filter(project__in=projects.order_by()).order_by("pk")
    elsewhere = elsewhere.filter(~Exists(Site.objects.filter(project=OuterRef("project"))), country__in=CENTROIDS)
    for country, *project in elsewhere.values_list("country", *_PROJECT).iterator():
        north, east = CENTROIDS[country]
        yield _feature(east, north, {"country": country, "exact": False}, project)


def _feature(east: Any, north: Any, place: dict[str, Any], project: list[Any]) -> str:
    """Written by hand where numbers stand: they are exact decimals, which JSON's writer does not take."""
    code, title, stage, sector = project
    said = json.dumps({"code": code, "title": title, "stage": stage, "sector": sector} | place, ensure_ascii=False)
    point = f'{{"type":"Point","coordinates":[{east},{north}]}}'
    return f'{{"type":"Feature","geometry":{point},"properties":{said}}}'
