"""What the Secretariat keeps for all committees: working calendars, and reasons for decisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.reference import day_columns, reason_columns
from committees.filters.reference import CalendarFilter, ReasonFilter
from committees.forms.reference import CalendarDayForm, ReasonForm
from committees.models import CalendarDay, DecisionReason
from committees.workflows import reference
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, KeptListView
from temp_portal.core.views import Crumb, FormView, ObjectFormView

CALENDAR = gettext_lazy("Working calendars")
REASONS_TITLE = gettext_lazy("Reasons for decisions")


class ReferenceList(KeptListView[Any]):
    """Read by all officers, kept by the Secretariat."""

    rule = "committees.view_reference"
    keep_rule = "committees.keep_reference"
    login_required = True
    search_field = ""


class Calendar(ReferenceList):
    """Holidays, and rest days that are worked; weekly rest days need no row."""

    template_name = "committees/reference/calendar.html"
    title = CALENDAR
    columns = day_columns("edit_url")
    read_columns = day_columns()
    default_sort = "day"
    filterset_class = CalendarFilter
    empty = Empty(
        gettext_lazy("No day is on record: clocks count every day but the weekly rest days."),
        gettext_lazy("Add a day"),
        "committees:calendar-day-new",
    )

    def get_queryset(self) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"portal_country": settings.PORTAL_COUNTRY} | kwargs)


class Reasons(ReferenceList):
    template_name = "committees/reference/reasons.html"
    title = REASONS_TITLE
    columns = reason_columns("edit_url")
    read_columns = reason_columns()
    default_sort = "kind"
    filterset_class = ReasonFilter
    empty = Empty(
        gettext_lazy("No reason is on record."), gettext_lazy("Add a reason"), "committees:decision-reason-new"
    )

    def get_queryset(self) -> QuerySet[DecisionReason]:
        return DecisionReason.objects.all()


class KeptMixin(MoveFormMixin):
    """Forms of the Secretariat that lead back to the list."""

    rule = "committees.keep_reference"
    login_required = True
    list_title: Any = CALENDAR
    list_url = "committees:calendar"

    def get_back_url(self) -> str:
        return reverse(self.list_url)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(self.list_title, self.get_back_url()), Crumb(self.get_title())]


class NewDay(KeptMixin, FormView):
    form_class = CalendarDayForm
    title = gettext_lazy("Add a day to a calendar")

    def get_initial(self) -> dict[str, Any]:
        return {"country": settings.PORTAL_COUNTRY}

    def act(self, form: CalendarDayForm) -> HttpResponse:
        reference.save_day(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The day is on record."), self.get_back_url())


class EditDay(KeptMixin, ObjectFormView[CalendarDay]):
    form_class = CalendarDayForm
    template_name = "committees/reference/day.html"
    title = gettext_lazy("Day of a calendar")

    def get_queryset(self) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.all()

    def act(self, form: CalendarDayForm) -> HttpResponse:
        reference.save_day(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The day is on record."), self.get_back_url())


class RemoveDay(KeptMixin, ObjectFormView[CalendarDay]):
    form_class = forms.Form
    title = gettext_lazy("Remove a day from a calendar")
    submit_label = gettext_lazy("Remove the day")
    danger = True

    def get_queryset(self) -> QuerySet[CalendarDay]:
        return CalendarDay.objects.all()

    def get_intro(self) -> str:
        said = {"day": self.object.day.isoformat(), "country": self.object.country.name, "name": self.object.name}
        return _("%(day)s, %(country)s: %(name)s. It counts as any other day of its week from then on.") % said

    def act(self, form: Any) -> HttpResponse:
        reference.remove_day(self.object, by=user_of(self.request))
        return self.done(_("The day has been removed."), self.get_back_url())


class NewReason(KeptMixin, FormView):
    form_class = ReasonForm
    title = gettext_lazy("Add a reason")
    list_title = REASONS_TITLE
    list_url = "committees:decision-reasons"

    def act(self, form: ReasonForm) -> HttpResponse:
        reference.save_reason(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The reason is on record."), self.get_back_url())


class EditReason(KeptMixin, ObjectFormView[DecisionReason]):
    form_class = ReasonForm
    title = gettext_lazy("Change a reason")
    list_title = REASONS_TITLE
    list_url = "committees:decision-reasons"

    def get_queryset(self) -> QuerySet[DecisionReason]:
        return DecisionReason.objects.all()

    def act(self, form: ReasonForm) -> HttpResponse:
        reference.save_reason(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The reason is on record."), self.get_back_url())
