from django.urls import path

from temp_portal.core.lists import list_paths
from temp_portal.reports import views

app_name = "reports"

urlpatterns = [
    *list_paths("reports", views.ReportList, name="reports"),
    path("reports/new/", views.ReportCreate.as_view(), name="new"),
    path("reports/<int:pk>/", views.ReportPage.as_view(), name="report"),
    path("reports/<int:pk>/recompute/", views.ReportRecompute.as_view(), name="recompute"),
    path("reports/<int:pk>/files/<int:file>/", views.ReportDownload.as_view(), name="file"),
    path(
        "reports/<int:pk>/figures/<slug:table>/<str:row>/<slug:column>/", views.FigureRecords.as_view(), name="figures"
    ),
]
