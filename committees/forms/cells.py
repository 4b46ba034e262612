"""Cells of a roster as they are edited in place: values, from which day, and what the browser saw before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ChainRole, FunctionalRole, PositionCode
from committees.forms.fields import document, effective_on
from committees.forms.seats import NOT_RECORDED, PositionChoice, offices_of, person_field
from committees.models import Position, Seat
from committees.positions import MEMBERSHIPS
from committees.synchronisation.words import words_of
from temp_portal.core.tabular.cells import header_key

#: Cells that are pasted at once: all of a long page.
MAX_CELLS = 2_000
#: What our own table shows for nothing, as it is copied out of it.
NOTHING = ("", "–")
YES, NO = "yes", "no"


def _functional_role(_seat: Seat | None) -> forms.Field:
    return forms.ChoiceField(choices=FunctionalRole.choices)


def _chain_role(_seat: Seat | None) -> forms.Field:
    return forms.ChoiceField(choices=[("", NOT_RECORDED), *ChainRole.choices], required=False)


def _voting(_seat: Seat | None) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))], coerce=lambda answer: answer == YES
    )


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


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell out of a spreadsheet, laid over one of the roster. `field` is empty over one that cannot be edited."""

    seat: int
    version: str
    field: str
    column: str
    text: str

    @classmethod
    def read(cls, data: Any) -> "PastedCell":
        """Out of JSON. Raises KeyError, TypeError or ValueError."""
        texts = {name: str(data[name]).replace("\x00", "").strip() for name in ("version", "field", "column", "text")}
        return cls(seat=int(data["seat"]), **texts)


class PasteForm(forms.Form):
    """Many cells, and the day from which they hold."""

    cells = forms.JSONField()
    effective_on = effective_on()
    document = document()

    def clean_cells(self) -> list[PastedCell]:
        try:
            cells = [PastedCell.read(each) for each in self.cleaned_data["cells"]]
        except (KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(_("Nothing was pasted that could be read.")) from error
        if len(cells) > MAX_CELLS:
            raise forms.ValidationError(_("At most %(count)s cells are pasted at once.") % {"count": MAX_CELLS})
        return cells


def value_of(cell: PastedCell, seat: Seat) -> Any:
    """What the cell's text means for its field. Raises ValidationError with a message for the user."""
    if cell.field not in CELLS:
        raise forms.ValidationError(_("This column is not edited here."))
    field = CELLS[cell.field](seat)
    if cell.text in NOTHING:
        return field.clean("")
    try:
        return field.clean(_words(cell.field, field)[header_key(cell.text)])
    except KeyError as error:
        raise forms.ValidationError(_("This is none of the choices.")) from error


def _words(name: str, field: Any) -> Mapping[str, str]:
    """Folded word → what the field takes: codes, labels in every language, names."""
    if name in SAME_FOR_ALL:
        return _choice_words(name)
    rows = list(field.queryset)
    if isinstance(field, PositionChoice):
        return _office_words(rows)
    return {header_key(word): str(row.pk) for row in rows for word in (row.name, row.name_latin)}


@cache
def _choice_words(name: str) -> Mapping[str, str]:
    field: Any = SAME_FOR_ALL[name](None)
    return words_of(field.choices)


@cache
def _usual_offices() -> Mapping[str, str]:
    return words_of(PositionCode.choices)


def _office_words(offices: list[Position]) -> dict[str, str]:
    """Titles in every language, and the usual names; those of mere membership mean no office."""
    keys = {office.code: str(office.pk) for office in offices} | dict.fromkeys(MEMBERSHIPS, "")
    usual = {word: keys[code] for word, code in _usual_offices().items() if code in keys}
    titles = {
        header_key(getattr(office, f"title_{suffix}") or ""): str(office.pk)
        for office in offices
        for suffix in ("en", "zh_hans", "ru")
    }
    return usual | titles
