from django.urls import path

from projects.handover.views import handover

app_name = "handover"

urlpatterns = [
    path("projects/<str:code>/handover/", handover.HandoverPage.as_view(), name="handover"),
    path("projects/<str:code>/handover/new/<str:kind>/", handover.NewLine.as_view(), name="line-new"),
    path("projects/<str:code>/handover/lines/<int:pk>/", handover.EditLine.as_view(), name="line"),
    path("projects/<str:code>/handover/lines/<int:pk>/remove/", handover.RemoveLine.as_view(), name="line-remove"),
    path("projects/<str:code>/handover/certificate/", handover.Issue.as_view(), name="certificate-new"),
    path(
        "projects/<str:code>/handover/certificates/<int:pk>.pdf", handover.CertificateFile.as_view(), name="certificate"
    ),
    path(
        "projects/<str:code>/handover/certificates/<int:pk>/revoke/",
        handover.Revoke.as_view(),
        name="certificate-revoke",
    ),
    path("projects/<str:code>/handover/reviews/<int:pk>/", handover.DoReview.as_view(), name="review"),
]
