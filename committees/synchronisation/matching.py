"""Whom a row means: by its register number, else by a name that is the same in every letter that counts.

Members of the committee come first, then the register. What is only alike is never taken by itself: it is offered.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from committees.synchronisation.reading import FileRow
from committees.synchronisation.roster import Member
from members import identifiers
from members.duplicates import by_names, core_name
from members.models import Identifier, Organisation
from temp_portal.core.search import search_terms
from temp_portal.core.tabular.countries import country_code

Progress = Callable[[int, int], None]
_AT_ONCE: Final = 1_000
#: So many characters of a Chinese name make a name of their own.
_TELLING: Final = 4
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{3}")
_KINDS: Final = re.compile("集团|控股|股份|实业|分公司|子公司")


class Question(StrEnum):
    """What stands between a row and an organisation."""

    NONE = ""
    UNKNOWN = "unknown"
    SEVERAL = "several"
    OTHER_NUMBER = "other_number"


@dataclass(slots=True)
class MatchedRow:
    """A row of the file with the organisation that it means, or the question to the user and the candidates."""

    number: int
    name: str
    values: dict[str, Any]
    problems: list[str]
    names: list[str]
    organisation: int | None = None
    by_number: bool = False
    question: str = Question.NONE
    candidates: list[int] | None = None

    def to_data(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """What `to_data` gave."""
        return cls(**data)


def match(rows: Sequence[FileRow], members: dict[int, Member], progress: Progress) -> list[MatchedRow]:
    """Find every row's organisation."""
    finder = Finder(rows, members)
    matched = []
    for done, row in enumerate(rows, start=1):
        matched.append(finder.find(row))
        progress(done, len(rows))
    return matched


class Finder:
    """Looks organisations up for the rows of one file: members and numbers at once, other names one by one."""

    def __init__(self, rows: Sequence[FileRow], members: dict[int, Member]) -> None:
        self._members = members
        self._by_name = _index(member.organisation for member in members.values())
        self._sitting = {member.organisation.remaining_id: member.organisation for member in members.values()}
        self._registered = _index(_registered([name for row in rows for name in row.names()]))
        self._numbered = _numbered([row.values["number"] for row in rows if row.values.get("number")])

    def find(self, row: FileRow) -> MatchedRow:
        """The row with its organisation, or with a question."""
        number = row.values.get("number") or ""
        names = row.names()
        found = MatchedRow(row.number, next(iter(names), number), row.values, row.problems, names)
        if not names and not number:
            return found
        numbered = self._narrowed(self._standing(self._numbered.get(number, [])), row)
        named = self._named(names, row)
        if numbered and named and not {each.pk for each in numbered} & {each.pk for each in named}:
            return _asked(found, Question.SEVERAL, [*numbered, *named])
        hits = numbered or named
        if len(hits) > 1:
            return _asked(found, Question.SEVERAL, hits)
        if not hits:
            return _asked(found, Question.UNKNOWN, alike(names))
        if number and not numbered and _has_other_number(hits[0], number):
            return _asked(found, Question.OTHER_NUMBER, hits)
        found.organisation, found.by_number = hits[0].pk, bool(numbered)
        return found

    def _named(self, names: Sequence[str], row: FileRow) -> list[Organisation]:
        keys = [key for name in names if (key := name_key(name))]
        for index in (self._by_name, self._registered):
            hits = self._standing(each for key in keys for each in index.get(key, []))
            if hits:
                return self._narrowed(hits, row)
        close = by_names(names) if keys else []
        return self._narrowed(self._standing(each for each in close if _keys(each) & set(keys)), row)

    def _standing(self, hits: Iterable[Organisation]) -> list[Organisation]:
        """Each once: of merged records the one that has the seat, else the one that remains."""
        sitting = (self._sitting.get(hit.remaining_id) or hit.remaining for hit in hits)
        return list({each.pk: each for each in sitting}.values())

    def _narrowed(self, hits: list[Organisation], row: FileRow) -> list[Organisation]:
        """Of several equal hits those that fit what else the row says, step by step; all where none fits better."""
        if len(hits) < 2:
            return hits
        country = country_code(row.values.get("country") or "")
        keys = {key for name in row.names() if (key := name_key(name))}
        fits: list[Callable[[Organisation], bool]] = [
            lambda each: not country or str(each.country) == country,
            lambda each: keys <= _keys(each),
            lambda each: each.pk in self._members,
            lambda each: self._is_member_since(each, row.values.get("since")),
            lambda each: self._is_represented_by(each, row.values.get("representative")),
        ]
        for fit in fits:
            hits = [each for each in hits if fit(each)] or hits
        return hits

    def _is_member_since(self, organisation: Organisation, day: str | None) -> bool:
        member = self._members.get(organisation.pk)
        return member is not None and member.period.member_since.isoformat() == day

    def _is_represented_by(self, organisation: Organisation, name: str | None) -> bool:
        member = self._members.get(organisation.pk)
        person = member.period.representative if member else None
        return person is not None and name in (person.name, person.name_latin)


