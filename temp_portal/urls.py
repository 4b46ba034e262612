"""All addresses of the portal. Apps are named by string: the platform imports none of them."""

from django.contrib import admin
from django.urls import include, path
from health_check.views import HealthCheckView

from temp_portal.core.views.metrics import metrics

urlpatterns = [
    path("", include("temp_portal.core.urls")),
    path("", include("committees.urls")),
    path("", include("members.urls")),
    path("", include("members.privacy.urls")),
    path("", include("projects.progress.urls")),
    path("", include("projects.risks.urls")),
    path("", include("projects.handover.urls")),
    path("", include("projects.urls")),
    path("", include("projects.introductions.urls")),
    path("", include("projects.matching.urls")),
    path("", include("temp_portal.accounts.urls")),
    path("", include("temp_portal.saved_views.urls")),
    path("", include("temp_portal.jobs.urls")),
    path("", include("temp_portal.imports.urls")),
    path("", include("temp_portal.notifications.urls")),
    path("", include("temp_portal.documents.urls")),
    path("", include("temp_portal.reports.urls")),
    path("", include("temp_portal.api_urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("health/live", HealthCheckView.as_view(checks=[]), name="health-live"),
    path(
        "health/ready",
        HealthCheckView.as_view(checks=["health_check.checks.Database", "health_check.checks.Cache"]),
        name="health-ready",
    ),
    path("metrics", metrics, name="metrics"),
]
