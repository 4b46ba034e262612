"""A roster file goes in by the keyboard: nothing for axe to find, no sideways scroll, in each language and theme."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from committees.models import Committee, Position, Seat, Synchronisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.browser.test_committees import enter
from tests.browser.test_look import keep
from tests.committees.synchronising import csv_of
from tests.core.tabular.files import xlsx_bytes
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    {"单位名称": "渝岭矿业有限公司", "职务": "会长单位", "功能角色": "引领"},
    {"单位名称": "北辰铜业有限公司", "职务": "会员", "功能角色": ""},
    {"单位名称": "远屿集团", "职务": "", "功能角色": ""},
    {"单位名称": "猎户座", "职务": "会员", "功能角色": ""},
    {"单位名称": "三禾冷链有限公司", "职务": "皇帝", "功能角色": ""},
    {"单位名称": "长风物流有限公司", "职务": "会员", "功能角色": "支撑"},
    {"单位名称": "长风物流有限公司", "职务": "会员", "功能角色": "补充"},
    {"单位名称": "银川果业有限公司", "职务": "", "功能角色": ""},
]


@pytest.fixture
def committee() -> Committee:
    """A committee of which the file says something of every kind."""
    committee, secretary = committee_with_secretary(slug="copper", name_en="Copper Working Committee")
    Position.objects.create(committee=committee, code="chair", title_en="President", title_zh_hans="会长", rank=1)
    names = {
        "渝岭矿业有限公司": "Yuling Mining",
        "远屿贸易有限公司": "Yuanyu Trade",
        "三禾冷链有限公司": "Sanhe Cold Chain",
        "长风物流有限公司": "Changfeng Logistics",
        "银川果业有限公司": "Yinchuan Fruit",
    }
    for name, english in names.items():
        firm = OrganisationFactory.create(legal_name=name, name_en=english)
        admit(committee, firm, by=secretary, on=date(2024, 1, 10))
    OrganisationFactory.create(legal_name="北辰铜业有限公司", name_en="Beichen Copper")
    for place in ("KZ", "UZ"):
        OrganisationFactory.create(legal_name="猎户座", name_en=f"Orion {place}", country=place)
    return committee


def examine(page: Page, name: str) -> None:
    """axe in both themes, sideways scroll at every width; a picture of each."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0, (name, theme, width)
            keep(page, f"synchronise-{name}-{theme}-{width}")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert accessibility_problems(page) == [], (name, theme)


def secretary_of(committee: Committee) -> User:
    return user_with(Role.SECRETARY, committee)


def test_a_roster_goes_in_by_keyboard_and_is_taken_back(
    live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_of(ROWS))
    enter(context, live_server, client, secretary_of(committee))
    page.goto(f"{live_server.url}/committees/copper/roster/")
    page.get_by_role("link", name="Synchronise with a file…").press("Enter")
    page.get_by_role("button", name="Upload and compare").press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    examine(page, "upload")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Roster of which day").fill("2026-11-01")
    page.get_by_role("button", name="Upload and compare").press("Enter")

    expect(page.get_by_label("Organisation")).to_have_value("0")
    examine(page, "columns")
    page.get_by_role("button", name="Compare with the roster").press("Enter")

    expect(page.locator("#counts tbody td")).to_have_text(["1", "2", "1", "1", "1", "1", "1"])
    examine(page, "preview")
    page.get_by_role("radio", name="Yuanyu Trade").press("Space")
    page.get_by_role("radio", name="Orion UZ").press("Space")
    page.get_by_role("group", name="Row 7: 长风物流有限公司").get_by_role("radio", name="row 8").press("Space")
    page.get_by_role("button", name="Compare again with these choices").press("Enter")
    expect(page.get_by_role("button", name="Apply 4 changes")).to_be_visible()
    examine(page, "decided")
    page.get_by_label("Decision document").fill("Minutes 7")
    page.get_by_role("button", name="Apply 4 changes").press("Enter")
    expect(page.locator("#outcome")).to_be_visible()
    examine(page, "applied")
    assert Seat.objects.sitting().filter(committee=committee).count() == 7

    page.get_by_role("link", name="Take everything back…").press("Enter")
    page.get_by_label("Why it is taken back").fill("Wrong year")
    page.get_by_role("button", name="Take everything back").press("Enter")
    expect(page.locator("main")).to_contain_text("Taken back")
    assert Seat.objects.sitting().filter(committee=committee).count() == 5


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_the_comparison_in_other_languages(
    live_server: Any,
    page: Page,
    context: BrowserContext,
    client: Any,
    committee: Committee,
    tmp_path: Path,
    language: str,
) -> None:
    file = tmp_path / "book.xlsx"
    lines = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    file.write_bytes(xlsx_bytes(("2025", lines[:3]), ("2026", lines)).getvalue())
    user = secretary_of(committee)
    user.language = language
    user.save()
    enter(context, live_server, client, user)
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/committees/copper/roster/synchronise/")
    page.locator("#id_file").set_input_files(file)
    page.locator("main form button.btn-primary").press("Enter")
    examine(page, f"sheet-{language}")
    page.locator("input[name=sheet][value='1']").press("Space")
    page.locator("main form button.btn-primary").press("Enter")
    page.locator("#id_organisation").wait_for(state="attached")
    page.locator("main form button.btn-primary").press("Enter")
    page.locator("#counts").wait_for()
    examine(page, f"preview-{language}")
    assert Synchronisation.objects.get().sheet == "2026"
