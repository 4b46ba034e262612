"""Jobs as rows; their pages say more."""

from django.contrib import admin

from temp_portal.core.admin import ReadOnlyAdmin
from temp_portal.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin[Job]):
    list_display = ["kind", "title", "state", "attempts", "created_by", "created_at", "started_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["created_by"]
    search_fields = ["title", "created_by__email"]
    date_hierarchy = "created_at"
