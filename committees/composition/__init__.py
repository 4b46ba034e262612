"""What a committee is made of, on any day, and how that stands to its rules (domain brief §2).

`shares` counts members by the group of their owners; `roster` reads who sits with which particulars; `measures` says
what each rule measures, `verdicts` how that compares with its threshold, `outlook` what admissions would change.
"""

from committees.composition.shares import (
    OBSERVER,
    OUTSIDE,
    Composition,
    Effect,
    composition_of,
    composition_of_all,
    compositions,
    effect,
)

__all__ = [
    "OBSERVER",
    "OUTSIDE",
    "Composition",
    "Effect",
    "composition_of",
    "composition_of_all",
    "compositions",
    "effect",
]
