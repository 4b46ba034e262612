"""The queue: what is open, what was returned, what was decided."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.applications import APPLICATIONS
from committees.enums import ApplicationState
from committees.filters.applications import ApplicationFilter
from committees.models import Application
from committees.querysets import ApplicationQuerySet
from committees.views.places import InCommittee
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Place

OPEN, RETURNED, DECIDED, ALL = "open", "returned", "decided", "all"
STATES: dict[str, list[str]] = {
    OPEN: [ApplicationState.SUBMITTED],
    RETURNED: [ApplicationState.RETURNED],
    DECIDED: [ApplicationState.APPROVED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN],
    ALL: ApplicationState.values,
}
LABELS = {
    OPEN: gettext_lazy("Open"),
    RETURNED: gettext_lazy("Returned"),
    DECIDED: gettext_lazy("Decided or withdrawn"),
    ALL: gettext_lazy("All"),
}


class Queue(InCommittee, ListView[Application]):
    """Applications to one committee, those due first; `?tab=` chooses open, returned, decided or all."""

    template_name = "committees/applications/queue.html"
    title = gettext_lazy("Applications")
    rule = "committees.view_queue"
    login_required = True
    for_officers = True
    place = "applications"
    columns = APPLICATIONS
    default_sort = "due"
    filterset_class = ApplicationFilter
    search_field = "organisation__search_key"

    @cached_property
    def tab(self) -> str:
        wanted = self.request.GET.get("tab", OPEN)
        return wanted if wanted in STATES else OPEN

    @property
    def submitted(self) -> ApplicationQuerySet:
        """Everything that was ever submitted to the committee."""
        return Application.objects.for_officers(self.request.user).filter(committee=self.committee)

    def get_queryset(self) -> QuerySet[Application]:
        rows = self.submitted.filter(state__in=STATES[self.tab])
        return rows.with_ownership().select_related("organisation", "decided_by")

    def get_filename(self) -> str:
        return f"{self.committee.slug}-applications-{self.tab}"

    def get_empty(self) -> Empty:
        if self.tab == OPEN and not self.state.search and not self.filterset.form.changed_data:
            return Empty(_("No application waits for a decision."), _("See those that were decided"), f"?tab={DECIDED}")
        return super().get_empty()

    def get_tabs(self) -> list[Place]:
        """The tabs with their counts, in one query."""
        counts = self.submitted.aggregate(**{key: Count("pk", filter=Q(state__in=STATES[key])) for key in STATES})
        return [Place(LABELS[key], f"?tab={key}", current=key == self.tab, count=counts[key]) for key in STATES]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"tabs": self.get_tabs()} | kwargs)
