"""The guided way to the next term; `workflows.reelection` does the work. It can be left after every step."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.reelection import FROZEN
from committees.composition.outlook import Change, outlook
from committees.enums import OPEN_RE_ELECTION_STATES, CommitteeState, ReElectionState
from committees.forms.reelection import (
    AnnounceForm,
    CallOffForm,
    ConfirmForm,
    ResultForm,
    SlateForm,
    candidate_text,
    places_text,
)
from committees.models import Appointment, Candidacy, Position, ReElection, Seat, SeatTerm, Term
from committees.positions import MEMBERSHIPS
from committees.terms import at_the_limit
from committees.views.settings import TERM_YEARS, InSettings
from committees.workflows import reelection
from members.models import Person, Representative
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.markup import time_tag
from temp_portal.core.views import Crumb, FormView, TemplateView


class InReElection(InSettings):
    """A page about the re-election that is under way."""

    place = "re-election"

    @cached_property
    def re_election(self) -> ReElection | None:
        """The one under way, if there is one."""
        rows = ReElection.objects.filter(committee=self.committee, state__in=OPEN_RE_ELECTION_STATES)
        found: ReElection | None = rows.select_related("committee").first()
        return found

    @property
    def under_way(self) -> ReElection:
        """The one under way; 404 without."""
        if self.re_election is None:
            raise Http404
        return self.re_election

    @cached_property
    def candidacies(self) -> list[Candidacy]:
        """The slate in order of rank."""
        rows = self.under_way.candidacies.select_related("position", "seat__organisation", "person")
        return list(rows.order_by("position__rank", "seat__organisation__legal_name", "pk"))

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:2], Crumb(_("Re-election"), self.overview_url)]

    @property
    def overview_url(self) -> str:
        return reverse("committees:re-election", args=[self.committee.slug])

    def url(self, step: str) -> str:
        """The address of a step."""
        return reverse(f"committees:re-election-{step}", args=[self.committee.slug])

    def get_back_url(self) -> str:
        return self.overview_url

    def offices(self) -> QuerySet[Position]:
        """Positions that are filled by a re-election."""
        return self.committee.positions.exclude(code__in=MEMBERSHIPS).order_by("rank")

    def rules_with(self, candidacies: Sequence[Candidacy]) -> list[Change]:
        """The rules of composition if these held the offices."""
        held: dict[int, set[str]] = defaultdict(set)
        for each in candidacies:
            held[each.seat.organisation_id].add(each.position.code)
        today = outlook(self.committee, timezone.localdate())
        offices = {organisation: frozenset(codes) for organisation, codes in held.items()}
        return today.with_roster(today.roster.with_offices(offices))


class ReElectionPage(InReElection, TemplateView):
    """Where the re-election stands, what comes next, and those before."""

    template_name = "committees/reelection/overview.html"
    rule = "committees.view_settings"

    def get_title(self) -> str:
        return _("Re-election of %(committee)s") % {"committee": self.committee}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        under_way = self.re_election
        state = self.committee.state
        page = {
            "re_election": under_way,
            "steps": _steps(under_way),
            "may_hold": self.request.user.has_perm("committees.hold_re_election", self.committee),
            "may_postpone": state == CommitteeState.RE_ELECTION_DUE
            and self.request.user.has_perm("committees.move_committee", self.committee),
            "may_announce": state in (CommitteeState.ACTIVE, CommitteeState.RE_ELECTION_DUE),
            "is_nominated": under_way is not None and under_way.state == ReElectionState.NOMINATED,
            "terms": self.committee.terms.annotate(frozen=Count("seat_terms")).order_by("-number"),
            "past": self.committee.re_elections.exclude(state__in=OPEN_RE_ELECTION_STATES).order_by("-announced_on"),
        }
        return super().get_context_data(**page | kwargs)


def _steps(under_way: ReElection | None) -> list[dict[str, Any]]:
    """The three steps for the component of stages."""
    announced = under_way is not None
    nominated = announced and under_way is not None and under_way.state == ReElectionState.NOMINATED
    marks = ["done", "done", "now"] if nominated else ["done", "now", ""] if announced else ["now", "", ""]
    labels = [_("Announce"), _("Draw up the slate"), _("Record the result")]
    days = [under_way.announced_on if under_way else None, None, under_way.assembly_on if under_way else None]
    return [{"label": label, "state": mark, "at": day} for label, mark, day in zip(labels, marks, days, strict=True)]


class ReElectionForm(MoveFormMixin, InReElection):
    """A step of the way."""

    rule = "committees.hold_re_election"

    def get_places(self) -> tuple[()]:
        return ()


class CheckedFormView(ReElectionForm, FormView):
    """What was typed is shown to be checked. Only `confirm` records it, `change` leads back to the form."""

    check_template = "committees/reelection/check.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "change" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if "confirm" in self.request.POST:
            return super().form_valid(form)
        self.template_name = self.check_template
        shown = {"pairs": self.get_pairs(form)} | self.get_check(form)
        return self.render_to_response(self.get_context_data(form=form, **shown))

    def get_pairs(self, form: Any) -> list[tuple[Any, Any]]:
        """(label, value) of what was typed."""
        raise NotImplementedError(f"{type(self).__name__} needs get_pairs()")

    def get_check(self, _form: Any) -> dict[str, Any]:
        """What else is to be looked at before confirming."""
        return {}


class Announce(CheckedFormView):
    form_class = AnnounceForm
    title = gettext_lazy("Announce the re-election")
    submit_label = gettext_lazy("Check the announcement")
    confirm_label = gettext_lazy("Announce and tell the members")

    def get_initial(self) -> dict[str, Any]:
        return {"announced_on": timezone.localdate()}

    def get_pairs(self, form: Any) -> list[tuple[Any, Any]]:
        return pairs_of(form)

    def get_check(self, _form: Any) -> dict[str, Any]:
        return {"confirm_label": self.confirm_label}

    def act(self, form: Any) -> HttpResponse:
        reelection.announce(self.committee, by=user_of(self.request), **form.cleaned_data)
        return self.done(
            _("The re-election has been announced; members and officers have been told."), self.url("slate")
        )


class Slate(ReElectionForm, FormView):
    """Who stands for what. It is kept as it is left, until it is closed."""

    form_class = SlateForm
    title = gettext_lazy("Draw up the slate")
    intro = gettext_lazy("Members of today. What you save stays; nobody is told before the slate is closed.")
    submit_label = gettext_lazy("Save and check the slate")

    def get_form_kwargs(self) -> dict[str, Any]:
        sitting = Seat.objects.sitting().filter(committee=self.under_way.committee).select_related("organisation")
        seats = sitting.order_by("organisation__legal_name", "pk")
        return super().get_form_kwargs() | {"positions": list(self.offices()), "seats": list(seats)}

    def get_initial(self) -> dict[str, Any]:
        """What was saved, else those who hold the offices today."""
        slate: dict[str, list[str]] = defaultdict(list)
        pairs = [(each.position_id, each.seat_id) for each in self.candidacies] or self._holders()
        for position, seat in pairs:
            slate[f"position_{position}"].append(str(seat))
        return slate

    def _holders(self) -> list[tuple[int, int]]:
        held = Appointment.objects.current().on(timezone.localdate()).filter(position__committee=self.committee)
        return list(held.values_list("position", "seat"))

    def act(self, form: Any) -> HttpResponse:
        reelection.draw_up(self.under_way, by=user_of(self.request), slate=form.slate())
        return HttpResponseRedirect(self.url("check"))


class CheckSlate(ReElectionForm, FormView):
    """The slate with what is to be thought of: terms running, empty places, rules of composition."""

    form_class = ConfirmForm
    template_name = "committees/reelection/slate.html"
    title = gettext_lazy("Check the slate")
    submit_label = gettext_lazy("Close the slate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limited = at_the_limit(self.committee, self.candidacies)
        standing: dict[int, list[str]] = defaultdict(list)
        for each in self.candidacies:
            standing[each.position_id].append(candidate_text(each, limited))
        page = {
            "lines": [
                {
                    "position": position,
                    "places": places_text(position),
                    "candidates": standing[position.pk],
                    "is_short": len(standing[position.pk]) < position.holders_min,
                }
                for position in self.offices()
            ],
            "limited": len(limited),
            "changes": self.rules_with(self.candidacies),
            "is_open": self.under_way.state == ReElectionState.ANNOUNCED,
            "slate_url": self.url("slate"),
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        reelection.close_slate(self.under_way, by=user_of(self.request))
        return self.done(_("The slate is closed. Record the result after the assembly."), self.overview_url)


class ReopenSlate(ReElectionForm, FormView):
    """One button."""

    title = gettext_lazy("Open the slate again")
    intro = gettext_lazy("Candidates can be added and taken off until the slate is closed again.")
    submit_label = gettext_lazy("Open the slate again")
    form_class = ConfirmForm

    def act(self, form: Any) -> HttpResponse:
        reelection.reopen_slate(self.under_way, by=user_of(self.request))
        return self.done(_("The slate is open again."), self.url("slate"))


class CallOff(ReElectionForm, FormView):
    form_class = CallOffForm
    title = gettext_lazy("Call off the re-election")
    intro = gettext_lazy("Members and officers are told. The committee remains due for a re-election.")
    submit_label = gettext_lazy("Call it off and tell the members")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        reelection.call_off(self.under_way, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The re-election has been called off."), self.overview_url)


class Result(CheckedFormView):
    """Who was elected; after the check the next term begins."""

    template_name = "committees/form.html"
    form_class = ResultForm
    title = gettext_lazy("Record the result of the election")
    submit_label = gettext_lazy("Check the result")

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.under_way.state != ReElectionState.NOMINATED:
            raise Http404
        choice = {
            "candidacies": self.candidacies,
            "people": self._people(),
            "at_the_limit": at_the_limit(self.committee, self.candidacies),
        }
        return super().get_form_kwargs() | choice

    def _people(self) -> dict[int, list[Person]]:
        """Who may speak for the candidates' organisations, in one query."""
        organisations = {each.seat.organisation_id for each in self.candidacies}
        live = Representative.objects.live().filter(organisation__in=organisations).select_related("person")
        found: dict[int, list[Person]] = defaultdict(list)
        for each in live.order_by("person__name", "pk"):
            found[each.organisation_id].append(each.person)
        return found

    def get_initial(self) -> dict[str, Any]:
        begins = min(self.under_way.assembly_on, timezone.localdate())
        ends = begins.replace(year=begins.year + TERM_YEARS, day=1) - timedelta(days=1)
        return {"elected_on": begins, "term_ends_on": ends}

    def get_pairs(self, form: Any) -> list[tuple[Any, Any]]:
        elected = form.elected()
        offices = [(candidacy.position, _held_by(candidacy, person)) for candidacy, person in elected.items()]
        return [*pairs_of(form, "elected_on", "minutes", "term_ends_on"), *offices]

    def get_check(self, form: Any) -> dict[str, Any]:
        elected = list(form.elected())
        numbers = {position.pk: sum(each.position_id == position.pk for each in elected) for position in self.offices()}
        short = [position for position in self.offices() if numbers[position.pk] < position.holders_min]
        return {
            "confirm_label": _("Record the result and open the term"),
            "short": short,
            "changes": self.rules_with(elected),
            "consequences": True,
        }

    def act(self, form: Any) -> HttpResponse:
        said = {name: form.cleaned_data[name] for name in ("elected_on", "term_ends_on", "minutes")}
        reelection.record_result(self.under_way, by=user_of(self.request), elected=form.elected(), **said)
        return self.done(_("The new term has begun; members and officers have been told."), self.overview_url)


