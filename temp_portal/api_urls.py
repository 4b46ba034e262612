"""The versioned API, its schema and its documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from temp_portal.core.views.api_docs import ApiDocsView

urlpatterns = [
    path(
        "api/v1/",
        include(
            (
                [
                    path("", include("committees.api.urls")),
                    path("", include("members.api.urls")),
                    path("", include("projects.api.urls")),
                    path("", include("projects.matching.api.urls")),
                    path("", include("temp_portal.documents.api.urls")),
                    path("", include("temp_portal.reports.api.urls")),
                ],
                "api",
            )
        ),
    ),
    path("api/docs/", ApiDocsView.as_view(), name="api-docs"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
