from django.urls import path

from projects.views import exchange, manage, money, overviews, projects, rates, stages
from temp_portal.core.lists import list_paths

app_name = "projects"

_ONE = "projects/<str:code>"

urlpatterns = [
    *list_paths("projects", projects.ProjectList, name="project-list"),
    *list_paths("rates", rates.RateList, name="rates"),
    path("rates/new/", rates.NewRate.as_view(), name="rate-new"),
    path("rates/<int:pk>/", rates.EditRate.as_view(), name="rate"),
    path("rates/<int:pk>/remove/", rates.RemoveRate.as_view(), name="rate-remove"),
    path("projects/board/", overviews.Board.as_view(), name="project-board"),
    path("projects/map/", overviews.ProjectMap.as_view(), name="project-map"),
    path("projects/portfolio/", overviews.Portfolio.as_view(), name="project-portfolio"),
    path("projects/changes/", overviews.Changes.as_view(), name="project-changes"),
    path("projects/iati.xml", exchange.all_activities, name="iati"),
    path("projects/sites.geojson", exchange.sites, name="geojson"),
    path("committees/<slug:slug>/projects/iati.xml", exchange.committee_activities, name="iati-committee"),
    path(f"{_ONE}/iati.xml", exchange.project_activity, name="iati-project"),
    path("projects/new/", manage.NewProject.as_view(), name="project-new"),
    path(f"{_ONE}/", projects.ProjectPage.as_view(), name="project"),
    path(f"{_ONE}/edit/", manage.EditProject.as_view(), name="project-edit"),
    path(f"{_ONE}/participants/", projects.ParticipantsPage.as_view(), name="project-participants"),
    path(f"{_ONE}/participants/edit/", manage.EditParticipants.as_view(), name="project-participants-edit"),
    path(f"{_ONE}/countries/", manage.EditCountries.as_view(), name="project-countries"),
    path(f"{_ONE}/sites/", manage.EditSites.as_view(), name="project-sites"),
    path(f"{_ONE}/stage/<slug:step>/", stages.MoveStage.as_view(), name="project-stage"),
    path(f"{_ONE}/evidence/new/", stages.RecordEvidence.as_view(), name="project-evidence"),
    path(f"{_ONE}/evidence/<int:pk>/take-back/", stages.TakeBackEvidence.as_view(), name="project-evidence-back"),
    path(f"{_ONE}/money/", money.Money.as_view(), name="money"),
    path(f"{_ONE}/money/new/", money.RecordMoney.as_view(), name="money-new"),
    path(f"{_ONE}/money/<int:pk>/", money.CorrectMoney.as_view(), name="money-correct"),
    path(f"{_ONE}/money/<int:pk>/cancel/", money.CancelMoney.as_view(), name="money-cancel"),
]
