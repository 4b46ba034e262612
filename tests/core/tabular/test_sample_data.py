"""The reader on real files, when SAMPLE_DATA names the folder that holds them; small synthetic twins without it."""

import os
from collections import Counter
from pathlib import Path

import pytest

from temp_portal.core.currencies import is_currency
from temp_portal.core.tabular.cells import Cell, text_of
from temp_portal.core.tabular.converters import CONVERTERS, ConversionError, Convert
from temp_portal.core.tabular.reading import open_table
from tests.core.tabular.files import csv_bytes

AFRICA = "Africa, regional"


@pytest.fixture
def folder() -> Path:
    return Path(os.environ["SAMPLE_DATA"])


@pytest.mark.sample_data
@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        ("projects/gcof1.csv", 54, 5_466),
        ("enterprises/enterprises_all.csv", 10, 2_343),
        ("enterprises/registry_2003_sample.csv", 8, 20_000),
        ("industry/gbt4754_2017_zh.csv", 6, 1_772),
        ("industry/gced2011_ru.csv", 3, 1_813),
        ("industry/isic4_en.csv", 3, 766),
        ("industry/map_GCED2011_NACE2.csv", 2, 994),
        ("industry/map_NACE2_ISIC4.csv", 2, 996),
        ("countries/bri_membership_with_region_income.csv", 4, 152),
        ("fx/eurofxref-hist.csv", 42, 7_126),
        ("fx/wb_official_rate_lcu_per_usd.csv", 3, 10_595),
    ],
)
def test_every_row_of_every_file_is_read(folder: Path, name: str, columns: int, rows: int) -> None:
    with open_table(folder / name) as table:
        assert (table.format, table.encoding, table.separator, table.header_row) == ("csv", "utf-8", ",", 1)
        assert len(table.headers) == columns
        assert sum(1 for row in table.rows() if row.problem is None) == rows


@pytest.mark.sample_data
def test_capital_of_registered_enterprises_is_an_amount(folder: Path) -> None:
    convert = CONVERTERS["amount"](currency="CNY")
    with open_table(folder / "enterprises/registry_2003_sample.csv") as table:
        position = table.headers.index("注册资金")
        written = [row.cells[position] for row in table.rows() if row.cells[position] != "N/A"]
    outcomes = Counter(outcome(convert, cell) for cell in written)
    assert outcomes.total() == len(written) == 15_110
    # "1,0000000(万元人民币)" may be one or a thousand.
    assert outcomes.pop("refused") == 2
    assert set(outcomes) == {"CNY", "USD", "HKD", "JPY", "EUR"}


def outcome(convert: Convert, cell: Cell) -> str:
    try:
        return str(convert(cell).currency)
    except ConversionError:
        return "refused"


@pytest.mark.sample_data
def test_projects_countries_currencies_and_dates(folder: Path) -> None:
    with open_table(folder / "projects/gcof1.csv") as table:
        where = {name: table.headers.index(name) for name in table.headers}
        rows = [row.cells for row in table.rows()]
    countries = CONVERTERS["countries"](skip=[AFRICA, "Caribbean, regional"])
    without = Counter(row[where["recipient_iso3"]] for row in rows if not countries(row[where["recipient_iso3"]]))
    assert without == {AFRICA: 16, "": 2}
    codes = [row[where["currency"]] for row in rows if text_of(row[where["currency"]])]
    refused = [code for code in codes if not is_currency(text_of(code))]
    assert refused == [" D"] * 23
    date = CONVERTERS["date"]()
    written = [row[where[name]] for row in rows for name in ("start_actual", "end_planned") if row[where[name]]]
    assert len([date(cell) for cell in written]) == 770 + 357


def test_a_twin_with_what_is_dirty_in_them() -> None:
    rows = [
        ["id", "currency", "recipient", "description", "amount"],
        ["1", "\xa0D", "KEN; Africa, regional; TZA", "In 2010,\nChina \x8f\xa0_", " "],
        ["2", " ", "MRT", '"quoted", and; more', "99999999.9"],
    ]
    with open_table(csv_bytes(rows, line_end="\n")) as table:
        first, second = table.rows()
    assert (first.number, second.number) == (2, 3)
    assert (first.cells, second.cells) == (rows[1], rows[2])
    assert CONVERTERS["countries"](skip=[AFRICA])(first.cells[2]) == ["KE", "TZ"]
    with pytest.raises(ConversionError, match="ISO 4217"):
        CONVERTERS["currency"]()(first.cells[1])
