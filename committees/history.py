"""What happened to a seat, told from its transitions and its facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Appointment, Committee, Position, Seat, SeatPeriod
from members.models import Person
from temp_portal.audit.models import Transition
from temp_portal.core.markup import date_text

FactOfSeat = TypeVar("FactOfSeat", SeatPeriod, Appointment)

SEAT_MOVES = {
    "admit": gettext_lazy("Admitted from %(day)s"),
    "change": gettext_lazy("Changed from %(day)s"),
    "suspend": gettext_lazy("Suspended from %(day)s"),
    "resume": gettext_lazy("Full member again from %(day)s"),
    "resign": gettext_lazy("Resigned with effect from %(day)s"),
    "expel": gettext_lazy("Expelled with effect from %(day)s"),
    "lapse": gettext_lazy("Lapsed with effect from %(day)s"),
    "correct": gettext_lazy("Day of admission corrected to %(day)s"),
    "reinstate": gettext_lazy("End of %(day)s taken back"),
    "appoint": gettext_lazy("Appointed from %(day)s: %(position)s"),
    "end_appointment": gettext_lazy("Office ended on %(day)s: %(position)s"),
    "change_person": gettext_lazy("Office held through another person from %(day)s: %(position)s"),
    "take_back": gettext_lazy("Taken back: %(what)s"),
}
#: What facts say beside their days.
PERIOD_CONTENT: Final = ("functional_role", "chain_role", "voting", "suspended", "representative_id")
APPOINTMENT_CONTENT: Final = ("position_id", "person_id")
#: Moves that put right what was recorded before.
CORRECTING_MOVES: Final = ("correct", "reinstate", "take_back")


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of `components/timeline.html`."""

    title: str
    at: Any
    by: str
    quote: str
    correction: bool = False


def seat_events(seat: Seat) -> list[Event]:
    """The seat's history, newest first. Three queries."""
    transitions = list(Transition.objects.of(seat).select_related("by"))
    return [event for _transition, event in told({seat.pk: seat}, reversed(transitions))]


def told(seats: Mapping[int, Seat], transitions: Iterable[Transition]) -> list[tuple[Transition, Event]]:
    """Transitions of these seats, each with its text, in their order. Two queries."""
    rows = list(transitions)
    titles: dict[int, dict[str, str]] = {}
    for position in Position.objects.filter(committee__in={seat.committee_id for seat in seats.values()}):
        titles.setdefault(position.committee_id, {})[position.code] = str(position)
    people = Person.objects.in_bulk(_people_in(rows))
    return [(each, _event(each, titles.get(seats[each.subject_id].committee_id, {}), people)) for each in rows]


def wrong(facts: Iterable[FactOfSeat], content: Sequence[str]) -> list[FactOfSeat]:
    """Of all facts of a seat the superseded ones that did not hold, the last one replaced first.

    A fact without an end that was written again with nothing but an end was no error; it had gone on until then.
    """
    rows = list(facts)
    replaced = [(each.superseded_at, each) for each in rows if each.superseded_at is not None]

    def goes_on(fact: FactOfSeat, until: datetime) -> bool:
        same = (other for other in rows if all(getattr(fact, name) == getattr(other, name) for name in content))
        return any(other.valid.lower == fact.valid.lower and other.recorded_at >= until for other in same)

    replaced.sort(key=lambda pair: pair[0], reverse=True)
    return [fact for until, fact in replaced if fact.valid.upper or not goes_on(fact, until)]


def last_day(fact: Seat | SeatPeriod | Appointment) -> date | None:
    """The last day of a membership or a fact; None while it runs."""
    return fact.valid.upper - timedelta(days=1) if fact.valid.upper else None


def _event(transition: Transition, titles: dict[str, str], people: dict[int, Person]) -> Event:
    details = transition.details
    title = _title(transition.move, transition.effective_on, details, titles)
    changes = _changes(details, people) if transition.move == "change" else []
    was = details.get("before", {}).get("admitted_on", "")
    if was:
        changes = [_("Recorded before: %(day)s") % {"day": date_text(date.fromisoformat(was))}]
    heard = [_("Heard: %(note)s") % {"note": details["heard"]}] if details.get("heard") else []
    notes = [*changes, details.get("document", ""), transition.reason, *heard]
    quote = " · ".join(filter(None, notes))
    return Event(title, transition.at, str(transition.by or ""), quote, transition.move in CORRECTING_MOVES)


def _title(move: str, day: date, details: dict[str, Any], titles: dict[str, str]) -> str:
    names = {
        "day": date_text(day),
        "position": titles.get(details.get("position", ""), details.get("position", "")),
        "what": "; ".join(_title(act["move"], day, act, titles) for act in details.get("took_back", [])),
    }
    return str(SEAT_MOVES.get(move, move)) % names


def _changes(details: dict[str, Any], people: dict[int, Person]) -> list[str]:
    """Lines like "Functional role: Lead → Support" for everything that a change touched."""
    before, after = details.get("before", {}), details.get("after", {})
    return [
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": capfirst(_field(name).verbose_name),
            "before": value_text(name, _resolved(name, before.get(name), people)),
            "after": value_text(name, _resolved(name, after[name], people)),
        }
        for name in after
    ]


def _field(name: str) -> Any:
    return SeatPeriod._meta.get_field(name)


def _resolved(name: str, value: Any, people: dict[int, Person]) -> Any:
    """A person is recorded by id, and shown by the name that the portal has of him today."""
    return people.get(value) if name == "representative" else value


def value_text(name: str, value: Any) -> str:
    """The value of a seat's particular in words."""
    if value is None or isinstance(value, Person):
        return str(value or "–")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(_field(name).flatchoices).get(value, value)) or "–"


def _people_in(transitions: list[Transition]) -> set[int]:
    sides = (each.details.get(side, {}) for each in transitions for side in ("before", "after"))
    return {side["representative"] for side in sides if side.get("representative")}


def committee_events(committee: Committee) -> list[Event]:
    """The committee's life, newest first. One query."""
    transitions = Transition.objects.of(committee).select_related("by").order_by("-effective_on", "-at", "-pk")
    labels = dict(Committee._meta.get_field("state").flatchoices)
    return [
        Event(
            _("%(state)s from %(day)s")
            % {"state": capfirst(str(labels.get(each.to_state, each.to_state))), "day": date_text(each.effective_on)},
            each.at,
            str(each.by or ""),
            " · ".join(filter(None, [*_evidence(each.details), each.reason])),
        )
        for each in transitions
    ]


EVIDENCE = {
    "document": "%(value)s",
    "recipient": gettext_lazy("Filed with %(value)s"),
    "deadline": gettext_lazy("Deadline %(value)s"),
    "review_on": gettext_lazy("Review on %(value)s"),
    "term_ends_on": gettext_lazy("Term to %(value)s"),
}


def _evidence(details: dict[str, Any]) -> list[str]:
    return [str(text) % {"value": details[name]} for name, text in EVIDENCE.items() if details.get(name)]
