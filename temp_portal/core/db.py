"""Database expressions and constraint pieces shared by the models."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    CheckConstraint,
    Choices,
    DateTimeField,
    DurationField,
    F,
    Func,
    Q,
    Value,
    When,
)


class ClockTimestamp(Func):
    """The time of the statement.

    `now()` is the start of the transaction and may lie before a report's cut-off although the row was written after it.
    """

    function = "clock_timestamp"
    output_field = DateTimeField()


class Median(Aggregate):
    """The middle one of intervals, halfway between the two in the middle; NULL of none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def date_range(start: date, end: date | None = None) -> DateRange:
    """Half-open range [start, end) of days; open-ended without `end`."""
    return DateRange(start, end, "[)")


def first_day(valid: DateRange) -> date:
    """The first day of a range. Raises ValueError for one without: the database holds none (`valid_range_checks`)."""
    if valid.lower is None:
        raise ValueError("The range has no first day.")
    return valid.lower


def for_long_reads() -> str:
    """The database to read whole lists from: the replica where there is one. It may be some seconds behind."""
    return "replica" if "replica" in connections else DEFAULT_DB_ALIAS


def label_of(path: str, choices: type[Choices] | Iterable[tuple[object, object]]) -> Case:
    """The label of the code at `path` in the reader's language, for columns of files over codes.

    `choices` may be pairs of code and label, for codes out of a registry.
    """
    pairs = choices.choices if isinstance(choices, type) else choices
    labels = [When(**{path: code}, then=Value(label, output_field=CharField())) for code, label in pairs]
    return Case(*labels, default=F(path), output_field=CharField())


def valid_range_checks(name: str) -> list[CheckConstraint]:
    """A range of days must have a first day and must not be empty: a fact of a single day must not vanish."""
    return [
        CheckConstraint(
            condition=Q(valid__isempty=False) & Q(valid__startswith__isnull=False),
            name=f"{name}_valid_range",
        )
    ]


__all__ = [
    "ClockTimestamp",
    "DateRange",
    "DateRangeField",
    "Median",
    "RangeOperators",
    "date_range",
    "first_day",
    "for_long_reads",
    "label_of",
    "valid_range_checks",
]
