"""P6: an import of enterprises with every row's errors, against COPY of its rows and django-import-export."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.db.models import Max, Model
from psycopg2 import sql

from members.identifiers.china import organisation_code_check_character, uscc_check_character
from members.models import Identifier, Organisation
from temp_portal.core.tabular.importing import ImportSummary, find_mapping, import_table
from temp_portal.core.tabular.kinds import get_kind
from temp_portal.core.tabular.reading import open_table
from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.peers.resources import import_enterprises
from tests.benchmarks.timing import seconds

HEADINGS = ("企业名称", "统一社会信用代码", "注册日期", "企业类型", "注册资金", "所在省份", "地区", "经营范围")
#: The peer's fields under these headings, where it has one.
FIELDS = ("legal_name", "", "registered_on", "", "registered_capital", "region", "city", "business_scope")
#: Every hundredth row has a mistyped number.
WRONG_EVERY = 100
#: Rows that the peer is given: at a few hundred a second, it would need minutes for all.
PEER_ROWS = 2_000
TABLES: tuple[type[Model], ...] = (Organisation, Identifier)


def rows() -> Iterator[tuple[str, ...]]:
    """Rows of a register, one after the other, without end; none of them stands in a loaded database."""
    number = 0
    while True:
        number += 1
        code = f"{number:08d}"
        body = f"91810000{code}{organisation_code_check_character(code)}"
        check = uscc_check_character(body)
        if number % WRONG_EVERY == 0:
            check = "0" if check != "0" else "1"
        yield (
            f"港澄测试第{number}实业有限公司", body + check, f"{2000 + number % 20}-{1 + number % 12:02d}-15",
            "有限责任公司", f"{number % 900 + 100}万", "重庆", "渝中区", "有色金属的开采、加工与销售",
        )  # fmt: skip


def write(path: Path, count: int) -> None:
    """Write so many rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(islice(rows(), count))


def imported(bench: Bench) -> Iterator[Bar]:
    """The import, and COPY of the very rows that it wrote into the same tables with all their indexes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        write(path, bench.rows)
        ours, floor = _measured(path, bench.rows)
    what = f"import of {bench.rows:,} enterprises, 1 % wrong"
    yield Bar("P6", what, bench.seats, ours, "s", "COPY of the rows written", floor, 1.6)
    if bench.is_smallest:
        yield _peer(bench, what, bench.rows / ours)


def _measured(path: Path, count: int) -> tuple[float, float]:
    """Seconds of the import and of COPY; both are taken back."""
    before = [_last(model) for model in TABLES]
    with transaction.atomic():
        summaries: list[ImportSummary] = []
        ours = seconds(lambda: summaries.append(_import(path)))
        written = [_copied(model, last) for model, last in zip(TABLES, before, strict=True)]
        transaction.set_rollback(True)
    _check(summaries[0], count)
    with transaction.atomic():
        floor = seconds(lambda: _copy_in(written))
        transaction.set_rollback(True)
    return ours, floor


def _import(path: Path) -> ImportSummary:
    kind = get_kind("enterprises")
    with open_table(path) as table:
        return import_table(table, kind, find_mapping(kind, table))


def _check(summary: ImportSummary, count: int) -> None:
    wrong = count // WRONG_EVERY
    found = (summary.rows, summary.created, summary.rejected, len(summary.errors))
    if found != (count, count - wrong, wrong, wrong):
        raise RuntimeError(f"The import accounts for its rows wrongly: {found}")


def _last(model: type[Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _copied(model: type[Model], last: int) -> tuple[str, str]:
    """The COPY statement for the rows written since, and these rows."""
    table = sql.Identifier(model._meta.db_table)
    rows_since = io.StringIO()
    with connection.cursor() as cursor:
        query = sql.SQL("COPY (SELECT * FROM {} WHERE id > {}) TO STDOUT").format(table, sql.Literal(last))
        cursor.copy_expert(query, rows_since)
        return sql.SQL("COPY {} FROM STDIN").format(table).as_string(cursor.connection), rows_since.getvalue()


def _copy_in(written: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        for statement, text in written:
            cursor.copy_expert(statement, io.StringIO(text))


def _peer(bench: Bench, what: str, ours: float) -> Bar:
    count = bench.upto(PEER_ROWS)
    lines = [_line(row) for row in islice(rows(), count)]
    taken = import_enterprises(lines)
    if taken.rows != count:
        raise RuntimeError(f"import-export took {taken.rows} of {count} rows")
    peer = taken.rows / taken.seconds
    return Bar("P6", f"{what}, rows a second", bench.seats, ours, "/s", f"import-export with {count:,} rows", peer)


def _line(row: tuple[str, ...]) -> dict[str, str]:
    found = {field: value for field, value in zip(FIELDS, row, strict=True) if field}
    return found | {"country": "CN", "registered_capital": "1000000"}
