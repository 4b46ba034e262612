from django.urls import path

from projects.views import projects, rates
from temp_portal.core.lists import list_paths

app_name = "projects"

urlpatterns = [
    *list_paths("projects", projects.ProjectList, name="project-list"),
    *list_paths("rates", rates.RateList, name="rates"),
    path("rates/new/", rates.NewRate.as_view(), name="rate-new"),
    path("rates/<int:pk>/", rates.EditRate.as_view(), name="rate"),
    path("rates/<int:pk>/remove/", rates.RemoveRate.as_view(), name="rate-remove"),
    path("projects/<str:code>/", projects.ProjectPage.as_view(), name="project"),
]
