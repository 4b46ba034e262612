from django.urls import path

from members.views import organisations
from temp_portal.core.lists import list_paths

app_name = "members"

urlpatterns = [
    *list_paths("organisations", organisations.OrganisationList, name="organisation-list"),
    path("organisations/<int:pk>/", organisations.OrganisationPage.as_view(), name="organisation"),
]
