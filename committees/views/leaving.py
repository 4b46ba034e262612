"""A member leaves a committee by its own will, from its own page."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.seats import ResignForm
from committees.models import Resignation, Seat
from committees.workflows import appointments, resignations
from members.models import Organisation
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.markup import date_text
from temp_portal.core.views import ObjectFormView


class Resign(MoveFormMixin, ObjectFormView[Seat]):
    """404 for whoever does not represent the member."""

    form_class = ResignForm
    login_required = True
    title = gettext_lazy("Leave the committee")
    submit_label = gettext_lazy("Announce that we leave")
    danger = True
    back_url = settings.LOGIN_REDIRECT_URL

    def get_queryset(self) -> QuerySet[Seat]:
        own = Organisation.objects.represented_by(self.request.user)
        rows: QuerySet[Seat] = Seat.objects.sitting().filter(organisation__in=own)
        return rows.select_related("committee", "organisation")

    def get_intro(self) -> str:
        told = {"member": self.object.organisation, "committee": self.object.committee}
        intro = _("%(member)s leaves %(committee)s. The committee’s office is told.") % told
        offices = ", ".join(str(each.position) for each in appointments.of_seat(self.object))
        if not offices:
            return intro
        return intro + " " + _("These offices end on the same day: %(offices)s.") % {"offices": offices}

    def act(self, form: Any) -> HttpResponse:
        day, reason = form.cleaned_data["effective_on"], form.cleaned_data["reason"]
        resignations.announce(self.object, by=user_of(self.request), effective_on=day, reason=reason)
        return self.done(_("You leave the committee on %(day)s.") % {"day": date_text(day)}, self.back_url)


class Stay(MoveFormMixin, ObjectFormView[Resignation]):
    """The resignation is taken back before its day."""

    form_class = forms.Form
    login_required = True
    title = gettext_lazy("Stay in the committee")
    submit_label = gettext_lazy("Take the resignation back")
    back_url = settings.LOGIN_REDIRECT_URL

    def get_queryset(self) -> QuerySet[Resignation]:
        own = Organisation.objects.represented_by(self.request.user)
        rows: QuerySet[Resignation] = Resignation.objects.filter(seat__organisation__in=own)
        return rows.select_related("seat__committee", "seat__organisation")

    def get_intro(self) -> str:
        told = {
            "member": self.object.seat.organisation,
            "committee": self.object.seat.committee,
            "day": date_text(self.object.effective_on),
        }
        return _("%(member)s has announced to leave %(committee)s on %(day)s.") % told

    def act(self, form: Any) -> HttpResponse:
        resignations.withdraw(self.object, by=user_of(self.request))
        return self.done(_("The resignation has been taken back: you stay a member."), self.back_url)
