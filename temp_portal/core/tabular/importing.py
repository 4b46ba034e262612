"""The pipeline of an import: read, map, convert, stage, check, compare, write; and what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Literal

import pghistory
from django.db import DataError, IntegrityError, InternalError, connections, transaction
from django.utils.translation import gettext as _

from temp_portal.core.tabular import staging
from temp_portal.core.tabular.conversion import RowConverter, RowError
from temp_portal.core.tabular.errors import BadMapping, UnknownMapping
from temp_portal.core.tabular.kinds import ImportKind
from temp_portal.core.tabular.mapping import ColumnMappings, recognise, shipped_mappings, suggest
from temp_portal.core.tabular.reading import Table
from temp_portal.core.tabular.stage import Stage
from temp_portal.core.tabular.staging import RowChange, StagedRow

Phase = Literal["reading", "checking", "applying"]
#: Called with the phase, the rows done, and all rows where they are known (0 while reading).
Progress = Callable[[Phase, int, int], None]

_READ_AT_ONCE: Final = 5_000
_WRITTEN_AT_ONCE: Final = 20_000
_CHANGES_KEPT: Final = 1_000
#: What the database says about a row; anything else is a fault of the program or of the server.
_REFUSALS: Final = (IntegrityError, DataError, InternalError)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import is to run.

    dry_run: do everything, constraints included, then take it back.
    all_or_nothing: write nothing when any row is rejected; otherwise the good rows go in.
    user_id, reason: who imports and why, for the history of the rows.
    """

    dry_run: bool = False
    all_or_nothing: bool = False
    user_id: Any = None
    reason: str = ""
    using: str = "default"


@dataclass(slots=True)
class ImportSummary:
    """What came of an import. rows = created + updated + unchanged + rejected.

    errors: every one, by row. changes: the first rows created or updated, with field → [before, after].
    applied: whether anything was kept; when not, the counts say what would have been done.
    """

    kind: str
    mapping: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[RowError] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    applied: bool = False

    def to_data(self) -> dict[str, Any]:
        """The summary for JSON; the changes are for the page only."""
        return {
            "kind": self.kind,
            "mapping": self.mapping,
            "applied": self.applied,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [error._asdict() for error in self.errors],
        }


def find_mapping(kind: ImportKind, table: Table) -> ColumnMappings:
    """The shipped mapping that recognises the table's headers, else one by the names of the fields.

    Raises UnknownMapping when neither fills every required field.
    """
    mapping = recognise(table.headers, shipped_mappings(kind.name))
    mapping = mapping or suggest(kind.name, kind.fields, table.headers)
    missing = [str(entry.label) for entry in kind.fields if entry.required and entry.name not in mapping.columns]
    if missing or not mapping.columns:
        raise UnknownMapping(missing=", ".join(missing or (str(entry.label) for entry in kind.fields)))
    return mapping


