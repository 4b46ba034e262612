"""The public page of a committee, and its roster as those see it who keep it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from committees.as_of import life_of
from committees.columns.dues import ON_ROSTER
from committees.columns.seats import PUBLIC_ROSTER, ROSTER, named_then, sheet_of
from committees.composition import Composition, composition_of
from committees.composition.verdicts import Result, public, results_of
from committees.enums import OFFICERS, STATE_TONES, CommitteeState
from committees.files.roster import ROSTER_FILES
from committees.filters.seats import PublicRosterFilter, RosterFilter
from committees.forms.cells import shared_options
from committees.joining import experience
from committees.models import AdmissionProcedure, Appointment, Committee, SeatPeriod
from committees.querysets import state_on
from committees.rules import is_working
from committees.views.bulk.actions import roster_actions
from committees.views.places import InCommittee
from committees.workflows.guards import READ_ONLY_STATES
from members.enums import COUNTED_GROUPS
from members.reference import find_code
from temp_portal.accounts.enums import ScopeKind
from temp_portal.core.lists import BulkAction, Column, Empty, ListView, Sharing, Sheet
from temp_portal.core.markup.names import LANGUAGES, lang_attribute
from temp_portal.core.tabular.export import ExportColumn
from temp_portal.core.views import Crumb


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one of the portal's languages; empty where it is not translated."""

    language: str
    lang: str
    label: str
    text: str


