"""The dues of one member for one year: payments, their correction, the waiver; and the member's statement."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.dues.history import charge_events
from committees.files.statement import write_statement
from committees.forms.dues import CorrectPaymentForm, PaymentForm, ReasonForm, WaiveForm
from committees.models import DuesCharge, DuesPayment, Seat
from committees.views.dues.overview import InDues
from committees.workflows import dues
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.markup.figures import money
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class OfCharge(InDues):
    """A page about the dues of one member of the committee for one year."""

    object: Any

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = DuesCharge.objects.live().filter(dues_year__committee=self.committee)
        found: QuerySet[Any] = rows.with_standing().select_related(
            "seat__organisation__merged_into", "seat__committee", "tier", "dues_year", "waived_by"
        )
        return found

    @property
    def charge(self) -> Any:
        """Whose dues it is about."""
        return self.object

    def get_crumbs(self) -> Sequence[Crumb]:
        own = labelled(self.charge.seat.organisation, str(self.charge.dues_year))
        return [*super().get_crumbs(), Crumb(own, self.charge.get_absolute_url())]

    def get_back_url(self) -> str:
        address: str = self.charge.get_absolute_url()
        return address


class ChargePage(OfCharge, DetailView[DuesCharge]):
    """What is owed for the year, what was paid, and what happened."""

    template_name = "committees/dues/charge.html"

    def get_title(self) -> str:
        return labelled(self.object.seat.organisation, str(self.object.dues_year))

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "payments": self.object.payments.standing().select_related("recorded_by"),
            "events": charge_events(self.object),
            "keeps": self.request.user.has_perm("committees.keep_dues", self.object),
        }
        return super().get_context_data(**page | kwargs)


class ChargeAction(MoveFormMixin, OfCharge, ObjectFormView[Any]):
    """A form about a charge."""

    rule = "committees.keep_dues"

    def get_intro(self) -> str:
        open_ = money(self.charge.open, self.charge.currency)
        told = {"member": self.charge.seat.organisation, "year": self.charge.dues_year, "open": open_}
        return _("%(member)s, %(year)s: %(open)s is open.") % told

    def get_places(self) -> tuple[()]:
        return ()


class Pay(ChargeAction):
    form_class = PaymentForm
    title = gettext_lazy("Record a payment")
    submit_label = gettext_lazy("Record the payment")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"amount": self.object.open}

    def act(self, form: Any) -> HttpResponse:
        dues.pay(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The payment has been recorded."), self.get_back_url())


class Waive(ChargeAction):
    form_class = WaiveForm
    title = gettext_lazy("Waive what is open")
    submit_label = gettext_lazy("Waive what is open")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        dues.waive(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("What was open has been waived."), self.get_back_url())


class TakeWaiverBack(ChargeAction):
    form_class = ReasonForm
    title = gettext_lazy("Take the waiver back")
    submit_label = gettext_lazy("Take the waiver back")

    def act(self, form: Any) -> HttpResponse:
        dues.take_waiver_back(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The waiver has been taken back: what is unpaid is owed again."), self.get_back_url())


class CorrectPayment(ChargeAction):
    form_class = CorrectPaymentForm
    title = gettext_lazy("Correct the payment")
    submit_label = gettext_lazy("Record the correction")

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = DuesPayment.objects.standing().filter(charge__in=super().get_queryset())
        found: QuerySet[Any] = rows.select_related("charge__seat__organisation", "charge__seat__committee")
        return found

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.committee)

    @property
    def charge(self) -> Any:
        return super().get_queryset().get(pk=self.object.charge_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"payment": self.object}

    def act(self, form: Any) -> HttpResponse:
        dues.correct_payment(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The correction has been recorded."), self.get_back_url())


class Statement(DetailView[Seat]):
    """The statement of a member's dues as PDF, for its representatives and for those who keep the committee.

    In the member's language, another one with `?language=`.
    """

    login_required = True

    def get_queryset(self) -> QuerySet[Seat]:
        charges = DuesCharge.objects.visible_to(self.request.user).live()
        rows: QuerySet[Seat] = Seat.objects.filter(pk__in=charges.values("seat"))
        return rows.select_related("organisation__merged_into", "committee")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return write_statement(self.object, self.request.GET.get("language", ""))
