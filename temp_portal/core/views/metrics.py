"""Figures of the running portal for the monitoring system."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_prometheus.exports import ExportToDjangoView


def metrics(request: HttpRequest) -> HttpResponse:
    """For administrators, and for a scraper that sends `Authorization: Bearer` with METRICS_TOKEN; 404 to others."""
    token = settings.METRICS_TOKEN
    is_scraper = bool(token) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    if not is_scraper and not request.user.is_superuser:
        raise Http404
    response: HttpResponse = ExportToDjangoView(request)
    return response
