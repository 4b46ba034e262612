"""The guarded program's parts, called in this process on files that are sound."""

import io
from datetime import UTC, date, datetime, time, timedelta

import orjson
import pytest

from temp_portal.core.tabular import extract
from tests.core.tabular.files import xlsx_bytes, zip_bytes


def test_rows_become_lines_with_tagged_dates() -> None:
    file = xlsx_bytes(("hidden", [["x"]]), ("s", [["name", "since"], ["A", date(2020, 1, 2)]]), hidden=["hidden"])
    names, sheet = extract.chosen(extract.opened(file), "")
    assert (names, sheet.name) == (["s"], "s")
    assert [orjson.loads(line) for line in extract.lines(sheet)] == [
        ["name", "since"],
        ["A", {"date": "2020-01-02"}],
    ]


@pytest.mark.parametrize(
    ("value", "tagged"),
    [
        (datetime(2020, 1, 2, 3, 4, tzinfo=UTC), {"datetime": "2020-01-02T03:04:00+00:00"}),
        (time(3, 4), {"time": "03:04:00"}),
        (timedelta(hours=30), {"timedelta": 108000.0}),
    ],
)
def test_kinds_of_time(value: object, tagged: dict[str, object]) -> None:
    assert extract.tagged(value) == tagged


def test_other_types_are_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError):
        extract.tagged(object())


@pytest.mark.parametrize(
    ("file", "sheet", "refusal"),
    [
        (xlsx_bytes(("s", [["x"]])), "t", ("sheet", ["s"])),
        (xlsx_bytes(("s", [])), "", ("empty", ["s"])),
        (zip_bytes({"xl/workbook.xml": "<workbook"}), "", ("damaged", [])),
        (io.BytesIO(b"\xd0\xcf\x11\xe0" + extract.ENCRYPTED), "", ("password", [])),
    ],
)
def test_refusals(file: io.BytesIO, sheet: str, refusal: tuple[str, list[str]]) -> None:
    with pytest.raises(extract.RefusedError) as caught:
        extract.chosen(extract.opened(file), sheet)
    assert caught.value.args == refusal
