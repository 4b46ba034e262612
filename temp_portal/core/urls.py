from django.urls import path

from temp_portal.core.views.search import SearchView

app_name = "core"

urlpatterns = [
    path("search/", SearchView.as_view(), name="search"),
]
