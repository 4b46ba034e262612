"""What was given up is found here, with its reason, and can be tried again."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from temp_portal.core.admin import ReadOnlyAdmin
from temp_portal.notifications import workflows
from temp_portal.notifications.models import Delivery, Notification
from temp_portal.notifications.querysets import DeliveryQuerySet


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin[Notification]):
    list_display = ["kind", "subject_type", "subject_id", "created_at"]
    list_filter = ["kind"]
    date_hierarchy = "created_at"


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    list_display = ["notification", "recipient", "channel", "state", "attempts", "due_at", "sent_at", "error"]
    list_filter = ["state", "channel", "notification__kind"]
    list_select_related = ["notification", "recipient"]
    search_fields = ["recipient__email"]
    show_full_result_count = False
    actions = ["try_again"]

    @admin.action(description=_("Try again to send what was given up"), permissions=["view"])
    def try_again(self, request: HttpRequest, deliveries: Any) -> None:
        """A new round of attempts for the chosen ones that were given up."""
        chosen: DeliveryQuerySet = Delivery.objects.filter(pk__in=deliveries.values("pk"))
        count = workflows.try_again(chosen)
        text = ngettext("%(count)s mail will be tried again.", "%(count)s mails will be tried again.", count)
        messages.success(request, text % {"count": count})
