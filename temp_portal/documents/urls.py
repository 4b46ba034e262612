from django.urls import path

from temp_portal.core.lists import list_paths
from temp_portal.documents import views

app_name = "documents"

urlpatterns = [
    *list_paths("me/documents", views.DocumentList, name="documents"),
    path("me/documents/new/", views.DocumentUpload.as_view(), name="new"),
    path("documents/upload/", views.UploadAtOnce.as_view(), name="upload"),
    path("documents/file/<str:token>/", views.SignedFile.as_view(), name="file"),
    path("documents/<int:pk>/", views.DocumentPage.as_view(), name="document"),
    path("documents/<int:pk>/download/", views.Download.as_view(), name="download"),
    path("documents/<int:pk>/details/", views.DocumentDetails.as_view(), name="details"),
    path("documents/<int:pk>/replace/", views.DocumentReplace.as_view(), name="replace"),
    path("documents/<int:pk>/withdraw/", views.DocumentWithdraw.as_view(), name="withdraw"),
]
