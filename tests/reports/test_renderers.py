"""Files from frozen figures: opened with other programs' libraries and compared with the figures."""

import csv
import hashlib
import io
import json
import re
import zipfile
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from django.utils import timezone, translation

from committees.models import Committee
from temp_portal.core.periods import Quarter
from temp_portal.reports.builder import basis_of, compute
from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import FileFormat
from temp_portal.reports.figures import canonical
from temp_portal.reports.renderers import file_name, pdf, render
from temp_portal.reports.renderers.palette import palette
from temp_portal.reports.restatement import Restatement
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "zh-hans", "ru")
NAMES = {"en": '=HYPERLINK("http://x","Metals")', "zh-hans": "+有色金属工作委员会", "ru": "@Комитет цветных металлов"}


@pytest.fixture
def edition():
    world = worlds.build()
    Committee.objects.filter(pk=world.committee.pk).update(
        name_en=NAMES["en"], name_zh_hans=NAMES["zh-hans"], name_ru=NAMES["ru"]
    )
    cut_off = timezone.now()
    document = compute(basis_of(worlds.quarter(), cut_off=cut_off, scope=world.scope))
    quarter = str(worlds.quarter())
    restated = [
        Restatement(quarter, 1, "T1", "committed", "value", "q", Decimal(1_500_000), Decimal(2_500_000)),
        Restatement("2026-Q2", 1, "T3", "private", "closing", "q", 3, 4),
    ]
    return Edition(document, cut_off, 2, restated, is_provisional=True)


def workbook(edition, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render(edition, FileFormat.XLSX, language)))


def test_a_sheet_is_a_named_table_of_true_numbers_under_real_headings(edition):
    book = workbook(edition)
    assert book.sheetnames == [
        "Contents",
        "T1 Summary",
        "T3 Roster by ownership",
        "T3a Closing members by ownershi",
        "T6 Applications funnel",
        "Restated",
    ]
    sheet = book["T3 Roster by ownership"]
    (table,) = sheet.tables.values()
    assert (table.name, table.ref[:2], bool(table.autoFilter)) == ("Table_T3", "A4", True)
    headings = [cell.value for cell in sheet[4]]
    assert headings[:3] == ["Ownership type", "Opening", f"Admitted, Q{worlds.quarter().number}"]
    assert len(headings) == len(set(headings)) == 20
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("B5", "$4:$4", "landscape")
    values = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5, max_row=18)}
    assert (values["All members"], values["Central SOE"], values["Unverified"]) == (6, 1, 1)


def test_every_number_of_the_workbook_is_that_of_the_figures(edition):
    book = workbook(edition)
    sheets = {sheet.title.split()[0]: sheet for sheet in book if sheet.title.startswith("T")}
    compared = 0
    with translation.override("en"):
        tables = edition.tables
    for table in tables:
        first = 3 if table.unit_head else 2
        for row, line in enumerate(table.lines, start=5):
            for column, cell in enumerate(line.cells, start=first):
                written = sheets[table.key].cell(row, column)
                assert written.value == (cell.text if cell.number is None else cell.number)
                assert cell.number is None or written.number_format == cell.format
                compared += 1
    assert compared > 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_workbook_is_a_formula(edition, language):
    content = render(edition, FileFormat.XLSX, language)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert any("xl/charts/chart" in name for name in archive.namelist())
        assert any("xl/tables/table" in name for name in archive.namelist())
    assert len(sheets) == 6
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    assert NAMES[language] in [cell.value for cell in workbook(edition, language).worksheets[0]["B"]]


def test_the_chart_draws_the_four_groups_of_the_sheet(edition):
    (chart,) = workbook(edition)["T3a Closing members by ownershi"]._charts
    assert len(chart.series) == 4
    assert "'T3a Closing members by ownershi'!$B$5:$F$5" in chart.series[0].val.numRef.f


def test_the_workbook_says_what_it_is(edition):
    book = workbook(edition)
    facts = {row[0].value: row[1].value for row in book["Contents"].iter_rows(min_row=3, max_row=9)}
    assert (facts["Version"], facts["SHA-256 of the figures"]) == ("2", edition.hash)
    assert "provisional" in facts["Note"]
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert "'T3 Roster by ownership'!A1" in links
    money, closing = ([cell.value for cell in row] for row in book["Restated"].iter_rows(min_row=5, max_row=6))
    assert money[4:] == ["1.50", "2.50"]
    assert closing == ["2026-Q2, version 1", "T3", "Private", f"Closing, Q{worlds.quarter().number}", "3", "4"]


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_same_edition_gives_the_same_bytes(edition, file_format):
    digests = {hashlib.sha256(render(edition, file_format, "ru")).hexdigest() for _time in range(2)}
    assert len(digests) == 1


def pages(edition, language):
    return pypdf.PdfReader(io.BytesIO(render(edition, FileFormat.PDF, language))).pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_pdf_can_be_copied_in_every_language(edition, language):
    text = " ".join(page.extract_text() for page in pages(edition, language))
    plain = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", NAMES[language]) in plain
    assert edition.hash in plain
    with translation.override(language):
        words = [edition.title, *(line.label for line in edition.tables[1].lines)]
    assert [word for word in words if re.sub(r"\s+", "", word) not in plain] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_brings_its_fonts_and_knows_its_language(edition, language):
    reader = pypdf.PdfReader(io.BytesIO(render(edition, FileFormat.PDF, language)))
    assert reader.trailer["/Root"]["/Lang"].startswith(pdf.LANGUAGES[language][0])
    assert b"pdfaid:part" in reader.xmp_metadata.stream.get_data()
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    described = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor.get_object()) for descriptor in described)
    names = {str(descriptor.get_object()["/FontName"]) for descriptor in described}
    assert any("NotoSans" in name for name in names)


