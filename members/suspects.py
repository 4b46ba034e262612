"""Records of the register that may be one: they bear the same name, or have the same number or address.

Names are compared without case, width, signs and legal forms. The register is read whole, in one statement a rule.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.db import connections
from django.utils.translation import gettext as _

from members.duplicates import FORMS
from members.models import (
    Dismissal,
    Mergeable,
    Organisation,
    OrganisationDismissal,
    Person,
    PersonDismissal,
)
from temp_portal.core.db import for_long_reads
from temp_portal.reports.queries import sql

#: Pairs of one kind that are shown at once.
SHOWN: Final = 200

_load: Final = partial(sql, "members")
_FOLDED: Final = _load("folded")
_NAMES_OF_ORGANISATIONS: Final = _load("names_of_organisations", folded=_FOLDED)
_NAMES_OF_PEOPLE: Final = _load("names_of_people", folded=_FOLDED)
_NUMBERS: Final = _load("numbers")
_ADDRESSES: Final = _load("addresses")


@dataclass(slots=True)
class Suspicion:
    """Two records, and what speaks for their being one."""

    one: Any
    other: Any
    reasons: list[str] = field(default_factory=list)


def suspected_organisations() -> list[Suspicion]:
    """Pairs of organisations with the same number under different registers, or the same name."""
    rules = {_NUMBERS: _("Same number: %(shared)s"), _NAMES_OF_ORGANISATIONS: _same_name()}
    return _suspicions(Organisation, OrganisationDismissal, rules)


def suspected_people() -> list[Suspicion]:
    """Pairs of people with the same address, or the same name. Namesakes are many: the comparison shows more."""
    rules = {_ADDRESSES: _("Same address: %(shared)s"), _NAMES_OF_PEOPLE: _same_name()}
    return _suspicions(Person, PersonDismissal, rules)


def _same_name() -> str:
    return _("Same name: %(shared)s")


def _suspicions(model: type[Mergeable], dismissals: type[Dismissal], rules: dict[str, str]) -> list[Suspicion]:
    """Of more than two records that share something, each of the later ones is set beside the first.

    Pairs that were found not to be one (`dismissals`) are left out.
    """
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for rows, message in rules.items():
        for shared, one, other in _sharing(rows, dismissals):
            reasons[one, other].append(message % {"shared": shared})
    found = model._default_manager.in_bulk({key for pair in reasons for key in pair})
    return [Suspicion(found[one], found[other], told) for (one, other), told in reasons.items()]


def _sharing(rows: str, dismissals: type[Dismissal]) -> list[tuple[str, int, int]]:
    """What two records share, with their keys."""
    with connections[for_long_reads()].cursor() as cursor:
        text = _load("shared", rows=rows, dismissals=dismissals._meta.db_table)
        cursor.execute(text, {"forms": FORMS.replace(r"\b", r"\y"), "limit": SHOWN})
        found: list[tuple[str, int, int]] = cursor.fetchall()
    return found
