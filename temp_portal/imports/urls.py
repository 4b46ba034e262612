from django.urls import path

from temp_portal.core.lists import list_paths
from temp_portal.imports import views

app_name = "imports"

urlpatterns = [
    *list_paths("imports", views.ImportList, name="imports"),
    path("imports/new/", views.ImportUpload.as_view(), name="new"),
    path("imports/<int:pk>/", views.ImportPage.as_view(), name="import"),
    path("imports/<int:pk>/columns/", views.ImportColumns.as_view(), name="columns"),
    path("imports/<int:pk>/apply/", views.ImportApply.as_view(), name="apply"),
    path("imports/<int:pk>/rejected.csv", views.RejectedRows.as_view(), name="rejected"),
    *list_paths("imports/<int:pk>/errors", views.ProblemList, name="errors"),
]
