from django.urls import path

from projects.risks.views import exposure, register
from temp_portal.core.lists import list_paths

app_name = "risks"

urlpatterns = [
    path("projects/exposure/", exposure.ExposurePage.as_view(), name="exposure"),
    *list_paths("projects/<str:code>/risks", register.Register, name="register"),
    path("projects/<str:code>/risks/new/", register.NewRisk.as_view(), name="risk-new"),
    path("projects/<str:code>/risks/<int:pk>/", register.RiskPage.as_view(), name="risk"),
    path("projects/<str:code>/risks/<int:pk>/edit/", register.EditRisk.as_view(), name="risk-edit"),
    path("projects/<str:code>/risks/<int:pk>/assess/", register.AssessRisk.as_view(), name="risk-assess"),
    path("projects/<str:code>/risks/<int:pk>/close/", register.CloseRisk.as_view(), name="risk-close"),
    path("projects/<str:code>/risks/<int:pk>/reopen/", register.ReopenRisk.as_view(), name="risk-reopen"),
]
