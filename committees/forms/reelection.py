"""What one says on the way to the next term: the announcement, the slate, the result."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.forms.committees import SectionedForm
from committees.forms.fields import document, reason
from committees.models import Candidacy, Position, Seat
from members.models import Person
from temp_portal.core.forms import DayField


class AnnounceForm(forms.Form):
    announced_on = DayField(label=gettext_lazy("Decided on"))
    announcement = document(required=True)
    assembly_on = DayField(
        label=gettext_lazy("Day of the assembly"),
        help_text=gettext_lazy("Members are told at once; they need a written notice ten days before."),
    )


class CallOffForm(forms.Form):
    reason = reason(required=True)


class ConfirmForm(forms.Form):
    """Nothing is asked."""


class SlateForm(forms.Form):
    """For every position those members of today who stand for it."""

    def __init__(self, *args: Any, positions: Collection[Position], seats: Collection[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positions = {f"position_{position.pk}": position for position in positions}
        self.seats = {str(seat.pk): seat for seat in seats}
        choices = [(key, str(seat.organisation)) for key, seat in self.seats.items()]
        for name, position in self.positions.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=str(position),
                choices=choices,
                required=False,
                help_text=places_text(position),
                widget=forms.SelectMultiple(attrs={"data-select": "", "data-remove": _("Remove")}),
            )

    def slate(self) -> dict[Position, list[Seat]]:
        """What `workflows.reelection.draw_up` takes."""
        return {
            position: [self.seats[key] for key in self.cleaned_data[name]] for name, position in self.positions.items()
        }


class ResultForm(SectionedForm, forms.Form):
    """Who was elected to what, through whom, on which day and for how long."""

    def __init__(
        self,
        *args: Any,
        candidacies: Iterable[Candidacy],
        people: Mapping[int, Collection[Person]],
        at_the_limit: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidacies = {str(each.pk): each for each in candidacies}
        grouped: dict[Position, list[Candidacy]] = {}
        for each in self.candidacies.values():
            grouped.setdefault(each.position, []).append(each)
        self._positions = {f"elected_{position.pk}": position for position in grouped}
        for position, standing in grouped.items():
            self._ask(position, standing, people, at_the_limit)
        sections = [(str(position), self._names(position, standing)) for position, standing in grouped.items()]
        self.layout = ((gettext_lazy("The election"), ("elected_on", "minutes", "term_ends_on")), *sections)

    elected_on = DayField(
        label=gettext_lazy("Elected on"),
        help_text=gettext_lazy("Today or earlier. The new term and its offices begin on this day."),
    )
    minutes = document(label=gettext_lazy("Minutes of the election"), required=True)
    term_ends_on = DayField(label=gettext_lazy("Last day of the new term"))

    def _ask(
        self,
        position: Position,
        standing: Collection[Candidacy],
        people: Mapping[int, Collection[Person]],
        at_the_limit: Collection[int],
    ) -> None:
        self.fields[f"elected_{position.pk}"] = forms.MultipleChoiceField(
            label=_("Elected"),
            choices=[(str(each.pk), candidate_text(each, at_the_limit)) for each in standing],
            required=False,
            help_text=places_text(position),
            widget=forms.CheckboxSelectMultiple,
        )
        for each in standing:
            found = people.get(each.seat.organisation_id, ())
            self.fields[f"person_{each.pk}"] = forms.TypedChoiceField(
                label=_("Through, for %(member)s") % {"member": each.seat.organisation},
                choices=[("", _("the representative")), *((str(person.pk), str(person)) for person in found)],
                required=False,
                coerce={str(person.pk): person for person in found}.__getitem__,
                empty_value=None,
            )

    @staticmethod
    def _names(position: Position, standing: Iterable[Candidacy]) -> tuple[str, ...]:
        return (f"elected_{position.pk}", *(f"person_{each.pk}" for each in standing))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, position in self._positions.items():
            chosen = cleaned.get(name) or []
            if position.holders_max is not None and len(chosen) > position.holders_max:
                self.add_error(name, _("More are chosen than there are places."))
        begins, ends = cleaned.get("elected_on"), cleaned.get("term_ends_on")
        if isinstance(begins, date) and isinstance(ends, date) and ends <= begins:
            self.add_error("term_ends_on", _("The term ends before it begins."))
        return cleaned

    def elected(self) -> dict[Candidacy, Person | None]:
        """What `workflows.reelection.record_result` takes."""
        return {
            candidacy: self.cleaned_data[f"person_{key}"]
            for key, candidacy in self.candidacies.items()
            if key in self.cleaned_data[f"elected_{candidacy.position_id}"]
        }


def places_text(position: Position) -> str:
    """How many may and must hold the position."""
    if position.holders_max is None:
        return _("any number of places")
    if position.holders_min < position.holders_max:
        return _("%(least)s to %(most)s places") % {"least": position.holders_min, "most": position.holders_max}
    return ngettext("%(count)s place", "%(count)s places", position.holders_max) % {"count": position.holders_max}


def candidate_text(candidacy: Candidacy, at_the_limit: Collection[int]) -> str:
    """The member, with a word when the office has been held for two terms running."""
    member = str(candidacy.seat.organisation)
    if candidacy.pk not in at_the_limit:
        return member
    return _("%(member)s (held the office for two terms running)") % {"member": member}
