from django.urls import path

from temp_portal.accounts.views import invitation, profile, protection, start, tokens

app_name = "accounts"

urlpatterns = [
    path("me/", start.StartPage.as_view(), name="me"),
    path("me/profile/", profile.Profile.as_view(), name="profile"),
    path("invitation/<str:token>/", invitation.AcceptInvitation.as_view(), name="invitation"),
    path("account/protect/", protection.Protect.as_view(), name="protect"),
    path("account/tokens/", tokens.TokensView.as_view(), name="tokens"),
    path("account/tokens/<str:pk>/end/", tokens.EndTokenView.as_view(), name="token-end"),
]
