from django.urls import path

from projects.views import projects
from temp_portal.core.lists import list_paths

app_name = "projects"

urlpatterns = [
    *list_paths("projects", projects.ProjectList, name="project-list"),
    path("projects/<str:code>/", projects.ProjectPage.as_view(), name="project"),
]
