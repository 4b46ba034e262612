"""The queues: what is open, what was returned, what was decided; in one committee, and in all that one keeps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.clock import clock_of
from committees.columns.applications import ALL_APPLICATIONS, APPLICATIONS
from committees.enums import ApplicationState
from committees.filters.applications import AllApplicationsFilter, ApplicationFilter
from committees.forms.reviewing import AssignForm
from committees.models import Application
from committees.querysets import ApplicationQuerySet
from committees.views.places import InCommittee
from committees.workdays import calendar_after
from committees.workflows import reviewing
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.permissions import user_of
from temp_portal.core.lists import BulkAction, Empty, KeysetPage, ListView, Sharing
from temp_portal.core.lists.counting import RowCount
from temp_portal.core.views import Crumb, FormView, Place

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


class QueueList(ListView[Application]):
    """Applications, those due first; `?tab=` chooses open, returned, decided or all."""

    template_name = "committees/applications/queue.html"
    title = gettext_lazy("Applications")
    rule = "committees.view_queue"
    login_required = True
    default_sort = "due"
    search_field = "organisation__search_key"
    row_label = "organisation"
    assign_url = ""

    @cached_property
    def tab(self) -> str:
        wanted = self.request.GET.get("tab", OPEN)
        return wanted if wanted in STATES else OPEN

    @property
    def submitted(self) -> ApplicationQuerySet:
        """Everything that was ever submitted to committees that the reader keeps."""
        rows: ApplicationQuerySet = Application.objects.for_officers(self.request.user)
        return rows

    def get_queryset(self) -> QuerySet[Application]:
        rows = self.submitted.filter(state__in=STATES[self.tab])
        return rows.with_ownership().with_checks().select_related("organisation", "decided_by", "assignee")

    def paginated(self) -> tuple[KeysetPage[Application], RowCount]:
        """The rows of the page with their clocks, out of one calendar."""
        page, count = super().paginated()
        calendar = calendar_after(date.min)
        for row in page.rows:
            row.clock = clock_of(row, calendar)  # type: ignore[attr-defined]  # what the column reads
        return page, count

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        return [BulkAction(_("Assign…"), self.assign_url)] if self.tab in (OPEN, RETURNED) and self.assign_url else []

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


class Queue(InCommittee, QueueList):
    """Applications to one committee."""

    for_officers = True
    place = "applications"
    columns = APPLICATIONS
    filterset_class = ApplicationFilter

    @property
    def submitted(self) -> ApplicationQuerySet:
        return super().submitted.filter(committee=self.committee)

    def get_filename(self) -> str:
        return f"{self.committee.slug}-applications-{self.tab}"

    def get_sharing(self) -> Sharing:
        return Sharing(ScopeKind.COMMITTEE, self.committee.pk)

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        if not self.request.user.has_perm("committees.keep_roster", self.committee):
            return []
        self.assign_url = reverse("committees:queue-assign", args=[self.committee.slug])
        return super().get_bulk_actions()


class AllApplications(QueueList):
    """Applications to all committees that the reader keeps or leads."""

    columns = ALL_APPLICATIONS
    filterset_class = AllApplicationsFilter

    def get_queryset(self) -> QuerySet[Application]:
        return super().get_queryset().select_related("committee")

    def get_filename(self) -> str:
        return f"applications-{self.tab}"


class AssignMany(InCommittee, FormView):
    """What was picked in a committee's queue is assigned to one person. Reached by posting the picked rows."""

    for_officers = True
    login_required = True
    rule = "committees.keep_roster"
    form_class = AssignForm
    template_name = "committees/applications/assign.html"
    submit_label = gettext_lazy("Assign")
    title = gettext_lazy("Assign applications")

    @cached_property
    def picked(self) -> QuerySet[Application]:
        """Out of the list as it was narrowed: nobody picks what he cannot see."""
        queue = Queue()
        queue.setup(self.request, *self.args, **self.kwargs)
        return queue.get_selection().rows

    @property
    def queue_url(self) -> str:
        query = self.request.GET.urlencode()
        return reverse("committees:queue", args=[self.committee.slug]) + (f"?{query}" if query else "")

    def get_back_url(self) -> str:
        return self.queue_url

    def get_places(self) -> tuple[()]:
        return ()

    def get_crumbs(self) -> Sequence[Crumb]:
        here = Crumb(_("Applications"), self.queue_url)
        return [Crumb(str(self.committee), self.committee.get_absolute_url()), here, Crumb(self.get_title())]

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Opened without rows: choose some."""
        return HttpResponseRedirect(self.queue_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.picked.exists():
            messages.error(request, _("No row was chosen, or the rows have changed in the meantime. Choose again."))
            return HttpResponseRedirect(self.queue_url)
        if "to" not in request.POST:
            return self.render_to_response(self.get_context_data(form=AssignForm(committee_id=self.committee.pk)))
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"committee_id": self.committee.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"picked": self.picked.order_by("due_on", "pk")} | kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        done, left = reviewing.assign_all(self.picked, by=user_of(self.request), to=form.cleaned_data["to"])
        for message in left:
            messages.warning(self.request, message)
        text = ngettext("%(count)s application has been assigned.", "%(count)s applications have been assigned.", done)
        return self.done(text % {"count": done}, self.queue_url)
