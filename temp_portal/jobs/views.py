"""The pages of jobs: what runs, how far it is, stopping it, trying again, and what came of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import is_secretariat, user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core import files
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.core.views import Crumb, DetailView
from temp_portal.jobs import workflows
from temp_portal.jobs.columns import job_columns
from temp_portal.jobs.component import job_context
from temp_portal.jobs.filters import JobFilter
from temp_portal.jobs.models import Job


class JobList(ListView[Job]):
    """One's own jobs; the Secretariat sees everybody's."""

    title = gettext_lazy("Jobs")
    rule = "jobs.view_jobs"
    login_required = True
    default_sort = "-asked"
    filterset_class = JobFilter
    search_field = ""
    empty = Empty(gettext_lazy("Reports, imports and other long work that you start will be listed here."))

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user).select_related("created_by")

    def get_columns(self) -> Sequence[Column]:
        return job_columns(of_everybody=is_secretariat(self.request.user))


class JobMixin(DetailView[Job]):
    """Fetches the job out of those that the user may see."""

    login_required = True
    template_name = "jobs/job.html"

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user).select_related("created_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**job_context(self.object, self.request.user) | kwargs)


class JobDetail(JobMixin):
    """The job's page: its progress, and everything that happened to it."""

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(gettext_lazy("Jobs"), reverse("jobs:jobs")), Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.object
        page = {
            "facts": [
                (_("Asked for by"), job.created_by),
                (_("Attempt"), _("%(number)s of %(most)s") % {"number": job.attempts, "most": job.max_attempts}),
            ],
            "events": [_event(moved) for moved in Transition.objects.of(job).select_related("by").reverse()],
            "may_see_trace": bool(job.trace) and self.request.user.has_perm("jobs.view_trace", job),
        }
        return super().get_context_data(**page | kwargs)


def _event(moved: Transition) -> dict[str, Any]:
    titles = {
        "start": _("Asked for"),
        "run": _("Taken up by a worker"),
        "requeue": _("Broken off and queued again"),
        "succeed": _("Finished"),
        "fail": _("Failed"),
        "cancel": _("Cancelled"),
        "retry": _("Tried again"),
    }
    return {"title": titles[moved.move], "at": moved.at, "by": moved.by, "quote": moved.reason}


class JobProgress(JobMixin):
    """The fragment that shows how far the job is, asked for every second until the job has ended."""

    template_name = "jobs/_progress.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The session has ended meanwhile: the whole page goes to sign-in, not the fragment.
        if not request.user.is_authenticated and request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().dispatch(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if not self.object.is_active:
            # The bar asked; at the end the whole component is exchanged, and the page may renew what depends on it.
            whole = f"#job-{self.object.pk}"
            for name, value in [("Retarget", whole), ("Reselect", whole), ("Trigger", "job-ended")]:
                response[f"HX-{name}"] = value
        return response


class JobAction(JobDetail):
    """A button on the job's page. Who comes too late is told so on the same page, with 409."""

    def act(self, job: Job) -> str:
        """Do it; returns what to say."""
        raise NotImplementedError(f"{type(self).__name__} needs act()")

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            messages.success(self.request, self.act(self.object))
        except StateConflict as conflict:
            self.object = self.get_object()
            messages.error(self.request, conflict.message())
            return self.render_to_response(self.get_context_data(), status=409)
        return HttpResponseRedirect(self.object.get_absolute_url())


class JobCancel(JobAction):
    rule = "jobs.cancel_job"

    def act(self, job: Job) -> str:
        cancelled = workflows.cancel(job, by=user_of(self.request))
        return _("It stops at its next step.") if cancelled.is_active else _("The job was cancelled.")


class JobRetry(JobAction):
    rule = "jobs.retry_job"

    def act(self, job: Job) -> str:
        workflows.retry(job, by=user_of(self.request))
        return _("The job has been queued again.")


class JobFile(JobMixin):
    """The result, as a download."""

    rule = "jobs.download_result"

    def get(self, *_args: Any, **_kwargs: Any) -> Any:
        job = self.get_object()
        if not job.result_file:
            raise Http404
        try:
            return files.download(str(job.result_file.name), job.result_name)
        except FileNotFoundError:
            raise Http404 from None
