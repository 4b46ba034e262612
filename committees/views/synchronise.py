"""A roster file comes in: upload, sheet, columns, what would change, apply, take back."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from committees.enums import SynchronisationState as State
from committees.forms.synchronise import (
    DecisionForm,
    RosterColumnsForm,
    RosterFileForm,
    SheetForm,
    TakeBackForm,
)
from committees.models import Synchronisation
from committees.synchronisation import reading, work
from committees.synchronisation.fields import IDENTITY, RosterKind, preset_for
from committees.synchronisation.plan import Group, Plan, entries_of, make_plan
from committees.views.places import InCommittee
from committees.workflows import synchronisation as workflow
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.tabular.conversion import RowError
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.export import csv_of_rows, stream_response
from temp_portal.core.tabular.importing import rejected_rows
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView
from temp_portal.imports.mapping import Preset
from temp_portal.imports.storage import keep

#: Files of the past that the upload page lists; entries of a group that the page of a file shows.
EARLIER = 10
SHOWN = 100
TONES = {
    State.UPLOADED: "wait",
    State.COMPARING: "info",
    State.COMPARED: "wait",
    State.APPLYING: "info",
    State.APPLIED: "ok",
    State.FAILED: "bad",
    State.TAKEN_BACK: "",
}
_REACHED = {State.UPLOADED: 1, State.COMPARING: 2, State.COMPARED: 2, State.FAILED: 2, State.APPLYING: 3}


class Synchronising(InCommittee):
    """A page for those who keep the roster."""

    for_officers = True
    login_required = True
    rule = "committees.keep_roster"
    place = "roster"

    def crumbs_to(self, *rest: Crumb) -> Sequence[Crumb]:
        """The way from the committees to a page about a file."""
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), reverse("committees:roster", args=[self.committee.slug])),
            *rest,
        ]

    @property
    def start_url(self) -> str:
        """Where a file is uploaded."""
        return reverse("committees:synchronise", args=[self.committee.slug])


class SynchroniseUpload(Synchronising, FormView):
    """Take the file; one whose columns are known goes straight to what would change."""

    form_class = RosterFileForm
    template_name = "committees/synchronise/upload.html"
    title = gettext_lazy("Synchronise with a file")
    intro = gettext_lazy("Nothing is written before you have seen what would change.")
    submit_label = gettext_lazy("Upload and compare")

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs_to(Crumb(_("Synchronise")))

    def get_back_url(self) -> str:
        return reverse("committees:roster", args=[self.committee.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = Synchronisation.objects.filter(committee=self.committee).light().select_related("created_by")
        rows = [(each, TONES[State(each.state)]) for each in earlier.order_by("-pk")[:EARLIER]]
        return super().get_context_data(**{"earlier": rows, "steps": steps(State.UPLOADED, 0)} | kwargs)

    def form_valid(self, form: RosterFileForm) -> HttpResponse:
        user, upload = user_of(self.request), form.cleaned_data["file"]
        made = workflow.upload(
            self.committee,
            by=user,
            name=upload.name,
            file=keep(upload),
            sheets=[look.to_data() for look in form.looks],
            effective_on=form.cleaned_data["effective_on"],
        )
        usable = [look for look in form.looks if not look.problem]
        if len(usable) > 1:
            return HttpResponseRedirect(_url("synchronisation-sheet", made))
        return self.redirect(go_on(workflow.choose_sheet(made, usable[0].to_data(), by=user), user))

    def redirect(self, url: str) -> HttpResponse:
        """On to the next step."""
        return self.done(_("The file has been read. Nothing has been written yet."), url)


def go_on(made: Synchronisation, user: Any) -> str:
    """Address of the step after the sheet: the columns, or the comparison when they are remembered."""
    preset = preset_for(made, made.committee)
    if preset.saved is None or not set(IDENTITY) & preset.mapping.columns.keys():
        return _url("synchronisation-columns", made)
    work.proceed(workflow.map_columns(made, preset.mapping, by=user), by=user)
    return made.get_absolute_url()


def _url(name: str, synchronisation: Synchronisation) -> str:
    return reverse(f"committees:{name}", args=[synchronisation.committee.slug, synchronisation.pk])


def steps(state: State, reached: int | None = None) -> list[dict[str, Any]]:
    """The course from file to roster, for `components/stages.html`."""
    now = _REACHED.get(state, 4) if reached is None else reached
    labels = [_("Upload"), _("Columns"), _("Comparison"), pgettext("import", "Apply")]
    return [
        {"label": label, "state": "done" if number < now else "now" if number == now else ""}
        for number, label in enumerate(labels)
    ]


class OfFile(Synchronising):
    """A page about one file of the committee."""

    object: Synchronisation

    def get_queryset(self) -> QuerySet[Synchronisation]:
        rows: QuerySet[Synchronisation] = Synchronisation.objects.filter(committee=self.committee)
        return rows.select_related("committee", "created_by", "applied_by", "job", "recording")

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs_to(Crumb(_("Synchronise"), self.start_url), Crumb(self.object.name))


class ChooseSheet(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Which sheet of the workbook is the roster."""

    form_class = SheetForm
    title = gettext_lazy("Which sheet is the roster")
    submit_label = gettext_lazy("Take this sheet")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"synchronisation": self.object}

    def get_back_url(self) -> str:
        return self.start_url

    def act(self, form: SheetForm) -> HttpResponse:
        user = user_of(self.request)
        return HttpResponseRedirect(
            go_on(workflow.choose_sheet(self.object, form.cleaned_data["sheet"], by=user), user)
        )


