"""Histories across committees: of one organisation, and of one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Min, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.movements import HISTORY, PUBLIC_HISTORY
from committees.enums import MovementKind
from committees.filters.movements import MovementFilter
from committees.models import Committee, Seat, SeatPeriod
from committees.movements import Movement, Span, movements
from committees.people import known_to, office_corrections, offices_of, represented_by, visible_people
from committees.querysets import SeatQuerySet
from members.enums import ConsentChannel
from members.models import Consent, Organisation, Person, PersonMerge
from temp_portal.audit.readings import read
from temp_portal.core.lists import Column, Empty, MemoryListView
from temp_portal.core.views import Crumb, DetailView

#: What is between a committee and its member.
INTERNAL = (MovementKind.REPRESENTATIVE, MovementKind.CORRECTION)


class OrganisationHistory(MemoryListView):
    """What changed for one organisation in all committees. Who keeps a committee reads its record as well."""

    template_name = "committees/organisation_history.html"
    filterset_class = MovementFilter
    default_sort = "-day"
    empty = Empty(gettext_lazy("The organisation has had no seat in a committee."))
    kwargs: dict[str, Any]

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation, or 404."""
        found: Organisation = get_object_or_404(
            Organisation.objects.visible_to(self.request.user), pk=self.kwargs["pk"]
        )
        return found

    @cached_property
    def kept(self) -> set[int]:
        """Ids of the organisation's committees whose record the user may read."""
        same = Organisation.objects.same_as(self.organisation)
        own = Committee.objects.kept_by(self.request.user).filter(seats__organisation__in=same)
        return set(own.values_list("pk", flat=True))

    def get_columns(self) -> Sequence[Column]:
        return HISTORY if self.kept else PUBLIC_HISTORY

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        return SeatPeriod.objects.none()

    @cached_property
    def seats(self) -> SeatQuerySet:
        """Present and past seats that the user may see."""
        same = Organisation.objects.same_as(self.organisation)
        rows: SeatQuerySet = Seat.objects.visible_to(self.request.user).filter(organisation__in=same)
        return rows

    @cached_property
    def everything(self) -> list[Movement]:
        """All that the user may know, whatever the filter."""
        first = self.seats.aggregate(day=Min(Lower("valid")))["day"]
        if first is None:
            return []
        rows = movements(self.seats, Span(first, timezone.localdate()))
        return [self._shown(each) for each in rows if each.seat.committee_id in self.kept or each.kind not in INTERNAL]

    def _shown(self, movement: Movement) -> Movement:
        """Without names and reasons for whoever does not keep the committee."""
        if movement.seat.committee_id in self.kept:
            return replace(movement, recorded_later=False)
        return replace(movement, person=None, document="", reason="", recorded_at=None, recorded_by="")

    def get_rows(self) -> list[Movement]:
        kinds = self.filterset.form.cleaned_data.get("kind")
        return [each for each in self.everything if each.kind in kinds] if kinds else self.everything

    def get_title(self) -> str:
        return _("History of %(organisation)s") % {"organisation": self.organisation}

    def get_filename(self) -> str:
        return f"organisation-{self.organisation.pk}-history"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Organisations"), reverse("members:organisation-list")),
            Crumb(str(self.organisation), self.organisation.get_absolute_url()),
            Crumb(_("History")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"organisation": self.organisation} | kwargs)


class PersonPage(DetailView[Person]):
    """A person's positions over time across committees; contacts and corrections for those who work with the person."""

    template_name = "committees/person.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A merged record is sent on to the one that remains; not for good, since a merge can be undone."""
        self.object = self.get_object()
        if self.object.merged_into_id:
            return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_queryset(self) -> QuerySet[Person]:
        return visible_people(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, person = self.request.user, self.object
        known = known_to(user, person)
        if known and (person.email or person.phone) and person.user_id != user.pk:
            read(Person, [person.pk], by=user, place=self.request.path)
        committees = Committee.objects.visible_to(user)
        page = {
            "offices": offices_of(person, committees),
            "represented": represented_by(person, committees),
            "known": known,
            "may_erase": person.erased_at is None and user.has_perm("privacy.propose_erasure"),
            "may_see_readers": user.has_perm("privacy.view_desk"),
            "may_keep": (may_keep := user.has_perm("members.keep_person", person)),
            "consents": _consents(person) if may_keep else [],
            "may_merge": user.has_perm("members.merge_records"),
            "merges": PersonMerge.objects.visible_to(user).standing().filter(remaining=person).with_names(),
            "corrections": office_corrections(person, Committee.objects.kept_by(user)),
        }
        return super().get_context_data(**page | kwargs)


def _consents(person: Person) -> list[tuple[Consent, str, date]]:
    """What the person and the records merged into it agreed to, how and on which day; the latest first."""
    channels = dict(ConsentChannel.choices)
    rows = Consent.objects.filter(person__in=Person.objects.same_as(person)).order_by("-given_at", "pk")
    return [(each, str(channels.get(each.channel, each.channel)), timezone.localdate(each.given_at)) for each in rows]
