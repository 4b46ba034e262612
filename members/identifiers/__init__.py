"""Registration and tax numbers of organisations (domain brief §3): which exist, how they are written and checked.

Pure functions without models. A number that passes exists no more than one that fails: what was seen in a register is
recorded beside it as `verified_at`.
"""

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
    "Scheme",
    "all_schemes",
    "check",
    "get_scheme",
    "guess_scheme",
    "interop_id",
    "normalise",
    "scheme_choices",
    "schemes_for",
]
