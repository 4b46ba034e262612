from django.urls import path

from temp_portal.saved_views import views

app_name = "saved_views"

urlpatterns = [
    path("views/save/", views.SaveView.as_view(), name="save"),
    path("views/<int:pk>/", views.ChangeView.as_view(), name="view"),
    path("views/<int:pk>/update/", views.UpdateView.as_view(), name="update"),
    path("views/<int:pk>/delete/", views.DeleteView.as_view(), name="delete"),
]