def alike(names: Sequence[str]) -> list[Organisation]:
    """Organisations with nearly these names; for Chinese ones also those that only begin alike.

    A group, branch or subsidiary bears the name of its firm with something behind it, and Chinese has no space between.
    """
    cores = [_KINDS.sub("", core_name(name)) for name in names if _CHINESE.match(name)]
    return by_names(names) or by_names([core[: max(_TELLING, len(core) // 2)] for core in cores])


def name_key(name: str) -> str:
    """Under which two spellings of a name are one: width, case, accents, signs and look-alike letters do not count."""
    return " ".join(term.text for term in search_terms(name))


def _keys(organisation: Organisation) -> set[str]:
    return {name_key(name) for name in organisation.all_names()}


def _index(organisations: Iterable[Organisation]) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = defaultdict(list)
    for organisation in organisations:
        for key in filter(None, _keys(organisation)):
            found[key].append(organisation)
    return found


def _registered(names: Sequence[str]) -> list[Organisation]:
    """Organisations registered under exactly these names."""
    found: list[Organisation] = []
    for start in range(0, len(names), _AT_ONCE):
        found.extend(Organisation.objects.registered().filter(legal_name__in=names[start : start + _AT_ONCE]))
    return found


def _numbered(numbers: Sequence[str]) -> dict[str, list[Organisation]]:
    """Number as the file has it → the organisations that have it under any scheme."""
    forms = {number: _forms(number) for number in dict.fromkeys(numbers)}
    wanted = sorted(set().union(*forms.values()))
    by_value: dict[str, list[Identifier]] = defaultdict(list)
    for start in range(0, len(wanted), _AT_ONCE):
        held = Identifier.objects.filter(value__in=wanted[start : start + _AT_ONCE]).select_related("organisation")
        for identifier in held:
            by_value[identifier.value].append(identifier)
    return {
        number: list({each.organisation_id: each.organisation for value in values for each in by_value[value]}.values())
        for number, values in forms.items()
    }


def _forms(number: str) -> set[str]:
    """The number as the schemes would store it."""
    forms = {scheme.normalise(number) for scheme in identifiers.all_schemes()}
    return {form for form in (*forms, number, "".join(number.upper().split())) if form}


def _has_other_number(organisation: Organisation, number: str) -> bool:
    """Whether the organisation has another number of the kind that this one is."""
    scheme = identifiers.guess_scheme(str(organisation.country), number)
    return scheme is not None and organisation.identifiers.filter(scheme=scheme.code).exists()


def _asked(row: MatchedRow, question: Question, candidates: Iterable[Organisation]) -> MatchedRow:
    row.question = question
    row.candidates = list(dict.fromkeys(each.pk for each in candidates))
    return row
