"""A council's vote on an application: held by the secretary, and cast by each of its members."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ApplicationSection, PositionCode, VoteState
from committees.forms.reviewing import BallotForm, CallOffForm, CloseVoteForm, MinutesBallotForm
from committees.models import AdmissionVote, Application, Elector
from committees.review import composition_effect
from committees.views.answers import answers
from committees.views.applications.acts import ReviewAct
from committees.workflows import votes
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, DetailView, ObjectFormView, TemplateView

#: Parts of an application that council members do not see: persons, and files that are not theirs to open.
WITHHELD = (ApplicationSection.REPRESENTATIVE, ApplicationSection.DOCUMENTS)


class OpenVote(ReviewAct):
    form_class = forms.Form
    submit_label = gettext_lazy("Open the vote")

    def get_title(self) -> str:
        return _("Put the application of %(organisation)s to the council") % {"organisation": self.object.organisation}

    def get_intro(self) -> str:
        return _(
            "Who may vote is settled now: the council's seats, without those that are suspended, have no vote or "
            "stand with the applicant. Its members are told."
        )

    def act(self, form: Any) -> HttpResponse:
        vote = votes.open_vote(self.object, by=user_of(self.request))
        return self.done(_("The vote is open; the council's members have been told."), vote.get_absolute_url())


class VoteMixin:
    """A vote that the user sees as an officer of the committee or of the Secretariat."""

    login_required = True
    request: Any
    object: AdmissionVote

    def get_queryset(self) -> QuerySet[AdmissionVote]:
        seen = Application.objects.for_officers(self.request.user)
        rows: QuerySet[AdmissionVote] = AdmissionVote.objects.filter(application__in=seen)
        return rows.select_related("application__committee", "application__organisation", "opened_by", "closed_by")

    def get_title(self) -> str:
        return _("Vote on the application of %(organisation)s") % {"organisation": self.object.application.organisation}

    def get_crumbs(self) -> list[Crumb]:
        application = self.object.application
        committee = application.committee
        return [
            Crumb(str(committee), committee.get_absolute_url()),
            Crumb(_("Applications"), reverse("committees:queue", args=[committee.slug])),
            Crumb(application.number or "", application.get_absolute_url()),
            Crumb(_("Vote"), self.object.get_absolute_url()),
        ]


class VotePage(VoteMixin, DetailView[AdmissionVote]):
    """Who may vote, who has, and what it would make."""

    template_name = "committees/applications/vote.html"
    rule = "committees.read_review"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vote, procedure = self.object, self.object.procedure
        tally = vote.tally()
        electors = vote.electors.select_related("seat__organisation", "person", "ballot__cast_by").order_by("pk")
        page = {
            "vote": vote,
            "tally": tally,
            "electors": [(each, PositionCode(each.office).label) for each in electors],
            "quorum_needed": procedure.quorum.needed(tally.eligible),
            "majority_needed": procedure.majority.needed(tally.whole(procedure.base)),
            "is_open": vote.state == VoteState.OPEN,
            "may_hold": self.request.user.has_perm("committees.hold_vote", vote),
        }
        return super().get_context_data(**page | kwargs)


class VoteAct(VoteMixin, MoveFormMixin, ObjectFormView[AdmissionVote]):
    """A form about one vote that leads back to it."""

    rule = "committees.hold_vote"

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()


class CloseVote(VoteAct):
    form_class = CloseVoteForm
    submit_label = gettext_lazy("Close the vote")

    def get_intro(self) -> str:
        tally = self.object.tally()
        said = {"present": tally.present, "eligible": tally.eligible}
        return _("%(present)s of %(eligible)s have voted. What comes out is final.") % said

    def act(self, form: Any) -> HttpResponse:
        closed = votes.close(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("The vote is closed. Outcome: %(outcome)s.") % {"outcome": closed.get_outcome_display()}
        return self.done(message, closed.application.get_absolute_url())


class CallOffVote(VoteAct):
    form_class = CallOffForm
    rule = "committees.call_off_vote"
    danger = True
    submit_label = gettext_lazy("Call the vote off")

    def act(self, form: Any) -> HttpResponse:
        votes.call_off(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The vote has been called off."), self.object.application.get_absolute_url())


class EnterBallot(MoveFormMixin, ObjectFormView[Elector]):
    """The secretary enters what an elector said, out of the minutes."""

    form_class = MinutesBallotForm
    login_required = True
    submit_label = gettext_lazy("Record the vote")

    def get_queryset(self) -> QuerySet[Elector]:
        seen = Application.objects.for_officers(self.request.user)
        rows: QuerySet[Elector] = Elector.objects.filter(vote__application__in=seen)
        return rows.select_related("vote__application__committee", "seat__organisation")

    def get_object(self, queryset: QuerySet[Elector] | None = None) -> Elector:
        found = super().get_object(queryset)
        self.check("committees.hold_vote", found.vote)
        return found

    def get_title(self) -> str:
        return _("Vote of %(member)s") % {"member": self.object}

    def get_back_url(self) -> str:
        return self.object.vote.get_absolute_url()

    def act(self, form: Any) -> HttpResponse:
        votes.cast(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The vote is recorded."), self.get_back_url())


class Ballots(TemplateView):
    """The votes that wait for the reader, and those that he has cast."""

    template_name = "committees/applications/ballots.html"
    title = gettext_lazy("Votes of my council")
    login_required = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Elector.objects.of_user(self.request.user).select_related(
            "vote__application__committee", "vote__application__organisation", "ballot"
        )
        return super().get_context_data(**{"electors": rows.order_by("-pk")[:50]} | kwargs)


class CastBallot(MoveFormMixin, ObjectFormView[Elector]):
    """A member of the council reads what the committee decides on, and votes."""

    template_name = "committees/applications/ballot.html"
    form_class = BallotForm
    login_required = True
    submit_label = gettext_lazy("Cast my vote")

    def get_queryset(self) -> QuerySet[Elector]:
        rows: QuerySet[Elector] = Elector.objects.of_user(self.request.user)
        return rows.select_related("vote__application__committee", "vote__application__organisation", "ballot")

    def get_title(self) -> str:
        return _("Vote on the application of %(organisation)s") % {
            "organisation": self.object.vote.application.organisation
        }

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Votes of my council"), reverse("committees:ballot-list")), Crumb(self.get_title())]

    def get_initial(self) -> dict[str, Any]:
        ballot = getattr(self.object, "ballot", None)
        return super().get_initial() | ({"choice": ballot.choice} if ballot else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.object.vote.application
        page = {
            "application": application,
            "is_open": self.object.vote.state == VoteState.OPEN,
            "answers": [part for part in answers(application) if part.section not in WITHHELD],
            "effects": composition_effect(application),
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        votes.cast(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(
            _("Your vote is recorded. You can change it until the vote is closed."), reverse("committees:ballot-list")
        )