def import_table(
    table: Table,
    kind: ImportKind,
    mapping: ColumnMappings,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportSummary:
    """Import the rows of an opened table in one transaction; a bad row is rejected, with all its errors.

    Raises TableError (BadMapping, TooManyRows, …) before anything is written.
    """
    options = options or ImportOptions()
    if mapping.kind != kind.name:
        reason = _("it is for “%(other)s”, not for “%(kind)s”.")
        raise BadMapping(reason=reason % {"other": mapping.kind, "kind": kind.name})
    converter = RowConverter(kind.fields, mapping, table.headers)
    stage = Stage(kind, converter, using=options.using, source=mapping.source, user_id=options.user_id)
    run = _Run(kind, stage, options, progress or _silent)
    with _history(kind, options), transaction.atomic(using=options.using):
        _one_at_a_time(kind, options.using)
        staging.create(stage, kind)
        run.read(_converted(table, converter, kind))
        run.check()
        run.apply()
        summary = run.summary(mapping)
        if summary.applied:
            staging.drop(stage)
        else:
            transaction.set_rollback(True, using=options.using)
    return summary


class _Run:
    """The steps of one import, in order."""

    def __init__(self, kind: ImportKind, stage: Stage, options: ImportOptions, progress: Progress) -> None:
        self.kind = kind
        self.stage = stage
        self.options = options
        self.progress = progress
        self.total = 0

    def read(self, rows: Iterator[StagedRow]) -> None:
        while batch := list(islice(rows, _READ_AT_ONCE)):
            staging.load(self.stage, batch)
            self.total += len(batch)
            self.progress("reading", self.total, 0)
        staging.index(self.stage)

    def check(self) -> None:
        self.progress("checking", 0, self.total)
        self.kind.check(self.stage)
        self.kind.match(self.stage)
        staging.compare(self.stage, self.kind)
        self.progress("checking", self.total, self.total)

    def apply(self) -> None:
        if self.options.all_or_nothing and staging.counts(self.stage).get("rejected"):
            return
        for first, last in staging.batches(self.stage, _WRITTEN_AT_ONCE):
            self._write(first, last)
            self.progress("applying", self._up_to(last), self.total)

    def _write(self, first: int, last: int) -> None:
        """Write a batch; when the database refuses it, halve it down to the rows at fault and reject those."""
        staging.select(self.stage, first, last)
        try:
            with transaction.atomic(using=self.options.using):
                self.kind.apply(self.stage)
                self.stage.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self.stage.execute("SET CONSTRAINTS ALL DEFERRED")
        except _REFUSALS as error:
            if first == last:
                self.stage.reject("s.row_number = %s", _refusal(error), params=[first])
                return
            middle = (first + last) // 2
            self._write(first, middle)
            self._write(middle + 1, last)

    def _up_to(self, last: int) -> int:
        ((done,),) = self.stage.fetch("SELECT count(*) FROM import_stage WHERE row_number <= %s", [last])
        return int(done)

    def summary(self, mapping: ColumnMappings) -> ImportSummary:
        found = staging.counts(self.stage)
        rejected = found.get("rejected", 0)
        return ImportSummary(
            kind=self.kind.name,
            mapping=mapping.name,
            rows=self.total,
            created=found.get("created", 0),
            updated=found.get("updated", 0),
            unchanged=found.get("unchanged", 0),
            rejected=rejected,
            errors=staging.errors(self.stage),
            changes=staging.changes(self.stage, self.kind.title, _CHANGES_KEPT),
            applied=not self.options.dry_run and not (self.options.all_or_nothing and rejected),
        )


def _converted(table: Table, converter: RowConverter, kind: ImportKind) -> Iterator[StagedRow]:
    names = tuple(converter.columns)
    nothing = [None] * (len(names) + len(kind.derived))
    unmapped = dict.fromkeys(name for field in kind.fields for name in field.columns)
    for row in table.rows():
        if row.problem is not None:
            yield StagedRow(row.number, nothing, [RowError(row.number, "", "", str(row.problem))])
            continue
        values, errors = converter.convert(row)
        if kind.derived:
            extra = kind.derive(unmapped | dict(zip(names, values, strict=True)))
            values.extend(extra.get(name) for name in kind.derived)
        yield StagedRow(row.number, values, errors)


def _one_at_a_time(kind: ImportKind, using: str) -> None:
    """Two imports of one kind would both find the same rows missing and both create them."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import {kind.name}"])


def _history(kind: ImportKind, options: ImportOptions) -> Any:
    facts = {"user": options.user_id, "import": kind.name, "reason": options.reason}
    return pghistory.context(**{name: value for name, value in facts.items() if value})


def _refusal(error: Exception) -> str:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if constraint:
        return _("The database refused the row: it breaks the rule “%(rule)s”.") % {"rule": constraint}
    return _("The database refused the row: %(error)s") % {"error": str(error).split("\n", 1)[0]}


def _silent(phase: Phase, done: int, total: int) -> None:
    """Nobody watches."""


def rejected_rows(table: Table, errors: Iterable[RowError]) -> Iterator[list[Any]]:
    """The rejected rows as the file has them, for correction: a header, then each row with its number and reasons."""
    reasons: dict[int, list[str]] = {}
    for error in errors:
        reasons.setdefault(error.row, []).append(f"{error.column}: {error.reason}" if error.column else error.reason)
    yield [_("Row"), _("Reason"), *table.headers]
    for row in table.rows():
        if row.number in reasons:
            yield [row.number, "; ".join(reasons[row.number]), *row.cells]
