from django.urls import path

from temp_portal.core.views.front import FrontView
from temp_portal.core.views.search import SearchView

app_name = "core"

urlpatterns = [
    path("", FrontView.as_view(), name="front"),
    path("search/", SearchView.as_view(), name="search"),
]
