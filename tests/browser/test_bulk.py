"""Many members at once in a real browser: picked, previewed, confirmed by exact number, undone."""

import os
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from committees.models import Committee, Seat
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.factories import OrganisationFactory, admit, committee_with_secretary

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = date(2024, 1, 10)


@pytest.fixture
def committee(live_server: Any, context: BrowserContext, client: Any) -> Committee:
    """Three members named A, B and C; their secretary is signed in."""
    committee, secretary = committee_with_secretary(slug="copper")
    for name in "ABC":
        organisation = OrganisationFactory.create(legal_name=f"{name}公司", name_en=f"{name} Company")
        admit(committee, organisation, by=secretary, on=JANUARY, functional_role="support")
    client.force_login(secretary)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return committee


def keep(page: Page, name: str) -> None:
    """Screenshots for whoever asks for them."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def roster(page: Page, live_server: Any, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/committees/copper/roster/?sort=organisation")


def roles() -> list[str]:
    return list(Seat.objects.order_by("organisation__name_en").values_list("functional_role", flat=True))


@pytest.mark.parametrize("width", WIDTHS)
def test_two_of_three_members_get_a_role_and_lose_it_again(
    live_server: Any, page: Page, committee: Committee, width: int
) -> None:
    roster(page, live_server, width)
    for name in "AB":
        page.get_by_label(f"Select {name} Company").check()
    bar = page.get_by_role("region", name="Selected rows")
    expect(bar).to_contain_text("2 selected")
    assert overflow(page) <= 0
    bar.get_by_text("Change", exact=True).click()
    keep(page, f"bar-{width}")
    assert accessibility_problems(page) == []
    bar.get_by_role("button", name="Functional role…").click()

    expect(page.get_by_text("2 members of")).to_be_visible()
    page.get_by_label("Functional role").select_option("lead")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="2 members will be changed")).to_be_visible()
    keep(page, f"preview-{width}")
    assert accessibility_problems(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="Change 2 members").click()

    toast = page.locator(".toast-undo")
    expect(toast).to_contain_text("Recorded for 2 members.")
    keep(page, f"toast-{width}")
    assert roles() == ["lead", "lead", "support"]
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back. The roster is as it was before.")).to_be_visible()
    keep(page, f"changes-{width}")
    assert accessibility_problems(page) == []
    assert overflow(page) <= 0
    assert roles() == ["support", "support", "support"]


def test_with_the_keyboard_alone_and_refusals_shown(live_server: Any, page: Page, committee: Committee) -> None:
    roster(page, live_server)
    page.locator("input[data-pick-all]").focus()
    page.keyboard.press("Space")
    menu = page.get_by_role("region", name="Selected rows").get_by_text("Change", exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="End memberships…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("lapsed").focus()
    page.keyboard.press("Space")
    page.get_by_label("First day without the seat").fill("2999-01-01")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("in the future")
    assert page.get_by_label("lapsed").is_checked()
    page.get_by_label("First day without the seat").fill("2024-01-10")
    page.get_by_label("Reason").fill("Dues")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="3 members are refused")).to_be_visible()
    expect(page.get_by_text("Nobody would be changed by this.")).to_be_visible()
    keep(page, "refused")
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_in_every_language_and_in_the_dark(
    live_server: Any, page: Page, context: BrowserContext, committee: Committee, language: str
) -> None:
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.emulate_media(color_scheme="dark")
    roster(page, live_server, 320)
    page.locator("input[data-pick]").first.check()
    page.locator("[data-bulk] summary").first.click()
    keep(page, f"bar-{language}")
    page.locator("[data-bulk] .pop .item").nth(4).click()
    page.locator("textarea[name=reason]").fill("x")
    page.locator("#order button[type=submit]").click()
    keep(page, f"preview-{language}")
    assert accessibility_problems(page) == []
    assert overflow(page) <= 0
