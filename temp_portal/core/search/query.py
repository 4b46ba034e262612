"""A typed query as terms that are all looked for in the stored key."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import ngettext

from temp_portal.core.search.folding import double_cjk, fold, words

MAX_QUERY_LENGTH = 200
MAX_TERMS = 12
TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query as it stands in the key: folded, CJK doubled. `typed` is what the user wrote."""

    typed: str
    text: str

    @property
    def is_short(self) -> bool:
        """One or two letters once folded (ель → ел): no trigram, so only words that begin with them are found."""
        return len(self.text) < TRIGRAM and double_cjk(self.text) == self.text

    @property
    def fragment(self) -> str:
        """The substring of the key that decides. Every word of the key follows a space, which completes the trigram
        of a short term; a single CJK character is a word of the key by itself.
        """
        return f" {self.text}" if len(self.text) < TRIGRAM else self.text


@dataclass(frozen=True, slots=True)
class TooShort:
    """What to tell the user about terms that are matched at the start of words only."""

    typed: tuple[str, ...]

    @property
    def message(self) -> str:
        """In the active language."""
        return ngettext(
            "“%(terms)s” is short: only words that begin with it are found. Type more to search inside words.",
            "“%(terms)s” are short: only words that begin with them are found. Type more to search inside words.",
            len(self.typed),
        ) % {"terms": "”, “".join(self.typed)}


@dataclass(frozen=True)
class SearchQuery:
    """A query as typed. Words are parted by spaces and punctuation; all of them must occur, in any order."""

    typed: str

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """At most `MAX_TERMS` distinct terms of the first `MAX_QUERY_LENGTH` characters."""
        parts = (word for chunk in self.typed[:MAX_QUERY_LENGTH].split() for word in words(chunk))
        terms = {text: Term(word, text) for word in parts if (text := double_cjk(fold(word)))}
        return tuple(terms.values())[:MAX_TERMS]

    @property
    def is_blank(self) -> bool:
        return not self.typed.strip()

    @property
    def too_short(self) -> TooShort | None:
        """Set when some term is matched at the start of words only, for a hint beside the results."""
        short = tuple(term.typed for term in self.terms if term.is_short)
        return TooShort(short) if short else None

    def matches(self, field: str) -> Q:
        """A condition on the column that stores `search_key`: blank matches all, punctuation alone matches nothing.

        `contains` becomes LIKE '%…%' on the bare column, which a gin_trgm_ops index serves.
        """
        if self.is_blank:
            return Q()
        if not self.terms:
            return Q(pk__in=[])
        condition = Q()
        for term in self.terms:
            condition &= Q(**{f"{field}__contains": term.fragment})
        return condition


def search_terms(query: str) -> tuple[Term, ...]:
    """The terms of a query, each to be matched as a substring of the key by its `fragment`."""
    return SearchQuery(query).terms


def matches(field: str, query: str) -> Q:
    """Condition that `field`, a column of `search_key` values, holds every word of the query in any of its forms."""
    return SearchQuery(query).matches(field)
