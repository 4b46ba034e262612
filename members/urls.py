from django.urls import path

from members.views import (
    acting,
    claims,
    consents,
    dismissals,
    joining,
    merging,
    numbers,
    organisations,
    own,
    own_claims,
    ownerships,
    representatives,
    statements,
)
from temp_portal.core.lists import list_paths

app_name = "members"

urlpatterns = [
    *list_paths("organisations", organisations.OrganisationList, name="organisation-list"),
    *list_paths("organisations/claims", claims.ClaimList, name="claim-list"),
    path("organisations/number/", numbers.NumberCheck.as_view(), name="number-check"),
    path("organisations/claims/<int:pk>/", claims.ClaimPage.as_view(), name="claim"),
    path("organisations/claims/<int:pk>/refuse/", claims.RefuseClaim.as_view(), name="claim-refuse"),
    *list_paths("organisations/ownerships", ownerships.UnverifiedList, name="ownership-list"),
    path("organisations/ownerships/<int:pk>/", ownerships.VerifyOwnership.as_view(), name="ownership-verify"),
    *list_paths("organisations/statements", statements.StatementList, name="statement-list"),
    path("organisations/statements/<int:pk>/", statements.AcceptStatement.as_view(), name="statement"),
    path("organisations/statements/<int:pk>/refuse/", statements.RefuseStatement.as_view(), name="statement-refuse"),
    path("organisations/<int:pk>/ownership/", statements.StateOwnership.as_view(), name="ownership-state"),
    path("organisations/duplicates/", merging.OrganisationDuplicates.as_view(), name="organisation-duplicates"),
    path("organisations/<int:pk>/duplicates/", merging.OrganisationDoubles.as_view(), name="organisation-doubles"),
    path("organisations/<int:pk>/merge/<int:other>/", merging.MergeOrganisations.as_view(), name="organisation-merge"),
    path("organisations/merges/<int:pk>/undo/", merging.UndoOrganisations.as_view(), name="organisation-merge-undo"),
    path(
        "organisations/<int:pk>/dismiss/<int:other>/",
        dismissals.DismissOrganisations.as_view(),
        name="organisation-dismiss",
    ),
    path(
        "organisations/dismissals/<int:pk>/reopen/",
        dismissals.ReopenOrganisations.as_view(),
        name="organisation-reopen",
    ),
    path("people/duplicates/", merging.PersonDuplicates.as_view(), name="person-duplicates"),
    path("people/<int:pk>/duplicates/", merging.PersonDoubles.as_view(), name="person-doubles"),
    path("people/<int:pk>/merge/<int:other>/", merging.MergePeople.as_view(), name="person-merge"),
    path("people/merges/<int:pk>/undo/", merging.UndoPeople.as_view(), name="person-merge-undo"),
    path("people/<int:pk>/dismiss/<int:other>/", dismissals.DismissPeople.as_view(), name="person-dismiss"),
    path("people/dismissals/<int:pk>/reopen/", dismissals.ReopenPeople.as_view(), name="person-reopen"),
    path("organisations/<int:pk>/details/", own.OwnDetails.as_view(), name="organisation-details"),
    path("organisations/<int:pk>/numbers/", own.AddNumber.as_view(), name="organisation-number"),
    path(
        "organisations/<int:pk>/representatives/",
        representatives.Representatives.as_view(),
        name="representatives",
    ),
    path(
        "organisations/<int:pk>/representatives/invite/",
        representatives.InviteRepresentative.as_view(),
        name="representative-invite",
    ),
    path(
        "organisations/<int:pk>/representatives/invitations/<int:invitation>/revoke/",
        representatives.RevokeInvitation.as_view(),
        name="invitation-revoke",
    ),
    path(
        "organisations/<int:pk>/representatives/<int:grant>/end/",
        representatives.EndAccess.as_view(),
        name="representative-end",
    ),
    path("join/<str:token>/", joining.Join.as_view(), name="join"),
    path("me/representatives/", representatives.OwnRepresentatives.as_view(), name="own-representatives"),
    path("me/acting-for/", acting.ActFor.as_view(), name="acting-for"),
    path("me/claims/", own_claims.OwnClaims.as_view(), name="own-claims"),
    path("me/claims/<int:pk>/withdraw/", own_claims.WithdrawClaim.as_view(), name="own-claim-withdraw"),
    path("me/consents/", consents.ConsentList.as_view(), name="consents"),
    path("me/consents/<int:pk>/withdraw/", consents.WithdrawConsent.as_view(), name="consent-withdraw"),
    path("organisations/<int:pk>/", organisations.OrganisationPage.as_view(), name="organisation"),
]
