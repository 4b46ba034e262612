from django.urls import path

from projects.introductions.views import entrepreneurs, introductions, pipeline
from temp_portal.core.lists import list_paths

app_name = "introductions"

urlpatterns = [
    *list_paths("introductions", pipeline.IntroductionList, name="list"),
    path("introductions/board/", pipeline.Board.as_view(), name="board"),
    path("introductions/funnel/", pipeline.Funnel.as_view(), name="funnel"),
    path("introductions/new/", introductions.NewIntroduction.as_view(), name="new"),
    path("introductions/pick-person/", entrepreneurs.PickPerson.as_view(), name="pick-person"),
    *list_paths("introductions/entrepreneurs", entrepreneurs.EntrepreneurList, name="entrepreneurs"),
    path("introductions/entrepreneurs/<int:pk>/", entrepreneurs.EntrepreneurPage.as_view(), name="entrepreneur"),
    path(
        "introductions/entrepreneurs/<int:pk>/edit/", entrepreneurs.EditEntrepreneur.as_view(), name="entrepreneur-edit"
    ),
    path("introductions/entrepreneurs/<int:pk>/assess/", entrepreneurs.Assess.as_view(), name="entrepreneur-assess"),
    path(
        "introductions/entrepreneurs/<int:pk>/introduce/",
        introductions.IntroduceAgain.as_view(),
        name="entrepreneur-introduce",
    ),
    path("introductions/<int:pk>/", introductions.IntroductionPage.as_view(), name="introduction"),
    path("introductions/<int:pk>/edit/", introductions.EditIntroduction.as_view(), name="introduction-edit"),
    path("introductions/<int:pk>/project/", introductions.LinkProject.as_view(), name="introduction-project"),
    path("introductions/<int:pk>/<slug:step>/", introductions.Step.as_view(), name="introduction-step"),
]
