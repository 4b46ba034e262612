from django.urls import path

from temp_portal.core.lists import list_paths
from temp_portal.notifications import views

app_name = "notifications"

urlpatterns = [
    *list_paths("inbox", views.Inbox, name="inbox"),
    path("inbox/read/", views.MarkAllRead.as_view(), name="mark-all-read"),
    path("inbox/preferences/", views.Preferences.as_view(), name="preferences"),
    path("inbox/<int:notification>/", views.Open.as_view(), name="open"),
    *list_paths("mailbox", views.Mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", views.Mail.as_view(), name="mail"),
    path("mailbox/<int:pk>/html/", views.MailHtml.as_view(), name="mail-html"),
]
