"""One cell of a roster as it is edited in place: a value, from which day, and what the browser saw before."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from committees.enums import ChainRole, FunctionalRole
from committees.forms.fields import document, effective_on
from committees.forms.seats import NOT_RECORDED, PositionChoice, offices_of, person_field
from committees.models import Seat

YES, NO = "yes", "no"


def _functional_role(_seat: Seat | None) -> forms.Field:
    return forms.ChoiceField(choices=FunctionalRole.choices)


def _chain_role(_seat: Seat | None) -> forms.Field:
    return forms.ChoiceField(choices=[("", NOT_RECORDED), *ChainRole.choices], required=False)


def _voting(_seat: Seat | None) -> forms.Field:
    return forms.TypedChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], coerce=lambda answer: answer == YES)


def _representative(seat: Any) -> forms.Field:
    return person_field(seat.organisation, also=seat.representative)


def _position(seat: Any) -> forms.Field:
    return PositionChoice(queryset=offices_of(seat.committee), required=False, empty_label=_("no office"))


#: Cells that offer every member the same, and those whose choices depend on the member or change all the time.
SAME_FOR_ALL: dict[str, Callable[[Any], forms.Field]] = {
    "functional_role": _functional_role,
    "chain_role": _chain_role,
    "voting": _voting,
}
CELLS: dict[str, Callable[[Any], forms.Field]] = SAME_FOR_ALL | {
    "representative": _representative,
    "position": _position,
}


class CellForm(forms.Form):
    """The new value of one cell."""

    field = forms.ChoiceField(choices=[(name, name) for name in CELLS])
    version = forms.CharField(max_length=500)
    effective_on = effective_on()
    document = document()

    def __init__(self, data: Any, *, seat: Seat) -> None:
        super().__init__(data)
        made = CELLS.get(data.get("field", ""))
        if made is not None:
            self.fields["value"] = made(seat)


class OptionsForm(forms.Form):
    """What a cell can be set to, as a list that is open from the start; the page's script names it."""

    def __init__(self, field: str, seat: Seat | None = None) -> None:
        super().__init__(auto_id=False)
        self.field = field
        self.fields["value"] = CELLS[field](seat)

    @property
    def options(self) -> SafeString:
        return self["value"].as_widget(attrs={"class": "options", "size": "8"})


def shared_options() -> list[OptionsForm]:
    """Those that are the same for every member: they stand in the page, and open at once."""
    return [OptionsForm(field) for field in SAME_FOR_ALL]
