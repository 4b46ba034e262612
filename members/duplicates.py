"""Whether an organisation is in the register already: by its number, or by a name that is nearly the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_

from django.db.models import Q

from members import identifiers
from members.models import Identifier, Organisation
from temp_portal.core.search import matches, search_terms

SHOWN = 5
LIKE_ENOUGH = 0.6
LOOKED_AT = 50
TELLING_WORDS = 5
# Legal forms say nothing about which company it is.
FORMS = (
    r"股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司"
    r"|\b(co|ltd|limited|llc|llp|inc|corp|corporation|company|plc|jsc|ojsc|cjsc|pjsc|pvt|pte|gmbh|sa|ag"
    r"|ооо|оао|зао|пао|ао|тоо|осоо|чп|ип|гуп|фгуп|мчж|жшс)\b\.?"
)
_FORMS = re.compile(FORMS, re.IGNORECASE)


class Likeness(Enum):
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of the register that may be the one meant, and what speaks for it."""

    organisation: Organisation
    likeness: Likeness


def by_number(country: str, number: str) -> Organisation | None:
    """The organisation that has this number under any scheme of the country (ISO alpha-2), itself or by one merged
    into it.
    """
    wanted = Q(pk__in=[])
    for scheme in identifiers.schemes_for(country):
        wanted |= Q(scheme=scheme.code, value=scheme.normalise(number))
    found = Identifier.objects.filter(wanted).select_related("organisation__merged_into").first()
    return found.organisation.remaining if found else None


def by_names(names: Iterable[str], *, but: int | None = None) -> list[Organisation]:
    """At most SHOWN organisations that bear one of these names or nearly it, in any script; the likest first.

    Legal forms are passed over. Looked for are, until enough is found: all words; all but one that has a slip; all but
    one. Each search reads LOOKED_AT rows at most, so that a name of common words costs no more than a rare one.
    `but`: primary key of one that is left out.
    """
    cores = [core for name in names if (core := core_name(name))]
    terms = [words for core in cores if (words := _telling_words(core))]
    if not terms:
        return []
    others = Organisation.objects.unmerged().exclude(pk=but)
    contained = others.filter(reduce(or_, (matches("search_key", core) for core in cores)))[:LOOKED_AT]
    found = {row.pk: (1 + likeness(row, cores), row) for row in contained}
    for step in (_one_slip, _one_missing):
        conditions = [condition for words in terms for condition in step(words)]
        if len(found) >= SHOWN or not conditions:
            continue
        for row in others.filter(reduce(or_, conditions))[:LOOKED_AT]:
            alike = likeness(row, cores)
            if alike >= LIKE_ENOUGH:
                found.setdefault(row.pk, (alike, row))
    ranked = sorted(found.values(), key=lambda each: (-each[0], each[1].pk))
    return [row for _alike, row in ranked[:SHOWN]]


def likeness(organisation: Organisation, cores: Iterable[str]) -> float:
    """How like the organisation's likest name is to one of these, from 0 to 1: Dice's coefficient of their trigrams."""
    own = [_trigrams(core_name(name)) for name in organisation.all_names()]
    return max((_dice(mine, _trigrams(core)) for core in cores for mine in own), default=0.0)


def _telling_words(core: str) -> list[str]:
    """The longest words of a name, folded as in the key."""
    return sorted((term.text for term in search_terms(core)), key=len, reverse=True)[:TELLING_WORDS]


def _one_slip(words: list[str]) -> list[Q]:
    """One word is nearly in the key, the others are."""
    return [_all_but(words, word) & Q(search_key__trigram_word_similar=word) for word in words]


def _one_missing(words: list[str]) -> list[Q]:
    """One word of at least three is not in the key."""
    return [_all_but(words, word) for word in words] if len(words) > 2 else []


def _all_but(words: list[str], left_out: str) -> Q:
    return Q(*[Q(search_key__contains=word) for word in words if word != left_out])


def _trigrams(name: str) -> frozenset[str]:
    """Trigrams of the folded words, as pg_trgm cuts them: two spaces before and one behind each."""
    padded = [f"  {term.text} " for term in search_terms(name)]
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def candidates(country: str, number: str, names: Iterable[str]) -> list[Candidate]:
    """Who may be meant: the one with this number, then those of the country (ISO alpha-2) with nearly these names."""
    numbered = by_number(country, number) if number else None
    found = [Candidate(numbered, Likeness.NUMBER)] if numbered else []
    alike = by_names(names, but=numbered.pk if numbered else None)
    here = [each for each in alike if each.country.code in (country, "", None)]
    return found + [Candidate(organisation, Likeness.NAME) for organisation in here]


def core_name(name: str) -> str:
    """The name without its legal form; the name as it is when nothing else is left."""
    return " ".join(_FORMS.sub(" ", name).split()) or name.strip()
