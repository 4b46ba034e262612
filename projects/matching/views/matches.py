"""Matches: the list, the page, the moves, and what is done with a suggestion."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.matching.columns import MATCH_TONES, MATCHES
from projects.matching.enums import WAY
from projects.matching.filters import MatchFilter
from projects.matching.forms.matches import ContractForm, MoveForm, QuoteForm, ReasonedMoveForm
from projects.matching.history import LABELS, events_of
from projects.matching.models import Capability, Demand, Match
from projects.matching.suggestions import WORDS, suggestions_for
from projects.matching.views.places import InMatching
from projects.matching.workflows import matches
from projects.matching.workflows.matches import FLOW, MOVE, WITH_REASON
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class MatchList(InMatching, ListView[Match]):
    title = gettext_lazy("Matches")
    rule = "matching.view_matches"
    place = "matches"
    columns: ClassVar[Sequence[Column]] = MATCHES
    filterset_class = MatchFilter
    default_sort = "-since"
    search_field = "demand__search_key"
    search_label = gettext_lazy("Product that is needed, in any script")
    empty = Empty(
        gettext_lazy("No match is on record yet. The page of a published demand suggests what fits."),
        gettext_lazy("See the demands"),
        "matching:demands",
    )

    def get_queryset(self) -> QuerySet[Match]:
        found: QuerySet[Match] = Match.objects.visible_to(self.request.user).with_names().with_since()
        return found


class OfMatch(InMatching):
    """A page about one match; 404 for whoever does not see it."""

    rule: str | None = "matching.view_matches"
    object: Any
    request: HttpRequest

    def get_places(self) -> tuple[()]:
        return ()

    def get_queryset(self) -> QuerySet[Match]:
        found: QuerySet[Match] = Match.objects.visible_to(self.request.user).with_names()
        return found

    def get_title(self) -> str:
        return str(self.object)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Matches"), reverse("matching:matches")), Crumb(str(self.object), self.get_back_url())]

    def get_back_url(self) -> str:
        address: str = self.object.get_absolute_url()
        return address


class MatchPage(OfMatch, DetailView[Match]):
    template_name = "matching/match.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, project = user_of(self.request), self.object.project
        page = {
            "tone": MATCH_TONES[self.object.state],
            "steps": self._steps(),
            "reasons": [str(WORDS.get(code, code)) for code in self.object.reasons],
            "moves": [(move.name, LABELS[move.name]) for move in FLOW.available(self.object, user)],
            "events": events_of(self.object),
            "sees_project": project is not None and user.has_perm("projects.view_project", project),
        }
        return super().get_context_data(**page | kwargs)

    def _steps(self) -> list[dict[str, Any]]:
        days = {move.to_state: move.effective_on for move in Transition.objects.of(self.object)}
        return [
            {
                "label": capfirst(str(state.label)),
                "at": days.get(state.value),
                "state": "now" if state == self.object.state else "done" if state.value in days else "",
            }
            for state in WAY
        ]


class Step(OfMatch, MoveFormMixin, ObjectFormView[Match]):
    """Any move: its name stands in the address."""

    rule = MOVE

    @property
    def move(self) -> str:
        """The name of the move; 404 for one that does not exist."""
        name: str = self.kwargs["step"]
        if name not in FLOW.moves:
            raise Http404
        return name

    def get_title(self) -> str:
        return str(LABELS[self.move])

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs(), Crumb(self.get_title())]

    def get_intro(self) -> str:
        told = {"match": self.object, "state": self.object.get_state_display()}
        return _("%(match)s: now “%(state)s”. Both sides are told.") % told

    def get_form_class(self) -> type[Any]:
        special: dict[str, type[Any]] = {"quote": QuoteForm, "contract": ContractForm}
        return special.get(self.move) or (ReasonedMoveForm if self.move in WITH_REASON else MoveForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        needed = {"match": self.object, "user": self.request.user} if self.move == "contract" else {}
        return super().get_form_kwargs() | needed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"submit_label": LABELS[self.move], "danger": self.move in WITH_REASON}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        by, data = user_of(self.request), form.cleaned_data
        if self.move == "quote":
            matches.quote(self.object, by=by, **data)
        elif self.move == "contract":
            matches.contract(self.object, by=by, **data)
        else:
            matches.move(self.object, self.move, by=by, **data)
        return self.done(_("It is on record, and both sides have been told."), self.get_back_url())


#: What is done with a suggestion: the form, the label of its button.
ACTS = {
    "ask": (forms.Form, gettext_lazy("Ask for an introduction")),
    "introduce": (MoveForm, gettext_lazy("Confirm and introduce both sides")),
    "dismiss": (ReasonedMoveForm, gettext_lazy("Dismiss the suggestion")),
}


class ActOnSuggestion(InMatching, MoveFormMixin, ObjectFormView[Demand]):
    """Ask for, introduce or dismiss what is suggested of a demand and a capability."""

    object: Any
    rule = None
    place = "demands"

    def get_queryset(self) -> QuerySet[Demand]:
        found: QuerySet[Demand] = Demand.objects.visible_to(self.request.user).published().with_names()
        return found

    def get_object(self, queryset: QuerySet[Demand] | None = None) -> Demand:
        found = super().get_object(queryset)
        visible = Capability.objects.visible_to(self.request.user).published().with_names()
        self.capability: Capability = get_object_or_404(visible, pk=self.kwargs["other"])
        if self.kwargs["act"] not in ACTS:
            raise Http404
        pair = Match(demand=found, capability=self.capability)
        self.check("matching.suggest_match" if self.kwargs["act"] == "ask" else MOVE, pair)
        return found

    def get_places(self) -> tuple[()]:
        return ()

    def get_title(self) -> str:
        return str(ACTS[self.kwargs["act"]][1])

    def get_crumbs(self) -> Sequence[Crumb]:
        demand = Crumb(str(self.object), self.object.get_absolute_url())
        return [Crumb(_("Demands"), reverse("matching:demands")), demand, Crumb(self.get_title())]

    def get_intro(self) -> str:
        found = next(iter(suggestions_for(self.object, self.request.user, only=self.capability.pk)), None)
        reasons = ", ".join(each.words for each in found.reasons) if found else _("no reason is known")
        told = {
            "demand": self.object,
            "needs": self.object.organisation,
            "capability": self.capability,
            "makes": self.capability.organisation,
            "reasons": reasons,
        }
        return _("%(demand)s (%(needs)s) and %(capability)s (%(makes)s): %(reasons)s.") % told

    def get_back_url(self) -> str:
        user = self.request.user
        own = self.object if user.has_perm("matching.change_listing", self.object) else self.capability
        return own.get_absolute_url()

    def get_form_class(self) -> type[Any]:
        return ACTS[self.kwargs["act"]][0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"submit_label": self.get_title(), "danger": self.kwargs["act"] == "dismiss"}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        by, pair = user_of(self.request), (self.object, self.capability)
        if self.kwargs["act"] == "introduce":
            match = matches.introduce_now(*pair, by=by, **form.cleaned_data)
        elif self.kwargs["act"] == "dismiss":
            matches.dismiss_now(*pair, by=by, **form.cleaned_data)
            return self.done(_("The suggestion has been dismissed; it does not come again."), self.get_back_url())
        else:
            match = matches.suggest(*pair, by=by)
        return self.done(_("It is on record."), match.get_absolute_url())
