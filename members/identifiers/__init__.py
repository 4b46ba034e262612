"""Registration and tax numbers of organisations (domain brief §3): which exist, how they are written and checked.

Pure functions without models. A number that passes exists no more than one that fails: what was seen in a register is
recorded beside it as `verified_at`.
"""

from members.identifiers.persons import of_a_person
from members.identifiers.reading import Progress, Reading, read
from members.identifiers.registry import (
    all_schemes,
    check,
    get_scheme,
    guess_scheme,
    interop_id,
    normalise,
    scheme_choices,
    schemes_for,
)
from members.identifiers.scheme import CheckResult, Scheme

__all__ = [
    "CheckResult",
    "Progress",
    "Reading",
    "Scheme",
    "all_schemes",
    "check",
    "get_scheme",
    "guess_scheme",
    "interop_id",
    "normalise",
    "of_a_person",
    "read",
    "scheme_choices",
    "schemes_for",
]