class ChooseColumns(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Which column of the file says what, and of which day the roster is."""

    form_class = RosterColumnsForm
    template_name = "committees/synchronise/columns.html"
    title = gettext_lazy("Which column says what")
    submit_label = gettext_lazy("Compare with the roster")

    def get_object(self, queryset: QuerySet[Synchronisation] | None = None) -> Synchronisation:
        found = super().get_object(queryset)
        if not found.headers:
            raise Http404
        return found

    @cached_property
    def preset(self) -> Preset:
        """What is filled in to begin with."""
        return preset_for(self.object, self.committee)

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": self.object.effective_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"table_import": self.object, "kind": RosterKind(self.committee), "mapping": self.preset.mapping}
        return super().get_form_kwargs() | own

    def get_back_url(self) -> str:
        return self.object.get_absolute_url() if self.object.mapping else self.start_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"steps": steps(State.UPLOADED), "preset": self.preset}
        return super().get_context_data(**page | kwargs)

    def act(self, form: RosterColumnsForm) -> HttpResponse:
        user = user_of(self.request)
        work.proceed(workflow.map_columns(self.object, by=user, **form.cleaned_data), by=user)
        return HttpResponseRedirect(self.object.get_absolute_url())


class SynchronisationPage(OfFile, DetailView[Synchronisation]):
    """What the file would change, the questions about its rows, and afterwards what it has changed."""

    template_name = "committees/synchronise/synchronisation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.object.mapping:
            step = "columns" if self.object.headers else "sheet"
            return HttpResponseRedirect(_url(f"synchronisation-{step}", self.object))
        return super().get(request, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan:
        """What applying would do now."""
        return make_plan(self.object)

    def form(self, data: Any = None) -> DecisionForm:
        """The decisions as they stand, or as they were sent."""
        return DecisionForm(data, synchronisation=self.object, plan=self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.object
        page: dict[str, Any] = {
            "steps": steps(State(own.state)),
            "tone": TONES[State(own.state)],
            "facts": self._facts(),
            "job": own.job if own.state in (State.COMPARING, State.APPLYING) else None,
        }
        if own.state == State.COMPARED:
            form = kwargs.get("form") or self.form()
            page |= {"plan": self.plan, "form": form, "groups": groups(self.plan), "asked": form.asked}
        elif own.state in (State.APPLIED, State.TAKEN_BACK):
            page["outcome"] = [(label, own.outcome.get(group, 0)) for group, label in outcome_labels()]
        return super().get_context_data(**page | kwargs)

    def _facts(self) -> list[tuple[str, Any]]:
        own = self.object
        return [
            (_("Roster of"), own.effective_on),
            (_("Sheet"), own.sheet),
            (_("Uploaded by"), own.created_by),
            (_("Decision document"), own.document),
            (_("Reason"), own.reason),
        ]

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.object.state != State.COMPARED:
            return self._again()
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True))
        try:
            return self._decided(form)
        except StateConflict as conflict:
            messages.error(self.request, conflict.message())
            self.object = self.get_object()
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.CONFLICT)

    def _decided(self, form: DecisionForm) -> HttpResponse:
        """Apply what was shown; decisions that differ from what was shown are looked at first."""
        own, user, decisions = self.object, user_of(self.request), form.decisions()
        is_shown = all(getattr(own, name) == value for name, value in decisions.items())
        if "apply" in self.request.POST and is_shown:
            done = work.proceed(workflow.apply(own, by=user, **form.record()), by=user)
            if done.state == State.APPLIED:
                messages.success(self.request, _("The roster has been brought in line with the file."))
            return HttpResponseRedirect(own.get_absolute_url())
        if "apply" in self.request.POST:
            messages.warning(self.request, _("Your choices change what is written. Look at it again, then apply."))
        work.proceed(workflow.decide(own, by=user, **decisions, **form.record()), by=user)
        return HttpResponseRedirect(own.get_absolute_url())

    def _again(self) -> HttpResponse:
        """Compare once more after a failure or a broken attempt; a file that is done stays as it is, with 409."""
        user = user_of(self.request)
        if not self.object.mapping:
            return self.get(self.request)
        try:
            work.proceed(workflow.decide(self.object, by=user), by=user)
        except StateConflict as conflict:
            messages.error(self.request, conflict.message())
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.CONFLICT)
        return HttpResponseRedirect(self.object.get_absolute_url())


def outcome_labels() -> list[tuple[str, str]]:
    """What is counted once a file is applied."""
    return [
        (Group.JOINED, _("Joined")),
        (Group.CHANGED, _("Changed")),
        (Group.LEFT, _("Left")),
        (Group.UNCHANGED, _("Unchanged")),
    ]


def group_labels() -> dict[Group, str]:
    """The groups of a comparison, first those that ask for something."""
    return {
        Group.UNKNOWN: _("Unknown"),
        Group.AMBIGUOUS: _("Ambiguous"),
        Group.REJECTED: _("Rejected"),
        Group.JOINED: pgettext("rows", "Join"),
        Group.CHANGED: pgettext("rows", "Change"),
        Group.LEFT: _("Not in the file"),
        Group.UNCHANGED: _("Unchanged"),
    }


def groups(plan: Plan) -> list[dict[str, Any]]:
    """The groups as the page shows them: key, label, number, the entries shown, how many more."""
    return [
        {
            "key": group.value,
            "label": label,
            "count": len(plan.entries[group]),
            "entries": plan.entries[group][:SHOWN],
            "more": len(plan.entries[group]) - SHOWN,
        }
        for group, label in group_labels().items()
    ]


class ComparisonFile(OfFile, DetailView[Synchronisation]):
    """The whole comparison, a line for each value that differs."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        stem = get_valid_filename(f"{self.object.name.rsplit('.', 1)[0]}-{_('comparison')}")
        return stream_response(csv_of_rows(_comparison(make_plan(self.object))), "csv", stem)


def _comparison(plan: Plan) -> Iterator[list[Any]]:
    labels = group_labels()
    yield [_("Group"), _("Row"), _("Organisation"), _("Value"), _("Before"), _("After"), _("Note")]
    for group, label in labels.items():
        for entry in plan.entries[group]:
            head = [label, entry.row.number if entry.row else "", entry.title]
            yield from ([*head, cell.label, cell.before, cell.after, cell.note] for cell in entry.cells)
            if not entry.cells:
                yield [*head, "", "", "", entry.reason]


class RejectedRows(OfFile, DetailView[Synchronisation]):
    """The rows that stay out, as the file has them, each with its reason."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        errors = list(_reasons(make_plan(self.object)))
        if not errors:
            raise Http404
        stem = get_valid_filename(f"{self.object.name.rsplit('.', 1)[0]}-{_('rejected')}")
        return stream_response(csv_of_rows(_lines(self.object, errors)), "csv", stem)


def _reasons(plan: Plan) -> Iterator[RowError]:
    undecided = {id(entry) for entry in plan.undecided}
    for entry in entries_of(plan, Group.REJECTED, Group.UNKNOWN, Group.AMBIGUOUS):
        if entry.row is not None and (entry.group == Group.REJECTED or id(entry) in undecided):
            why = entry.reason or _("The organisation is not in the register.")
            yield from (RowError(row.number, "", "", why) for row in entry.rows or [entry.row])


def _lines(synchronisation: Synchronisation, errors: Sequence[RowError]) -> Iterator[list[Any]]:
    try:
        with reading.opened(synchronisation) as table:
            yield from rejected_rows(table, errors)
    except TableError as error:
        yield [str(error)]


class TakeBack(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Undo everything that the file changed."""

    form_class = TakeBackForm
    title = gettext_lazy("Take the synchronisation back")
    submit_label = gettext_lazy("Take everything back")
    danger = True

    def get_intro(self) -> str:
        return _("%(file)s: everything that it changed becomes as it was before.") % {"file": self.object.name}

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: TakeBackForm) -> HttpResponse:
        workflow.take_back(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The roster is as it was before the file."), self.object.get_absolute_url())
