"""From the cells of a row to the values of a kind's fields, with every error of every cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from temp_portal.core.tabular.cells import Cell, Row, header_key, text_of
from temp_portal.core.tabular.converters import CONVERTERS, ConversionError, Convert
from temp_portal.core.tabular.errors import BadMapping, UnknownMapping
from temp_portal.core.tabular.fields import ImportField, Staged
from temp_portal.core.tabular.mapping import ColumnMapping, ColumnMappings

#: Words that mean "nothing" in every file.
BLANK: Final = frozenset({"", "-", "–", "—", "n/a", "#n/a"})
#: Distinct texts of a column whose values are kept for the next row with the same text.
_REMEMBERED: Final = 10_000
_SHOWN: Final = 200


class RowError(NamedTuple):
    """Why a row was not taken: its number and the column's name as the file has them, the value, the reason."""

    row: int
    column: str
    value: str
    reason: str


class RefusedCell(NamedTuple):
    """Outcome of a cell that could not be converted."""

    value: str
    reason: str


class FieldPlan:
    """How one field is filled from a row: compiled once per file, called once per row.

    column: name of the source column or columns in the file.
    """

    def __init__(self, field: ImportField, entry: ColumnMapping, positions: Mapping[str, int]) -> None:
        self.field = field
        self.column = ", ".join(entry.sources) or str(field.label)
        self._positions = [positions[header_key(source)] for source in entry.sources]
        self._joined = entry.separator if entry.combine == "join" else None
        self._pattern = re.compile(entry.extract) if entry.extract else None
        self._blank = BLANK | {header_key(word) for word in entry.blank}
        self._convert = _converter(field, entry)
        self._staged = field.kind.staged
        self._nothing: Staged = (None,) * len(field.kind.columns)
        self._memory: dict[str, Staged | RefusedCell] = {}
        self._default = self._nothing if entry.value is None else self._constant(entry.value)

    def outcome(self, cells: Sequence[Cell]) -> Staged | RefusedCell:
        """What to stage: one value per column of the field, or the refusal."""
        cell = cells[self._positions[0]] if len(self._positions) == 1 else self._combined(cells)
        if not isinstance(cell, str):
            return self._fresh(cell)
        known = self._memory.get(cell)
        if known is None:
            known = self._fresh(cell)
            if len(self._memory) < _REMEMBERED:
                self._memory[cell] = known
        return known

    def _combined(self, cells: Sequence[Cell]) -> Cell:
        filled = [cells[position] for position in self._positions if not self._is_blank(cells[position])]
        if self._joined is None:
            return filled[0] if filled else None
        # A unit without its amount says nothing.
        is_blank = not self._positions or self._is_blank(cells[self._positions[0]])
        return None if is_blank else self._joined.join(map(text_of, filled))

    def _fresh(self, cell: Cell) -> Staged | RefusedCell:
        shown = cell
        if self._pattern is not None:
            found = self._pattern.search(text_of(cell))
            cell = found.group(1) if found else None
        if self._is_blank(cell):
            return self._missing(shown)
        try:
            return self._staged(self._convert(cell))
        except ConversionError as error:
            return RefusedCell(text_of(shown)[:_SHOWN], str(error))

    def _missing(self, cell: Cell) -> Staged | RefusedCell:
        if self.field.required and self._default is self._nothing:
            return RefusedCell(text_of(cell)[:_SHOWN], _("Required, but blank."))
        return self._default

    def _is_blank(self, cell: Cell) -> bool:
        return cell is None or (isinstance(cell, str) and text_of(cell).casefold() in self._blank)

    def _constant(self, value: Cell) -> Staged:
        try:
            return self._staged(self._convert(value))
        except ConversionError as error:
            reason = _("“value” of “%(field)s”: %(error)s")
            raise BadMapping(reason=reason % {"field": self.field.name, "error": error}) from error


class RowConverter:
    """Fills a kind's fields from the rows of one file.

    columns: names and SQL types of the values, in order; plans: one per mapped field.
    Raises BadMapping, or UnknownMapping when a required field has no column.
    """

    def __init__(self, fields: Sequence[ImportField], mapping: ColumnMappings, headers: Sequence[str]) -> None:
        by_name = {field.name: field for field in fields}
        positions = {header_key(header): index for index, header in enumerate(headers)}
        _check_names(by_name, positions, mapping)
        missing = [str(field.label) for field in fields if field.required and field.name not in mapping.columns]
        if missing:
            raise UnknownMapping(missing=", ".join(missing))
        self.plans = [FieldPlan(by_name[name], entry, positions) for name, entry in mapping.columns.items()]
        self.columns = {name: sql for plan in self.plans for name, sql in plan.field.columns.items()}

    def convert(self, row: Row) -> tuple[list[Any], list[RowError]]:
        """Values in the order of `columns`, None where there is none, and every error."""
        values: list[Any] = []
        errors: list[RowError] = []
        for plan in self.plans:
            outcome = plan.outcome(row.cells)
            if isinstance(outcome, RefusedCell):
                errors.append(RowError(row.number, plan.column, outcome.value, outcome.reason))
                values.extend([None] * len(plan.field.kind.columns))
            else:
                values.extend(outcome)
        return values, errors

    def column_of(self, field: str) -> str:
        """Name in the file of the column that fills `field`; the field's name when none does."""
        return next((plan.column for plan in self.plans if field in plan.field.columns), field)


def _check_names(fields: Mapping[str, ImportField], headers: Mapping[str, int], mapping: ColumnMappings) -> None:
    for name, entry in mapping.columns.items():
        if name not in fields:
            reason = _("there is no field “%(field)s”; there are: %(known)s.")
            raise BadMapping(reason=reason % {"field": name, "known": ", ".join(fields)})
        for source in entry.sources:
            if header_key(source) not in headers:
                raise BadMapping(reason=_("the file has no column “%(column)s”.") % {"column": source})


def _converter(field: ImportField, entry: ColumnMapping) -> Convert:
    name = entry.converter or ("choice" if field.choices or "choices" in entry.options else field.kind.converters[0])
    if name not in CONVERTERS or name not in field.kind.converters:
        reason = _("“%(converter)s” is no converter for “%(field)s”; use: %(known)s.")
        known = ", ".join(field.kind.converters)
        raise BadMapping(reason=reason % {"converter": name, "field": field.name, "known": known})
    options = dict(entry.options)
    if name == "choice":
        options["choices"] = field.choice_words() | dict(options.get("choices", {}))
        _check_choices(field, options["choices"])
    if field.max_length is not None and name != "choice":
        options.setdefault("max_length", field.max_length)
    return _made(CONVERTERS[name], options, field)


def _made(factory: Callable[..., Convert], options: Mapping[str, Any], field: ImportField) -> Convert:
    try:
        return factory(**options)
    except TypeError as error:
        reason = _("an option of “%(field)s” is wrong: %(error)s.")
        raise BadMapping(reason=reason % {"field": field.name, "error": error}) from error


def _check_choices(field: ImportField, choices: Mapping[str, str]) -> None:
    wrong = [code for code in choices.values() if field.choices and code not in field.choices]
    if wrong:
        reason = _("“%(code)s” is not a value of “%(field)s”; use: %(known)s.")
        known = ", ".join(field.choices)
        raise BadMapping(reason=reason % {"code": wrong[0], "field": field.name, "known": known})
