"""The committees themselves: founded before or during the history, with their first term and offices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from committees.composition.defaults import ALWAYS, DEFAULTS
from committees.demo_data.build import FOUNDING, LATER, TERM_YEARS
from committees.enums import CommitteeState, CountBy, Sector, TitleSet
from committees.models import Committee, CompositionRule, Filing, Position, Term
from committees.positions import OFFICES
from members.demo_data import words
from temp_portal.audit.models import Transition
from temp_portal.core.bulk import FALSE, NULL, TRUE, CopyTable, reserve_ids
from temp_portal.core.scale import Scale
from temp_portal.core.search import search_key

SLUG_PREFIX: Final = "scale"

_MONTH: Final = 30
#: From the proposal to the founding assembly, and how long every committee has been at work at least.
_PREPARATION: Final = 5 * _MONTH
_AT_WORK: Final = 6 * _MONTH
_CLOSED_FOR: Final = 2 * _MONTH

#: How the trades of `words.TRADES` fall under the headings of the catalogue.
_SECTORS: Final = (
    *[Sector.MATERIALS] * 5,
    *[Sector.ENERGY] * 5,
    *[Sector.MANUFACTURING] * 6,
    *[Sector.TRANSPORT] * 3,
    *[Sector.AGRICULTURE] * 3,
    *[Sector.DIGITAL] * 2,
    *[Sector.SERVICES] * 4,
)
#: Every fiftieth committee is suspended, every thirtieth before its re-election.
_SUSPENDED_EVERY: Final = 50
_DUE_EVERY: Final = 30


def _copied(value: Any) -> str:
    """A column's value as COPY reads it."""
    if value is None:
        return NULL
    return f"{{{','.join(value)}}}" if isinstance(value, list) else str(value)


#: The usual rules, each with the same columns.
_OPTIONAL: Final = {"count_by": CountBy.REGISTRATION.value, "evidence_months": None}
_RULES: Final = [
    {name: _copied(value) for name, value in sorted((_OPTIONAL | default.fields()).items())} for default in DEFAULTS
]


@dataclass(frozen=True, slots=True)
class Founded:
    """A committee as its seats need it: days of its founding assembly and of its roster's last entry, its offices."""

    key: str
    number: int
    established: int
    until: int
    term: str
    first_position: int


class FoundingWriter:
    """Writes committees one after the other."""

    def __init__(self, scale: Scale, staff: str) -> None:
        self.scale, self.staff = scale, staff
        self.first = reserve_ids(Committee, scale.committees)
        self._first_term = reserve_ids(Term, scale.committees)
        self._first_position = reserve_ids(Position, scale.committees * len(OFFICES))
        self.committee = CopyTable(
            Committee, "id", "slug", "name", "name_en", "name_zh_hans", "name_ru", "mandate", "mandate_en", "sector",
            "title_set", "state", "established_on", "contact_email", "search_key", "created_at", "created_by_id",
        )  # fmt: skip
        self.filing = CopyTable(Filing, "committee_id", "recipient", "filed_on", "document")
        self.term = CopyTable(Term, "id", "committee_id", "number", "valid")
        self.position = CopyTable(
            Position, "id", "committee_id", "code", "title", "title_en", "title_zh_hans", "title_ru", "holders_min",
            "holders_max", "voting", "elected", "rank",
        )  # fmt: skip
        self.rule = CopyTable(CompositionRule, "committee_id", "valid", *_RULES[0])
        self.transition = CopyTable(
            Transition, "subject_type", "subject_id", "move", "from_state", "to_state", "at", "effective_on", "by_id"
        )
        self.tables = (self.committee, self.filing, self.term, self.position, self.rule, self.transition)

    def found(self, number: int) -> Founded:
        """Write the committee of this number."""
        scale = self.scale
        established = scale.between(_PREPARATION, scale.last - _AT_WORK)
        state = _state(number)
        founded = Founded(
            key=str(self.first + number),
            number=number,
            established=established,
            until=scale.last - _CLOSED_FOR if state == CommitteeState.SUSPENDED else scale.last,
            term=str(self._first_term + number),
            first_position=self._first_position + number * len(OFFICES),
        )
        title_set = list(TitleSet)[number % len(TitleSet)]
        self._committee(founded, state, title_set)
        self._positions(founded, title_set)
        for rule in _RULES:
            self.rule.add(founded.key, f"[{ALWAYS},)", *rule.values())
        self._transitions(founded, state)
        day = scale.first_day + timedelta(days=established)
        end = day.replace(year=day.year + TERM_YEARS, day=1)
        self.term.add(founded.term, founded.key, "1", f"[{day},{end})")
        self.filing.add(
            founded.key, "SCO Business Council secretariat", scale.days[established + _MONTH], f"Filing {number + 1}"
        )
        return founded

    def _committee(self, founded: Founded, state: CommitteeState, title_set: TitleSet) -> None:
        trade = founded.number % len(words.TRADES)
        series = founded.number // len(words.TRADES) + 1
        zh, en, ru, *_codes = words.TRADES[trade]
        names = (f"{en} Working Committee {series}", f"{zh}第{series}工作委员会", f"Рабочий комитет {series}: {ru}")
        mandate = f"Brings enterprises of the trade “{en}” into joint projects across borders."
        slug = f"{SLUG_PREFIX}-{founded.number + 1:05d}"
        self.committee.add(
            founded.key, slug, names[0], *names, mandate, mandate, _SECTORS[trade], title_set, state,
            self.scale.days[founded.established], f"{slug}@example.org", search_key(*names),
            self.scale.moment(founded.established - _PREPARATION), self.staff,
        )  # fmt: skip

    def _positions(self, founded: Founded, title_set: TitleSet) -> None:
        for place, office in enumerate(OFFICES):
            self.position.add(
                str(founded.first_position + place), founded.key, office.code, office.en, office.en,
                office.chinese(title_set), office.ru, str(office.holders_min),
                NULL if office.holders_max is None else str(office.holders_max),
                TRUE if office.voting else FALSE, TRUE if office.elected else FALSE, str(place + 1),
            )  # fmt: skip

    def _transitions(self, founded: Founded, state: CommitteeState) -> None:
        before = ""
        for reached, move, day in _steps(founded, state, self.scale.last):
            self.transition.add(
                Committee._meta.label_lower, founded.key, move, before, reached, self.scale.moment(day),
                self.scale.days[day], self.staff,
            )  # fmt: skip
            before = reached


def _steps(founded: Founded, state: CommitteeState, last: int) -> Iterator[tuple[CommitteeState, str, int]]:
    for reached, move, months in FOUNDING:
        yield reached, move, founded.established - _PREPARATION + months * _MONTH
    if state in LATER:
        yield state, LATER[state], last - _CLOSED_FOR


def _state(number: int) -> CommitteeState:
    if number % _SUSPENDED_EVERY == _SUSPENDED_EVERY - 1:
        return CommitteeState.SUSPENDED
    return CommitteeState.RE_ELECTION_DUE if number % _DUE_EVERY == _DUE_EVERY - 1 else CommitteeState.ACTIVE
