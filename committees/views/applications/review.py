"""One application as the committee sees it: what the enterprise says beside what the decision rests on."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.checklists import counts, lines
from committees.clock import clock_of
from committees.columns.applications import TONES
from committees.enums import ApplicationState, Decider, VoteOutcome, VoteState
from committees.models import AdmissionProcedure, AdmissionVote, Application
from committees.review import checks, composition_effect, declared_group, rule_changes, verified_ownership
from committees.rules import has_conflict, represents_applicant
from committees.texts import translated
from committees.timeline import timeline
from committees.views.answers import answers
from committees.workflows.reviewing import REVIEWED_STATES
from committees.workflows.votes import latest
from members.models import Person
from temp_portal.audit.readings import read
from temp_portal.core.views import Crumb, DetailView


class ReviewMixin:
    """An application that the user sees as an officer of the committee or of the Secretariat; 404 otherwise."""

    login_required = True
    request: HttpRequest
    object: Application

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = Application.objects.for_officers(self.request.user)
        return rows.select_related("committee", "organisation", "representative", "seat", "decided_by", "submitted_by")

    def get_title(self) -> str:
        return str(self.object.organisation)

    def get_crumbs(self) -> list[Crumb]:
        committee = self.object.committee
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(committee), committee.get_absolute_url()),
            Crumb(_("Applications"), reverse("committees:queue", args=[committee.slug])),
            Crumb(self.object.number or "", self.object.get_absolute_url()),
        ]


def conflict_words(user: Any, application: Application) -> str:
    """Why the reader may not judge the application."""
    if represents_applicant(user, application):
        return _("You represent this organisation: a colleague has to decide on its application.")
    if application.conflicts.filter(user=user).exists():
        return _("You have declared a conflict of interest: a colleague has to decide on this application.")
    return _("You represent an organisation of the same group: a colleague has to decide on this application.")


class Review(ReviewMixin, DetailView[Application]):
    """What the enterprise says beside what the decision rests on. Its own representative is sent to the status page."""

    template_name = "committees/applications/review.html"

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = Application.objects.visible_to(self.request.user)
        return rows.select_related(
            "committee", "organisation", "representative", "seat", "decided_by", "submitted_by", "assignee"
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = self.get_object()
        if not request.user.has_perm("committees.view_queue", application):
            return HttpResponseRedirect(reverse("committees:apply-application", args=[application.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, user = self.object, self.request.user
        waits = application.state == ApplicationState.SUBMITTED
        read(Person, [application.representative_id], by=user, place=self.request.path)
        conflict = has_conflict(user, application)
        page: dict[str, Any] = {
            "application": application,
            "tone": TONES[application.state],
            "clock": clock_of(application),
            "answers": answers(application),
            "checks": checks(application, user),
            "events": timeline(application, for_applicant=False),
            "waits": waits,
            "may_decide": user.has_perm("committees.decide_application", application),
            "may_keep": user.has_perm("committees.keep_condition", application),
            "has_conflict": conflict,
            "conflict_words": conflict_words(user, application) if conflict else "",
            "texts": translated(application),
            "may_translate": user.has_perm("committees.translate_text", application),
            "conditions": application.conditions.select_related("fulfilled_by"),
        }
        if waits:
            page |= {
                "effect": composition_effect(application),
                "changes": rule_changes(application),
                "declared_group": "" if verified_ownership(application) else declared_group(application),
            }
        if user.has_perm("committees.read_review", application):
            page |= self.inside(application)
        return super().get_context_data(**page | kwargs)

    def inside(self, application: Application) -> dict[str, Any]:
        """What stays within the committee, and is not for whoever stands with the applicant."""
        checklist = lines(application)
        return {
            "inside": True,
            "reviewable": application.state in REVIEWED_STATES,
            "checklist": checklist,
            "checklist_counts": counts(checklist),
            "notes": application.notes.select_related("by"),
            "declared_conflicts": application.conflicts.select_related("user"),
        } | council_of(application)


def council_of(application: Application) -> dict[str, Any]:
    """Where the council decides: its vote, and what the secretary may do on it."""
    procedure = AdmissionProcedure.of(application.committee)
    if procedure.decider != Decider.COUNCIL:
        return {"by_council": False, "may_approve": True, "may_reject": True}
    vote: AdmissionVote | None = latest(application)
    outcome = vote.outcome if vote else ""
    decided = outcome in (VoteOutcome.CARRIED, VoteOutcome.LOST)
    is_open = vote is not None and vote.state == VoteState.OPEN
    return {
        "by_council": True,
        "vote": vote,
        "tally": vote.tally() if vote else None,
        "may_open_vote": application.state == ApplicationState.SUBMITTED and not decided and not is_open,
        "may_approve": outcome == VoteOutcome.CARRIED,
        "may_reject": outcome == VoteOutcome.LOST,
    }