class RosterOf(InCommittee, ListView[SeatPeriod]):
    """The members of a committee on the day of the page."""

    default_sort = "position"
    search_field = "seat__organisation__search_key"
    empty = Empty(gettext_lazy("Nobody sits in this committee on this day."))

    def get_found(self) -> QuerySet[SeatPeriod]:
        rows: Any = SeatPeriod.objects.of(self.committee)
        if "office_rank" in self.state.ordering.paths:
            rows = rows.with_office(self.as_of.day, committee=self.committee)
        found: QuerySet[SeatPeriod] = rows
        return found

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        rows = SeatPeriod.objects.of(self.committee).with_roster(self.as_of.day, self.committee)
        found: QuerySet[SeatPeriod] = rows.with_names_of(self.as_of.day) if self.as_of.is_past else rows
        return found

    def get_columns(self) -> Sequence[Column]:
        if not self.as_of.is_past:
            return super().get_columns()
        link = "seat.get_absolute_url" if self.for_officers else "seat.organisation.get_absolute_url"
        return named_then(super().get_columns(), link=link)

    def get_export_columns(self) -> list[ExportColumn]:
        """Of a past day, organisations stand under the name that they bore."""
        shown = super().get_export_columns()
        if not self.as_of.is_past:
            return shown
        return [replace(each, expression="legal_name_then") if each.name == "organisation" else each for each in shown]

    def get_read(self) -> QuerySet[SeatPeriod]:
        rows: QuerySet[SeatPeriod] = SeatPeriod.objects.with_roster(self.as_of.day)
        return rows

    def get_read_key(self) -> Hashable:
        return self.as_of.day

    def get_filename(self) -> str:
        return f"{self.committee.slug}-{self.as_of.day.isoformat()}"

    @cached_property
    def composition(self) -> Composition:
        return composition_of(self.committee, self.as_of.day)

    @cached_property
    def results(self) -> list[Result]:
        """How the committee stands to its rules on the day."""
        return results_of(self.committee, self.as_of.day)

    def group_urls(self) -> dict[str, str]:
        """Address of each ownership group within this list."""
        return {group.value: self.state.url(ownership=group.value) for group in COUNTED_GROUPS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        life = life_of(self.committee)
        page = {
            "life": life,
            "life_at": life.number(self.as_of.day) if life else None,
            "composition": self.composition,
            "results": self.results,
            "rules_url": reverse("committees:composition", args=[self.committee.slug]) if self.for_officers else "",
            "group_urls": self.group_urls(),
            "term": self.committee.terms.filter(valid__contains=self.as_of.day).first(),
            "kept_for_day": self.state.kept(["as_of"]),
        }
        return super().get_context_data(**page | kwargs)


class CommitteePage(RosterOf):
    """What everybody may know: mandate, state, officers, composition, and who sits in it."""

    template_name = "committees/committee.html"
    columns = PUBLIC_ROSTER
    filterset_class = PublicRosterFilter
    caption = gettext_lazy("Members")
    place = "overview"
    has_saved_views = False

    def get_title(self) -> str:
        return str(self.committee)

    @cached_property
    def results(self) -> list[Result]:
        """Only what rests on figures that everybody sees."""
        return public(super().results)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = self.as_of.day
        state = CommitteeState(state_on(self.committee, day) or self.committee.state)
        page = {
            "state": state,
            "state_tone": STATE_TONES[state],
            "mandates": texts(self.committee, "mandate"),
            "shown_mandate": shown_language(texts(self.committee, "mandate")),
            "industries": industries(self.committee),
            "filings": self.committee.filings.all(),
            "officers": officers(self.committee, day),
            "takes_applications": is_working(self.request.user, self.committee),
            "why_closed": why_closed(self.committee),
            "decision_days": AdmissionProcedure.of(self.committee).decision_days,
            "experience": experience(self.committee),
        }
        return super().get_context_data(**page | kwargs)


class RosterPage(RosterOf):
    """The working list of secretary, chair and Secretariat."""

    template_name = "committees/roster.html"
    columns = ROSTER
    formats = ROSTER_FILES
    filterset_class = RosterFilter
    login_required = True
    for_officers = True
    row_label = "organisation"
    place = "roster"

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        rows: Any = super().get_queryset()
        return self._with_dues(rows.with_last_change())

    def get_found(self) -> QuerySet[SeatPeriod]:
        return self._with_dues(super().get_found())

    def get_read(self) -> QuerySet[SeatPeriod]:
        return self._with_dues(super().get_read())

    def _with_dues(self, rows: Any) -> QuerySet[SeatPeriod]:
        """The filter, the order and the column of dues, where the committee collects some."""
        found: QuerySet[SeatPeriod] = rows.with_dues(self.as_of.day) if self.committee.keeps_dues else rows
        return found

    def get_read_key(self) -> Hashable:
        return self.as_of.day, self.committee.keeps_dues

    def get_columns(self) -> Sequence[Column]:
        *shown, last = super().get_columns()
        return [*shown, ON_ROSTER, last] if self.committee.keeps_dues else [*shown, last]

    @cached_property
    def may_edit(self) -> bool:
        """Whether cells are edited in place: today's, by who keeps the roster, unless the committee stands still."""
        keeps = self.request.user.has_perm("committees.keep_roster", self.committee)
        return keeps and not self.as_of.is_past and self.committee.state not in READ_ONLY_STATES

    def get_sheet(self) -> Sheet | None:
        return sheet_of(self.committee) if self.may_edit else None

    def get_sharing(self) -> Sharing:
        return Sharing(ScopeKind.COMMITTEE, self.committee.pk)

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """Changes where cells may be edited as well; messages and files on any day."""
        keeps = self.request.user.has_perm("committees.keep_roster", self.committee)
        return roster_actions(self.committee, may_edit=self.may_edit, may_write=keeps)

    def get_title(self) -> str:
        return _("Roster of %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_admit = self.request.user.has_perm("committees.admit_member", self.committee)
        page = {
            "may_admit": may_admit and not self.as_of.is_past,
            "may_edit": self.may_edit,
            "options": shared_options() if self.may_edit else [],
        }
        return super().get_context_data(**page | kwargs)


def texts(committee: Committee, name: str) -> list[Text]:
    """A text of the committee in the three languages, empty where it is missing. name: `mandate` or `benefits`."""
    return [
        Text(code, lang_attribute(code), label, getattr(committee, f"{name}_{suffix}") or "")
        for code, suffix, _lang, label in LANGUAGES
    ]


def shown_language(written: Sequence[Text]) -> str:
    """The language in which a text is read first: the reader's, else the first one that has it."""
    languages = [each.language for each in written if each.text]
    current = get_language() or "en"
    return current if current in languages else next(iter(languages), "")


def industries(committee: Committee) -> list[tuple[str, list[str]]]:
    """(scheme with version, its codes with titles) of the committee's industries; titles as far as they are known."""
    found: dict[str, list[str]] = {}
    for entry in committee.industry_codes:
        known = find_code(entry["scheme"], entry["version"], entry["code"])
        found.setdefault(f"{entry['scheme']} ({entry['version']})", []).append(str(known or entry["code"]))
    return list(found.items())


def officers(committee: Committee, day: Any) -> list[Appointment]:
    """The leading offices on `day`, highest first; `person_published` says whether the name may be shown to anybody."""
    held = Appointment.objects.current().on(day).filter(position__committee=committee, position__code__in=OFFICERS)
    return list(
        held.with_published_person()
        .select_related("position", "seat__organisation", "person")
        .order_by("position__rank", "valid", "pk")
    )


def why_closed(committee: Committee) -> str:
    """Why the committee takes no applications at present; empty if it takes them."""
    if is_working(None, committee):
        return ""
    if committee.state == CommitteeState.DISSOLVED:
        return _("This committee has been dissolved and takes no more members.")
    if committee.state == CommitteeState.SUSPENDED:
        return _("This committee is suspended. It takes applications again when it resumes work.")
    return _("This committee is being prepared. It takes applications from the founding assembly on.")
