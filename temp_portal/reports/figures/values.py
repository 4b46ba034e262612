"""Exact values of a cell and their form in JSON.

| value | JSON |
|---|---|
| int | `9` |
| Decimal | `"12.5"`, plain digits without trailing zeros |
| Ratio | `[9, 42]`, numerator and denominator as counted, not reduced |
| Missing | `{"none": "growth_from_zero"}` |

Nothing is rounded here: rounding belongs to display (domain brief §7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

Number = int | Decimal


class Reason(StrEnum):
    """Why a cell holds no value."""

    GROWTH_FROM_ZERO = "growth_from_zero"
    NO_DATA = "no_data"
    NOTHING_TO_MEASURE = "nothing_to_measure"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without value, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share or growth as an exact fraction; `denominator` is not zero."""

    numerator: Number
    denominator: Number

    @classmethod
    def of(cls, numerator: Number, denominator: Number, otherwise: Reason) -> Self | Missing:
        """The ratio, or a cell missing for the reason `otherwise` when the denominator is zero."""
        return cls(numerator, denominator) if denominator else Missing(otherwise)

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator) / Fraction(self.denominator)


Value = Number | Ratio | Missing
#: One value, or one for each part of the comparison block.
Cell = Value | Mapping[str, Value]


def encode(cell: Cell) -> Any:
    """The cell as JSON."""
    if isinstance(cell, Mapping):
        return {part: encode(value) for part, value in cell.items()}
    if isinstance(cell, Missing):
        return {"none": cell.reason.value}
    if isinstance(cell, Ratio):
        return [encode(cell.numerator), encode(cell.denominator)]
    return plain(cell) if isinstance(cell, Decimal) else cell


def decode(written: Any) -> Cell:
    """The cell that `encode` wrote. Raises ValueError for anything else."""
    if isinstance(written, dict):
        if "none" in written:
            return Missing(Reason(written["none"]))
        return {part: _value(value) for part, value in written.items()}
    return _value(written)


def _value(written: Any) -> Value:
    match written:
        case bool() | float() | None:
            raise ValueError(f"{written!r} is not an exact value.")
        case int():
            return written
        case str():
            return Decimal(written)
        case [numerator, denominator]:
            return Ratio(_number(numerator), _number(denominator))
        case {"none": reason}:
            return Missing(Reason(reason))
        case _:
            raise ValueError(f"{written!r} is not an exact value.")


def _number(written: Any) -> Number:
    value = _value(written)
    if isinstance(value, int | Decimal):
        return value
    raise ValueError(f"{written!r} is not a number.")


def plain(value: Decimal) -> str:
    """Digits without exponent or trailing zeros: one amount has one form."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