def test_pages_are_numbered_and_repeat_their_headings(edition):
    texts = [page.extract_text() for page in pages(edition, "en")]
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} / {len(texts)}" in text
    assert sum("Applications funnel (part" in text for text in texts) >= 1
    assert "Restated figures" in texts[-1]


def test_a_table_too_wide_for_a_page_is_continued_without_tearing_a_block(edition):
    with translation.override("en"):
        data = pdf.content(edition)
    panels = [panel for panel in data["tables"] if "T6" in panel["caption"]]
    assert [panel["caption"] for panel in panels] == [
        "T6. Applications funnel (part 1 of 2)",
        "T6. Applications funnel (part 2 of 2)",
    ]
    for panel in panels:
        assert len(panel["heads"]) <= pdf.PAGE_COLUMNS
        assert sum(group["span"] for group in panel["groups"]) == len(panel["heads"])
        assert {len(row["cells"]) for row in panel["rows"]} == {len(panel["heads"])}
    assert panels[0]["check"] == ""
    assert panels[1]["check"]


def test_content_is_data_and_never_markup(edition):
    data = {"lang": "en", "region": "gb", "title": "#panic() $x$ *a* \\ [b] <c> @d", "scope": '`#read("x")`'}
    with translation.override("en"):
        content = pdf.content(edition) | data
    text = " ".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.compile_pdf(content, timestamp=0))).pages
    )
    assert "#panic() $x$ *a* \\ [b] <c> @d" in text
    assert '#read("x")' in text


def records(edition, language="en"):
    content = render(edition, FileFormat.CSV, language)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_one_figure_a_line(edition):
    *found, restated = records(edition)
    by_place = {(r["Table"], r["Row"], r["Column"], r["Comparison"]): r for r in found}
    assert len(by_place) == len(found)
    assert len(found) == sum(len(line.cells) for table in edition.tables for line in table.lines)
    opening = by_place["T3", "all", "opening", ""]
    assert (opening["Value"], opening["Label of the row"], opening["Label of the column"]) == (
        "6",
        "All members",
        "Opening",
    )
    share = by_place["T3", "central", "share", ""]
    assert (share["Value"], share["Unit"]) == ("0.25", "fraction")
    money = by_place["T1", "committed", "value", "q"]
    assert (money["Value"], money["Was"], money["Unit"]) == ("2.5", "1.5", "USD million")
    assert (opening["Was"], restated["Quarter"], restated["Remark"]) == ("", "2026-Q2", "restated")
    assert (restated["Label of the row"], restated["Was"], restated["Value"]) == ("Private", "3", "4")
    growth = by_place["T1", "committed", "value", "growth"]
    assert (growth["Value"], growth["Remark"]) == ("", "n/a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_csv_begins_like_a_formula_unless_it_is_a_number(edition, language):
    for record in records(edition, language):
        for cell in record.values():
            assert not re.match(r"[=+@\t\r]|-(?![0-9.]+$)", cell)


def test_json_carries_hash_figures_and_labels_of_every_language(edition):
    data = json.loads(render(edition, FileFormat.JSON, "ru"))
    assert data["hash"] == hashlib.sha256(canonical(data["figures"])).hexdigest() == edition.hash
    assert data["figures"]["tables"]["T3"]["all"]["opening"] == 6
    assert data["figures"]["tables"]["T3"]["central"]["share"] == [1, 4]
    assert data["committees"][0]["name"] == NAMES
    assert set(data["labels"]) == set(LANGUAGES)
    assert data["labels"]["en"]["T3"]["rows"]["central"] == "Central SOE"
    assert [(line["was"], line["now"]) for line in data["restated"]] == [("1500000", "2500000"), (3, 4)]
    assert data["cut_off"] == edition.cut_off.isoformat()
    assert (data["version"], data["provisional"], data["quarter"]) == (2, True, str(worlds.quarter()))


def test_figures_are_the_same_in_every_language(edition):
    numbers = [
        [(r["Table"], r["Row"], r["Column"], r["Comparison"], r["Value"]) for r in _raw(edition, language)]
        for language in LANGUAGES
    ]
    assert numbers[0] == numbers[1] == numbers[2]


def _raw(edition, language):
    rows = list(csv.reader(io.StringIO(render(edition, FileFormat.CSV, language).decode("utf-8-sig"), newline="")))[1:]
    names = ("Table", "Row", "Column", "Comparison", "Value")
    return [dict(zip(names, (row[1], row[3], row[5], row[7], row[8]), strict=True)) for row in rows]


def test_names_of_files(edition):
    quarter = worlds.quarter()
    assert file_name(edition, FileFormat.PDF, "en") == f"Quarterly report {quarter} v2 English.pdf"
    assert file_name(edition, FileFormat.PDF, "zh-hans").endswith("简体中文.pdf")
    assert file_name(edition, FileFormat.JSON, "") == f"Quarterly report {quarter} v2.json"


def test_a_table_without_rows_is_left_out():
    empty = Edition(compute(basis_of(Quarter(2020, 1), cut_off=timezone.now(), scope=[0])), timezone.now())
    with translation.override("en"):
        assert [table.key for table in empty.tables] == ["T1", "T3", "T3a", "T6"]
        assert empty.tables[1].lines[0].cells[0].text == "0"
    assert render(empty, FileFormat.PDF, "en").startswith(b"%PDF")


def test_colours_come_from_the_tokens():
    assert palette()["own-central"] == "#27408b"
    assert {"ink", "ink-2", "ink-3", "line", "edge", "sunken", "ok", "own-other", "accent"} <= set(palette())
