"""What one says when doing one thing to many members; each form turns into an order of `workflows.bulk`."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole, FunctionalRole, SeatExit
from committees.forms.fields import document, effective_on, reason
from committees.forms.seats import NOT_RECORDED
from committees.models import Committee, Position
from committees.workflows.bulk import Act, Appoint, End, Order, SetParticular, Suspend
from temp_portal.core.forms import ModelChoiceField


class BulkForm(forms.Form):
    """From when, by which document, why; subclasses add what is done."""

    effective_on = effective_on(help_text=_("Earlier days keep what is recorded for them. Reports count by this day."))
    document = document()
    reason = reason()

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee

    def act(self) -> Act:
        """What is to be done, out of the clean form."""
        raise NotImplementedError(f"{type(self).__name__} needs act()")

    def order(self) -> Order:
        """The whole order, out of the clean form."""
        common = {name: self.cleaned_data[name] for name in ("effective_on", "document", "reason")}
        return Order(self.act(), **common)


class RoleForm(BulkForm):
    functional_role = forms.ChoiceField(label=_("Functional role"), choices=FunctionalRole.choices)
    field_order = ("functional_role",)

    def act(self) -> Act:
        return SetParticular("functional_role", self.cleaned_data["functional_role"])


class ChainForm(BulkForm):
    chain_role = forms.ChoiceField(
        label=_("Place in the industrial chain"), choices=[("", NOT_RECORDED), *ChainRole.choices], required=False
    )
    field_order = ("chain_role",)

    def act(self) -> Act:
        return SetParticular("chain_role", self.cleaned_data["chain_role"])


class VoteForm(BulkForm):
    voting = forms.ChoiceField(
        label=_("Vote"),
        choices=[("yes", _("with a vote")), ("no", _("without a vote (observer)"))],
        widget=forms.RadioSelect,
    )
    field_order = ("voting",)

    def act(self) -> Act:
        return SetParticular("voting", self.cleaned_data["voting"] == "yes")


class AppointManyForm(BulkForm):
    field_order = ("position",)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, committee=committee, **kwargs)
        self.fields["position"] = ModelChoiceField(
            label=_("Position"),
            queryset=Position.objects.filter(committee=committee),
            help_text=_("Each member holds it through its representative, as far as there are places."),
        )
        self.order_fields(self.field_order)

    def act(self) -> Act:
        return Appoint(self.cleaned_data["position"])


class SuspendManyForm(BulkForm):
    reason = reason(required=True)

    def act(self) -> Act:
        return Suspend()


class EndManyForm(BulkForm):
    effective_on = effective_on(
        label=_("First day without the seat"),
        help_text=_("Their offices end with it. Reports count the end by this day."),
    )
    how = forms.ChoiceField(
        label=_("How the memberships end"),
        choices=[(how.value, how.label) for how in (SeatExit.RESIGNED, SeatExit.LAPSED)],
        widget=forms.RadioSelect,
        help_text=_("Who is expelled has to be heard: a member is expelled on the page of its seat."),
    )
    field_order = ("how",)

    def act(self) -> Act:
        return End(SeatExit(self.cleaned_data["how"]))


#: Which form says what of which act.
FORMS: Final = {
    "role": RoleForm,
    "chain": ChainForm,
    "vote": VoteForm,
    "appoint": AppointManyForm,
    "suspend": SuspendManyForm,
    "end": EndManyForm,
}


class MessageForm(forms.Form):
    """What the members are told. `key` makes a second click send nothing."""

    title = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It is sent as you write it, to the inbox and by mail, with your name."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
