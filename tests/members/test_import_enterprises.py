"""Enterprises come in from lists and register extracts, each row once, with a reason for every row that does not."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from members.models import Identifier, Organisation, Ownership
from members.workflows import merge
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from temp_portal.core.search import matches
from tests.factories import OrganisationFactory, user_with
from tests.importing import counts, run_import, write_csv

pytestmark = pytest.mark.django_db


def registry_row(name: str, number: str, capital: str = "50(万元人民币)", **changes: str) -> dict[str, str]:
    """A row with the columns and the dirt of an extract of the Chinese register."""
    return {
        "企业名称": name,
        "统一社会信用代码": number,
        "注册日期": "2003-01-07",
        "企业类型": "N/A",
        "注册资金": capital,
        "所在省份": "四川",
        "地区": "成都",
        "经营范围": "矿产品、建筑材料的批发及零售。",
    } | changes


def list_row(name: str, ownership: str = "", place: str = "", **changes: str) -> dict[str, str]:
    """A row as published lists of enterprises give it."""
    return {
        "list": "list_a",
        "section": "1",
        "rank": "1",
        "name_zh": name,
        "ownership_from_list": ownership,
        "authority": "",
        "province_or_country": place,
        "revenue": "100",
        "revenue_unit": "CNY_10k",
        "url": "",
    } | changes


GOOD = [
    registry_row("渝岭矿业有限公司", "91110108551385082Q"),
    registry_row("远屿贸易有限公司", "914403001922038216", "N/A"),
    registry_row("三禾冷链有限公司", "911000007109250320", "20(万美元)"),
]


def test_a_register_extract_goes_in_and_the_same_file_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "extract.csv", GOOD)
    first, again = run_import("enterprises", path), run_import("enterprises", path)
    assert counts(first) == (3, 0, 0, 0)
    assert counts(again) == (0, 0, 3, 0)
    cold = Organisation.objects.get(legal_name="三禾冷链有限公司")
    assert (cold.registered_capital, cold.capital_currency, cold.country.code) == (200_000, "USD", "CN")
    assert cold.identifiers.get().scheme == "CN-USCC"
    assert Organisation.objects.filter(search_key__contains="lengl").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_recognised(tmp_path, encoding):
    path = write_csv(tmp_path / "extract.csv", GOOD, encoding=encoding)
    assert counts(run_import("enterprises", path)) == (3, 0, 0, 0)
    assert Organisation.objects.filter(legal_name="渝岭矿业有限公司").exists()


def test_bad_rows_are_named_and_good_ones_go_in(tmp_path):
    bad = [
        registry_row("甲有限公司", "91110108551385082X"),
        registry_row("乙有限公司", "无"),
        registry_row("丙有限公司", "911000007109250320"),
        registry_row("", "91500000MA5U000000"),
    ]
    summary = run_import("enterprises", write_csv(tmp_path / "extract.csv", [*GOOD, *bad]))
    assert counts(summary) == (3, 0, 0, 4)
    assert {error["row"] for error in summary["errors"]} == {5, 6, 7, 8}
    wrong = next(error for error in summary["errors"] if error["row"] == 5)
    assert (wrong["column"], wrong["value"]) == ("统一社会信用代码", "91110108551385082X")
    assert "Q" in wrong["reason"]


def test_all_or_nothing(tmp_path):
    rows = [*GOOD, registry_row("甲有限公司", "91110108551385082X")]
    summary = run_import("enterprises", write_csv(tmp_path / "extract.csv", rows), "--all-or-nothing")
    assert (summary["applied"], Organisation.objects.count()) == (False, 0)


def test_a_dry_run_keeps_nothing(tmp_path):
    summary = run_import("enterprises", write_csv(tmp_path / "extract.csv", GOOD), "--dry-run")
    assert (summary["created"], summary["applied"], Organisation.objects.count()) == (3, False, 0)


def test_a_changed_file_updates_and_keeps_the_earlier_row(tmp_path):
    path = tmp_path / "extract.csv"
    run_import("enterprises", write_csv(path, GOOD))
    changed = [GOOD[0] | {"企业名称": "渝岭矿业集团有限公司", "地区": "绵阳"}, *GOOD[1:]]
    assert counts(run_import("enterprises", write_csv(path, changed))) == (0, 1, 2, 0)
    firm = Organisation.objects.get(identifiers__value="91110108551385082Q")
    assert (firm.legal_name, firm.city) == ("渝岭矿业集团有限公司", "绵阳")
    assert "jituan" in firm.search_key
    assert [event.legal_name for event in firm.events.all()] == ["渝岭矿业有限公司"]


def test_a_known_number_updates_the_organisation_that_has_it(tmp_path):
    known = OrganisationFactory.create(legal_name="旧名有限公司")
    Identifier.objects.create(organisation=known, scheme="CN-USCC", value="91110108551385082Q", is_primary=True)
    assert counts(run_import("enterprises", write_csv(tmp_path / "e.csv", GOOD[:1]))) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert known.legal_name == "渝岭矿业有限公司"


def test_lists_merge_repeated_names_and_declare_ownership(tmp_path):
    rows = [
        list_row("渝岭集团有限公司", "central_soe"),
        list_row("远屿控股有限公司", "private", "浙江省"),
        list_row("渝岭集团有限公司", list="list_b"),
        list_row("塔里木矿业（TARIM)", "", "哈萨克斯坦"),
    ]
    path = write_csv(tmp_path / "lists.csv", rows)
    assert counts(run_import("enterprises", path)) == (3, 0, 1, 0)
    assert counts(run_import("enterprises", path)) == (0, 0, 4, 0)
    ownership = Ownership.objects.get(organisation__legal_name="渝岭集团有限公司")
    assert (ownership.type, ownership.group) == ("central_soe", "unverified")
    assert Organisation.objects.get(legal_name__startswith="塔里木").country.code == "KZ"
    assert Organisation.objects.get(legal_name__startswith="远屿").country.code == "CN"


def test_another_stated_ownership_ends_the_earlier_one(tmp_path):
    path = tmp_path / "lists.csv"
    run_import("enterprises", write_csv(path, [list_row("渝岭集团有限公司", "private")]))
    fact = Ownership.objects.get()
    earlier = timezone.localdate() - timedelta(days=100)
    Ownership.objects.current().supersede(by=None)
    Ownership.objects.create(organisation=fact.organisation, type="private", valid=date_range(earlier))
    assert counts(run_import("enterprises", write_csv(path, [list_row("渝岭集团有限公司", "central_soe")]))) == (
        0,
        1,
        0,
        0,
    )
    current = Ownership.objects.current().order_by("valid")
    assert [row.type for row in current] == ["private", "central_soe"]
    assert current[0].valid.upper == current[1].valid.lower == timezone.localdate()


@pytest.mark.sample_data
@pytest.mark.parametrize(
    ("file", "rows", "most_rejected"), [("enterprises_all.csv", 2343, 0), ("registry_2003_sample.csv", 20_000, 10)]
)
def test_real_lists(file, rows, most_rejected):
    path = Path(os.environ["SAMPLE_DATA"]) / "enterprises" / file
    first, again = run_import("enterprises", path), run_import("enterprises", path)
    assert (first["rows"], first["rejected"] <= most_rejected) == (rows, True)
    assert (again["created"], again["updated"], again["rejected"]) == (0, 0, first["rejected"])


def test_a_row_of_a_merged_record_is_taken_for_the_one_that_remains(tmp_path):
    staff = user_with(Role.STAFF)
    run_import("enterprises", write_csv(tmp_path / "extract.csv", GOOD))
    numbered = Organisation.objects.get(legal_name="渝岭矿业有限公司")
    remaining = OrganisationFactory.create(legal_name="渝岭矿业集团", name_en="", name_zh_hans="", city="")
    merge(numbered, remaining, by=staff)
    again = run_import("enterprises", write_csv(tmp_path / "again.csv", [GOOD[0] | {"企业名称": "渝岭矿业集团"}]))
    assert counts(again) == (0, 1, 0, 0)
    remaining.refresh_from_db()
    assert remaining.city == "成都"
    assert list(Organisation.objects.unmerged().filter(matches("search_key", "渝岭矿业有限公司"))) == [remaining]
