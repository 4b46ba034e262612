"""What one says when admitting a member, changing a seat or filling an office."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ChainRole, FunctionalRole, SeatExit
from committees.forms.fields import document, effective_on, reason
from committees.models import Committee, Position, Seat
from committees.positions import MEMBERSHIPS
from committees.workflows.seats import PARTICULARS
from members.models import Organisation, Person, Representative
from temp_portal.core.forms import DayField, ModelChoiceField

NOT_RECORDED = gettext_lazy("not recorded")


def people_of(organisation: Organisation, *, also: Person | None = None) -> Any:
    """People who may speak for the organisation today, and the one on record already."""
    same = Organisation.objects.same_as(organisation)
    live = Representative.objects.live().filter(organisation__in=same).values("person")
    people = Person.objects.filter(pk__in=live, merged_into__isnull=True) | Person.objects.filter(merged__in=live)
    return (people | Person.objects.filter(pk=also.pk) if also else people).distinct().order_by("name", "pk")


def person_field(organisation: Organisation, *, also: Person | None = None, **options: Any) -> ModelChoiceField[Person]:
    usual: dict[str, Any] = {
        "label": gettext_lazy("Representative"),
        "queryset": people_of(organisation, also=also),
        "required": False,
        "empty_label": NOT_RECORDED,
        "help_text": gettext_lazy("People whom the organisation has named to the portal."),
    }
    return ModelChoiceField(**usual | options)


class ParticularsForm(forms.Form):
    """What a seat is: functional role, place in the chain, vote, representative."""

    functional_role = forms.ChoiceField(label=gettext_lazy("Functional role"), choices=FunctionalRole.choices)
    chain_role = forms.ChoiceField(
        label=gettext_lazy("Place in the industrial chain"),
        choices=[("", NOT_RECORDED), *ChainRole.choices],
        required=False,
    )
    voting = forms.BooleanField(
        label=gettext_lazy("With a vote (without one it is an observer)"), required=False, initial=True
    )

    def particulars(self) -> dict[str, Any]:
        """What `workflows.seats` takes."""
        return {name: self.cleaned_data[name] for name in PARTICULARS if name in self.cleaned_data}


class ChangeForm(ParticularsForm):
    """Other particulars from a day on."""

    effective_on = effective_on(
        help_text=gettext_lazy("Earlier days keep what is recorded for them. Reports count by this day.")
    )
    document = document()
    reason = reason()
    field_order = ("effective_on", "functional_role", "chain_role", "voting", "representative", "document", "reason")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        kwargs["initial"] = {name: getattr(seat, name) for name in PARTICULARS} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["representative"] = person_field(seat.organisation, also=seat.representative)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and all(getattr(self.seat, name) == value for name, value in self.particulars().items()):
            raise forms.ValidationError(_("Nothing differs from what is recorded. Change something, or go back."))
        return cleaned


class AdmitForm(ParticularsForm):
    """A member without an online application."""

    effective_on = effective_on(
        label=gettext_lazy("Member from"),
        help_text=gettext_lazy("The day of the decision, today or earlier. Reports count the admission by it."),
    )
    document = document(required=True)
    reason = reason(label=gettext_lazy("Note for the record"))
    field_order = ("effective_on", "document", "functional_role", "chain_role", "voting", "representative", "reason")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["representative"] = person_field(organisation)
        self.fields["functional_role"].help_text = _(
            "Set from the verified ownership; change it if the committee decided otherwise."
        )
        self.order_fields(self.field_order)


class FindMemberForm(forms.Form):
    """Which organisation is to be admitted."""

    q = forms.CharField(
        label=gettext_lazy("Find the organisation"),
        max_length=200,
        help_text=gettext_lazy("Name in Chinese, Russian, Latin letters or pinyin, or the register number."),
    )


class SuspendForm(forms.Form):
    effective_on = effective_on(label=gettext_lazy("Suspended from"))
    reason = reason(required=True)
    document = document()


class ResumeForm(forms.Form):
    effective_on = effective_on(label=gettext_lazy("Full member again from"))
    document = document()
    reason = reason()


class EndForm(forms.Form):
    """The end of a membership."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it ends"),
        choices=[(how.value, how.label) for how in SeatExit if how != SeatExit.CHANGED],
        widget=forms.RadioSelect,
    )
    effective_on = effective_on(
        label=gettext_lazy("First day without the seat"),
        help_text=gettext_lazy("Today or earlier. The day before is the last one as a member; reports count by it."),
    )
    document = document(help_text=gettext_lazy("For example: minutes no. 7 of the council. An expulsion needs one."))
    reason = reason(help_text=gettext_lazy("It stays on record with your name. An expulsion needs one."))
    heard = forms.CharField(
        label=gettext_lazy("How the member was heard"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Before an expulsion: the day, and what the member said."),
    )


class ResignForm(forms.Form):
    """A member announces that it leaves."""

    effective_on = DayField(
        label=gettext_lazy("First day without the seat"),
        initial=timezone.localdate,
        help_text=gettext_lazy("Today or later. The day before is the last one as a member."),
    )
    reason = reason(required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("We leave this committee"),
        error_messages={"required": gettext_lazy("Confirm that you leave.")},
    )


class AdmissionDayForm(forms.Form):
    """The right day of an admission that was recorded wrongly."""

    admitted_on = DayField(
        label=gettext_lazy("Member since"),
        help_text=gettext_lazy(
            "Today or earlier. The wrong day stays on record as corrected; signed reports do not move."
        ),
    )
    reason = reason(required=True, label=gettext_lazy("How the right day is known"))


class WithdrawEndForm(forms.Form):
    reason = reason(required=True, label=gettext_lazy("Why the end was recorded wrongly"))


class PositionChoice(ModelChoiceField[Position]):
    """Offices with how many places are taken."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.holders_max is None:
            return str(obj)
        taken = _("%(position)s (%(taken)s of %(all)s filled)")
        return taken % {"position": obj, "taken": obj.taken, "all": obj.holders_max}


def offices_of(committee: Committee) -> QuerySet[Position]:
    """The offices to which one can be appointed, highest first, with the number of places `taken`."""
    running = Q(appointments__superseded_at__isnull=True, appointments__valid__endswith__isnull=True)
    offices: QuerySet[Position] = Position.objects.filter(committee=committee).exclude(code__in=MEMBERSHIPS)
    return offices.annotate(taken=Count("appointments", filter=running)).order_by("rank")


class AppointForm(forms.Form):
    """An office for a member."""

    effective_on = effective_on()
    document = document()
    reason = reason()
    field_order = ("position", "person", "effective_on", "document", "reason")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = PositionChoice(label=gettext_lazy("Position"), queryset=offices_of(seat.committee))
        self.fields["person"] = person_field(
            seat.organisation,
            also=seat.representative,
            label=gettext_lazy("Held by"),
            empty_label=gettext_lazy("the representative"),
        )
        self.order_fields(self.field_order)


class ChangePersonForm(forms.Form):
    """Another person for an office; the member keeps it."""

    effective_on = effective_on()
    document = document()
    reason = reason()

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(
            seat.organisation, label=gettext_lazy("Held by"), required=True, empty_label=gettext_lazy("choose…")
        )
        self.order_fields(("person",))


class EndAppointmentForm(forms.Form):
    effective_on = effective_on(
        label=gettext_lazy("First day without the office"),
        help_text=gettext_lazy(
            "Today or earlier. The first day of the appointment takes it back altogether, as recorded by mistake."
        ),
    )
    document = document()
    reason = reason()
