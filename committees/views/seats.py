"""The page of a seat, and what is done to it. `workflows.seats` and `workflows.appointments` do the work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import SeatExit
from committees.forms.seats import (
    AdmissionDayForm,
    AppointForm,
    ChangeForm,
    ChangePersonForm,
    EndAppointmentForm,
    EndForm,
    ResumeForm,
    SuspendForm,
    WithdrawEndForm,
)
from committees.history import APPOINTMENT_CONTENT, PERIOD_CONTENT, last_day, seat_events, wrong
from committees.models import Appointment, Condition, DuesCharge, Seat, SeatPeriod
from committees.views.places import InCommittee
from committees.workflows import appointments, seats
from committees.workflows.guards import READ_ONLY_STATES
from members.models import Organisation, Ownership, Person
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.readings import read
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class OfSeat(InCommittee):
    """A page about one seat of the committee; 404 for any other seat."""

    for_officers = True
    login_required = True
    place = "roster"
    object: Seat

    def get_queryset(self) -> QuerySet[Seat]:
        rows: QuerySet[Seat] = Seat.objects.held().filter(committee=self.committee)
        return rows.select_related("committee", "organisation", "representative")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), reverse("committees:roster", args=[self.committee.slug])),
            Crumb(str(self.object.organisation), self.object.get_absolute_url()),
        ]


class SeatPage(OfSeat, DetailView[Seat]):
    """A membership: what it is today, what it was, and what was corrected."""

    template_name = "committees/seat.html"

    def get_title(self) -> str:
        return str(self.object.organisation)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(str(self.object.organisation))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = list(
            SeatPeriod.objects.filter(seat=self.object)
            .select_related("recorded_by", "superseded_by", "representative")
            .order_by("-valid", "-pk")
        )
        offices = list(self._offices())
        certificates = list(self.object.certificates.order_by("-pk"))
        user = self.request.user
        keeps = user.has_perm("committees.keep_roster", self.object)
        sees_contacts = user.has_perm("committees.view_contacts", self.object)
        if sees_contacts:
            read(Person, [self.object.representative_id], by=user, place=self.request.path)
        page = {
            "ownership": Ownership.objects.current().on(self.as_of.day).filter(organisation=self.organisation).first(),
            "periods": [_dated(fact) for fact in facts if fact.superseded_at is None],
            "corrections": [_dated(fact) for fact in wrong(facts, PERIOD_CONTENT)],
            "offices": [_dated(fact) for fact in offices if fact.superseded_at is None],
            "office_corrections": [_dated(fact) for fact in wrong(offices, APPOINTMENT_CONTENT)],
            "events": seat_events(self.object),
            "may_edit": keeps and self.committee.state not in READ_ONLY_STATES,
            "stands_still": self.committee.state in READ_ONLY_STATES,
            "sees_contacts": sees_contacts,
            "last_day": last_day(self.object),
            "certificates": certificates,
            "may_issue": keeps
            and not (self.object.has_ended or self.object.is_annulled)
            and all(each.revoked_at for each in certificates),
            "keeps": keeps,
            "resignation": self.object.resignations.announced().first(),
            "conditions": Condition.objects.filter(application__seat=self.object),
            "dues": self._dues() if self.committee.keeps_dues else [],
        }
        return super().get_context_data(**page | kwargs)

    @property
    def organisation(self) -> Organisation:
        """Who holds the seat."""
        return self.object.organisation

    def _dues(self) -> list[DuesCharge]:
        """What the member owes and paid, the last year first."""
        charges = DuesCharge.objects.live().filter(seat=self.object).with_standing()
        return list(charges.select_related("dues_year", "seat__committee").order_by("-dues_year__year"))

    def _offices(self) -> QuerySet[Appointment]:
        """The offices of the seat, with what was recorded of them in error."""
        rows: QuerySet[Appointment] = Appointment.objects.filter(seat=self.object)
        return rows.select_related("position", "person", "term", "superseded_by").order_by("-valid", "position__rank")


def _dated(fact: SeatPeriod | Appointment) -> dict[str, Any]:
    return {"fact": fact, "first": fact.valid.lower, "last": last_day(fact)}


class SeatAction(MoveFormMixin, OfSeat, ObjectFormView[Seat]):
    """A form about a seat. Whoever only reads the roster gets 403."""

    rule = "committees.keep_roster"

    def get_intro(self) -> str:
        return str(self.object.organisation)

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_places(self) -> tuple[()]:
        return ()


class ChangeSeat(SeatAction):
    form_class = ChangeForm
    title = gettext_lazy("Change the seat")
    submit_label = gettext_lazy("Record the change")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"seat": self.object}

    def act(self, form: Any) -> HttpResponse:
        record = {name: form.cleaned_data[name] for name in ("effective_on", "document", "reason")}
        seats.change(self.object, by=user_of(self.request), **record, **form.particulars())
        return self.done(_("The change has been recorded. Earlier days keep what they had."), self.get_back_url())


class SuspendSeat(SeatAction):
    form_class = SuspendForm
    title = gettext_lazy("Suspend the member")
    submit_label = gettext_lazy("Suspend the member")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        seats.suspend(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The member is suspended and keeps its seat."), self.get_back_url())


class ResumeSeat(SeatAction):
    form_class = ResumeForm
    title = gettext_lazy("End the suspension")
    submit_label = gettext_lazy("End the suspension")

    def act(self, form: Any) -> HttpResponse:
        seats.resume(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The member has its full rights again."), self.get_back_url())


class EndSeat(SeatAction):
    form_class = EndForm
    title = gettext_lazy("End the membership")
    submit_label = gettext_lazy("End the membership")
    danger = True

    def get_initial(self) -> dict[str, Any]:
        """`?how=` chooses beforehand, where another page proposes the end."""
        return super().get_initial() | {"how": self.request.GET.get("how", "")}

    def get_intro(self) -> str:
        offices = appointments.of_seat(self.object)
        if not offices:
            return super().get_intro()
        names = ", ".join(str(each.position) for each in offices)
        ends_too = _("%(member)s. These offices end on the same day: %(offices)s.")
        return ends_too % {"member": self.object.organisation, "offices": names}

    def act(self, form: Any) -> HttpResponse:
        ended = seats.end(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("The membership has ended (%(how)s). The seat stays on record.")
        return self.done(message % {"how": SeatExit(ended.ended_as).label}, self.get_back_url())


class CorrectAdmission(SeatAction):
    form_class = AdmissionDayForm
    title = gettext_lazy("Correct the day of admission")
    submit_label = gettext_lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return {"admitted_on": self.object.valid.lower}

    def act(self, form: Any) -> HttpResponse:
        seats.correct_admission(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The correction has been recorded; the wrong day stays visible below."), self.get_back_url())


class WithdrawEnd(SeatAction):
    form_class = WithdrawEndForm
    title = gettext_lazy("Take the end back")
    submit_label = gettext_lazy("Take the end back")

    def act(self, form: Any) -> HttpResponse:
        seats.withdraw_end(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("The membership runs on. Offices that ended with it are to be filled again.")
        return self.done(message, self.get_back_url())


class Appoint(SeatAction):
    form_class = AppointForm
    title = gettext_lazy("Appoint to an office")
    submit_label = gettext_lazy("Record the appointment")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"seat": self.object}

    def act(self, form: Any) -> HttpResponse:
        made = appointments.appoint(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("Appointed: %(position)s.") % {"position": made.position}, self.get_back_url())


class OfAppointment(MoveFormMixin, OfSeat, ObjectFormView[Appointment]):
    """A form about an office of a seat."""

    object: Any

    def get_queryset(self) -> QuerySet[Any]:
        held = Appointment.objects.current().filter(seat__committee=self.committee)
        return held.select_related("position", "seat__committee", "seat__organisation")

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        self.check("committees.keep_roster", found.seat)
        return found

    def get_intro(self) -> str:
        return labelled(self.object.seat.organisation, self.object.position)

    def get_back_url(self) -> str:
        address: str = self.object.seat.get_absolute_url()
        return address

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(str(self.object.seat.organisation), self.get_back_url()),
        ]

    def get_places(self) -> tuple[()]:
        return ()


class EndAppointment(OfAppointment):
    """An office ends; the seat stays."""

    form_class = EndAppointmentForm
    title = gettext_lazy("End the appointment")
    submit_label = gettext_lazy("End the appointment")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        appointments.end(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The appointment has ended."), self.get_back_url())


class ChangePerson(OfAppointment):
    """Another person for the office; seat and office stay."""

    form_class = ChangePersonForm
    title = gettext_lazy("Another person for the office")
    submit_label = gettext_lazy("Record the person")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"seat": self.object.seat}

    def act(self, form: Any) -> HttpResponse:
        appointments.change_person(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The person has been recorded; the member keeps the office."), self.get_back_url())
