"""Files of projects for other programs, of what whoever asks may see."""

from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from committees.models import Committee
from projects.exchange import geojson, iati
from projects.models import Project


@require_safe
def all_activities(request: HttpRequest) -> StreamingHttpResponse:
    """All projects as IATI activities."""
    return _activities(request, Project.objects.visible_to(request.user), "projects")


@require_safe
def committee_activities(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The projects behind which a committee stands."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    return _activities(request, Project.objects.visible_to(request.user).sponsored_by(committee), slug)


@require_safe
def project_activity(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """One project."""
    return _activities(request, Project.objects.visible_to(request.user).filter(code=code), code)


@require_safe
def sites(request: HttpRequest) -> StreamingHttpResponse:
    """Sites and countries of all projects as GeoJSON."""
    stream = geojson.places(Project.objects.visible_to(request.user))
    return _file(stream, geojson.CONTENT_TYPE, "projects.geojson")


def _activities(request: HttpRequest, projects: Any, name: str) -> StreamingHttpResponse:
    """A file without an activity is not valid, so there is none."""
    if not projects.exists():
        raise Http404
    return _file(iati.activities(projects, request.user), iati.CONTENT_TYPE, f"{name}.iati.xml")


def _file(stream: Any, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(stream, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
