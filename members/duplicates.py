"""Whether an organisation is in the register already: by its number, or by a name that is nearly the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import add, or_
from typing import Self

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from members import identifiers
from members.models import Identifier, Organisation
from temp_portal.core.search import Term, matches, search_terms

SHOWN = 5
LIKE_ENOUGH = 0.6
# Legal forms say nothing about which company it is.
_FORMS = re.compile(
    r"股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司"
    r"|\b(co|ltd|limited|llc|llp|inc|corp|corporation|company|plc|jsc|ojsc|cjsc|pjsc|pvt|pte|gmbh|sa|ag"
    r"|ооо|оао|зао|пао|ао|тоо|осоо|чп|ип|гуп|фгуп|мчж|жшс)\b\.?",
    re.IGNORECASE,
)


class Likeness(Enum):
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of the register that may be the one meant, and what speaks for it."""

    organisation: Organisation
    likeness: Likeness


def by_number(country: str, number: str) -> Organisation | None:
    """The organisation that has this number under any scheme of the country (ISO alpha-2)."""
    wanted = Q(pk__in=[])
    for scheme in identifiers.schemes_for(country):
        wanted |= Q(scheme=scheme.code, value=scheme.normalise(number))
    found = Identifier.objects.filter(wanted).select_related("organisation").first()
    return found.organisation if found else None


def by_names(names: Iterable[str], *, but: int | None = None) -> "QuerySet[Organisation]":
    """At most SHOWN organisations whose names hold all words of one of these, or most of them with slips.

    Legal forms are passed over; the likest come first. `but`: primary key of one that is left out.
    """
    wanted = [wish for name in names if (wish := _Wish.of(core_name(name))).terms]
    if not wanted:
        return Organisation.objects.none()
    likeness = [wish.likeness() for wish in wanted]
    ranked = likeness[0] if len(likeness) == 1 else Greatest(*likeness)
    found = Organisation.objects.annotate(likeness=ranked).filter(reduce(or_, (wish.condition() for wish in wanted)))
    others = found if but is None else found.exclude(pk=but)
    return others.order_by("-likeness", "pk")[:SHOWN]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A name to be looked for, by its words."""

    name: str
    terms: tuple[Term, ...]

    @classmethod
    def of(cls, name: str) -> Self:
        return cls(name, search_terms(name))

    def likeness(self) -> Combinable:
        """The mean over the words of how like each is to some word of the key, from 0 to 1."""
        each: list[Combinable] = [TrigramWordSimilarity(term.text, "search_key") for term in self.terms]
        return reduce(add, each) / Value(float(len(each)))

    def condition(self) -> Q:
        """All words as they are, or the longest one nearly (which an index finds) with most of the others."""
        longest = max(self.terms, key=lambda term: len(term.text)).text
        return matches("search_key", self.name) | Q(search_key__trigram_word_similar=longest, likeness__gte=LIKE_ENOUGH)


def candidates(country: str, number: str, names: Iterable[str]) -> list[Candidate]:
    """Who may be meant: the one with this number, then those with nearly these names."""
    numbered = by_number(country, number) if number else None
    found = [Candidate(numbered, Likeness.NUMBER)] if numbered else []
    alike = by_names(names, but=numbered.pk if numbered else None)
    return found + [Candidate(organisation, Likeness.NAME) for organisation in alike]


def core_name(name: str) -> str:
    """The name without its legal form; the name as it is when nothing else is left."""
    return " ".join(_FORMS.sub(" ", name).split()) or name.strip()
