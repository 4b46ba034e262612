from django.urls import path

from temp_portal.core.lists import list_paths
from temp_portal.jobs import views

app_name = "jobs"

urlpatterns = [
    *list_paths("jobs", views.JobList, name="jobs"),
    path("jobs/<int:pk>/", views.JobDetail.as_view(), name="job"),
    path("jobs/<int:pk>/progress/", views.JobProgress.as_view(), name="progress"),
    path("jobs/<int:pk>/cancel/", views.JobCancel.as_view(), name="cancel"),
    path("jobs/<int:pk>/retry/", views.JobRetry.as_view(), name="retry"),
    path("jobs/<int:pk>/file/", views.JobFile.as_view(), name="file"),
]
