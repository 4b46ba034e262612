from django.urls import path

from projects.progress.views import milestones, progress, updates

app_name = "progress"

urlpatterns = [
    path("projects/<str:code>/progress/", progress.ProgressPage.as_view(), name="progress"),
    path("projects/<str:code>/comments/new/", progress.WriteComment.as_view(), name="comment-new"),
    path("projects/<str:code>/documents/new/", progress.AttachDocument.as_view(), name="document-new"),
    path("projects/<str:code>/documents/<int:pk>/off/", progress.DetachDocument.as_view(), name="document-off"),
    path("projects/<str:code>/milestones/", milestones.MilestonesPage.as_view(), name="milestones"),
    path("projects/<str:code>/milestones/new/", milestones.NewMilestone.as_view(), name="milestone-new"),
    path("projects/<str:code>/milestones/<int:pk>/", milestones.EditMilestone.as_view(), name="milestone"),
    path("projects/<str:code>/milestones/<int:pk>/reach/", milestones.ReachMilestone.as_view(), name="milestone-reach"),
    path("projects/<str:code>/milestones/<int:pk>/drop/", milestones.DropMilestone.as_view(), name="milestone-drop"),
    path("projects/<str:code>/milestones/<int:pk>/plan/", milestones.PlanAgain.as_view(), name="milestone-plan"),
    path("projects/<str:code>/updates/<str:quarter>/", updates.UpdatePage.as_view(), name="update"),
    path("projects/<str:code>/updates/<str:quarter>/fill-in/", updates.FillIn.as_view(), name="update-fill-in"),
    path("projects/<str:code>/updates/<str:quarter>/return/", updates.Return.as_view(), name="update-return"),
    path("projects/<str:code>/updates/<str:quarter>/accept/", updates.Accept.as_view(), name="update-accept"),
]
