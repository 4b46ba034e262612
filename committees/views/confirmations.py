"""Still right? Asked of representatives in one click; who has not answered, for those who keep the members."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.confirmations import CONFIRMATIONS
from committees.filters.confirmations import ConfirmationFilter
from committees.models import Confirmation, Seat
from committees.workflows import confirmations
from members.models import Organisation, Ownership, Representative
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import ObjectFormView


class Confirm(MoveFormMixin, ObjectFormView[Confirmation]):
    """What the portal has of the organisation, and one button. 404 for whoever does not represent it."""

    template_name = "committees/confirm.html"
    form_class = forms.Form
    login_required = True
    title = gettext_lazy("Is this still right?")
    submit_label = gettext_lazy("Everything is still right")
    back_url = settings.LOGIN_REDIRECT_URL

    def get_queryset(self) -> QuerySet[Confirmation]:
        rows: QuerySet[Confirmation] = Confirmation.objects.of_representative(self.request.user)
        return rows.select_related("organisation", "round", "confirmed_by")

    def get_intro(self) -> str:
        told = {"organisation": self.object.organisation, "year": self.object.round}
        return _("%(organisation)s: confirmation of %(year)s.") % told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation: Organisation = self.object.organisation
        today = timezone.localdate()
        people = Representative.objects.live().filter(organisation=organisation).select_related("person__merged_into")
        seats = Seat.objects.sitting().filter(organisation=organisation)
        page = {
            "organisation": organisation,
            "numbers": organisation.identifiers.order_by("-is_primary", "id"),
            "ownership": Ownership.objects.current().on(today).filter(organisation=organisation).first(),
            "evidence_is_old": Ownership.objects.with_old_evidence(today).filter(organisation=organisation).exists(),
            "people": people.order_by("person__name", "pk"),
            "seats": seats.select_related("committee", "representative__merged_into").order_by("committee__slug"),
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        confirmations.confirm(self.object, by=user_of(self.request))
        return self.done(_("Thank you: it is confirmed for this year."), self.back_url)


class ConfirmationList(ListView[Confirmation]):
    """Who was asked, and who has not answered."""

    title = gettext_lazy("Yearly confirmations")
    rule = "committees.view_people"
    columns = CONFIRMATIONS
    filterset_class = ConfirmationFilter
    default_sort = "-year"
    search_field = "organisation__search_key"
    empty = Empty(gettext_lazy("Nobody has been asked yet. Members are asked every spring."))

    def get_queryset(self) -> QuerySet[Confirmation]:
        rows: QuerySet[Confirmation] = Confirmation.objects.for_officers(self.request.user)
        return rows.select_related("organisation__merged_into", "round", "confirmed_by")
