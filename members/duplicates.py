"""Whether an organisation is in the register already: by its number, or by a name that is nearly the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from members import identifiers
from members.models import Identifier, Organisation
from temp_portal.core.search import double_cjk, matches
from temp_portal.core.search.folding import fold

SHOWN = 5
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
    """At most SHOWN organisations whose names hold one of these or are nearly equal to it, the likest first.

    Legal forms are passed over. `but`: primary key of one that is left out.
    """
    cores = [core for name in names if (core := core_name(name))]
    if not cores:
        return Organisation.objects.none()
    condition, likeness = Q(), []
    for core in cores:
        key = double_cjk(fold(core))
        condition |= matches("search_key", core) | Q(search_key__trigram_word_similar=key)
        likeness.append(TrigramWordSimilarity(key, "search_key"))
    ranked = likeness[0] if len(likeness) == 1 else Greatest(*likeness)
    found = Organisation.objects.filter(condition).annotate(likeness=ranked)
    others = found if but is None else found.exclude(pk=but)
    return others.order_by("-likeness", "pk")[:SHOWN]


def candidates(country: str, number: str, names: Iterable[str]) -> list[Candidate]:
    """Who may be meant: the one with this number, then those with nearly these names."""
    numbered = by_number(country, number) if number else None
    found = [Candidate(numbered, Likeness.NUMBER)] if numbered else []
    alike = by_names(names, but=numbered.pk if numbered else None)
    return found + [Candidate(organisation, Likeness.NAME) for organisation in alike]


def core_name(name: str) -> str:
    """The name without its legal form; the name as it is when nothing else is left."""
    return " ".join(_FORMS.sub(" ", name).split()) or name.strip()
