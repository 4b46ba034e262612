from django.urls import path

from members.views import claims, consents, organisations, own, ownerships
from temp_portal.core.lists import list_paths

app_name = "members"

urlpatterns = [
    *list_paths("organisations", organisations.OrganisationList, name="organisation-list"),
    *list_paths("organisations/claims", claims.ClaimList, name="claim-list"),
    path("organisations/claims/<int:pk>/", claims.ClaimPage.as_view(), name="claim"),
    path("organisations/claims/<int:pk>/refuse/", claims.RefuseClaim.as_view(), name="claim-refuse"),
    *list_paths("organisations/ownerships", ownerships.UnverifiedList, name="ownership-list"),
    path("organisations/ownerships/<int:pk>/", ownerships.VerifyOwnership.as_view(), name="ownership-verify"),
    path("organisations/<int:pk>/details/", own.OwnDetails.as_view(), name="organisation-details"),
    path("organisations/<int:pk>/numbers/", own.AddNumber.as_view(), name="organisation-number"),
    path("me/consents/", consents.ConsentList.as_view(), name="consents"),
    path("me/consents/<int:pk>/withdraw/", consents.WithdrawConsent.as_view(), name="consent-withdraw"),
    path("organisations/<int:pk>/", organisations.OrganisationPage.as_view(), name="organisation"),
]
