from django.urls import path

from members.privacy.views import erasures, informing, keeping, own, requests
from temp_portal.core.lists import list_paths

app_name = "privacy"

urlpatterns = [
    path("me/data/", own.MyData.as_view(), name="own"),
    path("me/data/copy/", own.CopyOwn.as_view(), name="copy"),
    path("me/data/requests/new/", own.Ask.as_view(), name="ask"),
    *list_paths("me/data/readings", own.MyReadings, name="own-readings"),
    path("organisations/<int:pk>/copy/", own.CopyOrganisation.as_view(), name="copy-organisation"),
    path("organisations/<int:pk>/erase/", erasures.ProposeOrganisation.as_view(), name="erase-organisation"),
    path("people/<int:pk>/erase/", erasures.ProposePerson.as_view(), name="erase-person"),
    *list_paths("privacy/requests", requests.RequestList, name="request-list"),
    path("privacy/requests/<int:pk>/", requests.RequestPage.as_view(), name="request"),
    *list_paths("privacy/erasures", erasures.ErasureList, name="erasure-list"),
    path("privacy/erasures/<int:pk>/", erasures.ErasurePage.as_view(), name="erasure"),
    path("privacy/erasures/<int:pk>/decline/", erasures.Decline.as_view(), name="erasure-decline"),
    path("privacy/notices/", informing.Notices.as_view(), name="notices"),
    path("privacy/notices/<str:country>/", informing.Notice.as_view(), name="notice"),
    path("privacy/countries/<str:country>/", informing.Switch.as_view(), name="switch"),
    path("privacy/retention/", keeping.Retention.as_view(), name="retention"),
    *list_paths("privacy/readings", keeping.ReadingList, name="reading-list"),
    *list_paths("privacy/breaches", keeping.BreachList, name="breach-list"),
    path("privacy/breaches/new/", keeping.NewBreach.as_view(), name="breach-new"),
    path("privacy/breaches/<int:pk>/", keeping.BreachPage.as_view(), name="breach"),
]