def pairs_of(form: Any, *names: str) -> list[tuple[Any, Any]]:
    """Labels and values as they are read, days as days."""
    values = [(form[name].label, form.cleaned_data[name]) for name in names or form.fields]
    return [(label, time_tag(value) if hasattr(value, "isoformat") else value) for label, value in values]


def _held_by(candidacy: Candidacy, person: Person | None) -> str:
    through = person or candidacy.person or candidacy.seat.representative
    member = str(candidacy.seat.organisation)
    return _("%(member)s, %(person)s") % {"member": member, "person": through} if through else member


class FrozenTerm(InSettings, ListView[SeatTerm]):
    """The memberships of a term that has ended, as they stood at its end."""

    columns = FROZEN
    default_sort = "name"
    search_field = "seat__organisation__search_key"
    rule = "committees.view_settings"
    place = "re-election"
    caption = gettext_lazy("Memberships at the end of the term")
    empty = Empty(gettext_lazy("Nothing has been frozen for this term."))

    @cached_property
    def term(self) -> Term:
        found: Term = get_object_or_404(self.committee.terms, number=self.kwargs["number"])
        return found

    def get_queryset(self) -> QuerySet[SeatTerm]:
        return SeatTerm.objects.filter(term=self.term).select_related("term", "seat__organisation")

    def get_title(self) -> str:
        return _("%(term)s of %(committee)s") % {"term": self.term, "committee": self.committee}
