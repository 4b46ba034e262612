"""Named views in a real browser: saved, chosen as an ink pill, changed, shown first, deleted; nothing sticks out."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.browser.test_bulk import keep
from tests.factories import admit, committee_with_secretary

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roster(live_server: Any, context: BrowserContext, client: Any) -> str:
    """Address of a roster with one leader; its secretary is signed in."""
    committee, secretary = committee_with_secretary(slug="copper")
    admit(committee, by=secretary, functional_role="lead")
    client.force_login(secretary)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return f"{live_server.url}/committees/copper/roster/"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_view_is_saved_chosen_changed_and_deleted(page: Page, roster: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{roster}?role=lead&sort=-organisation")
    views = page.locator(".views-bar summary")
    views.click()
    page.get_by_role("link", name="Save as a new view…").click()
    page.get_by_label("Name", exact=True).fill("Leaders, from Z")
    page.get_by_label("Share it with the committee's secretaries").check()
    page.get_by_label("Show it first whenever I open the list").check()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Save this view").click()

    pill = page.get_by_role("navigation", name="Saved views").get_by_role("link", name="Leaders, from Z")
    expect(pill).to_have_attribute("aria-current", "true")
    assert "role=lead" in page.url
    keep(page, f"view-{width}")
    assert accessibility_problems(page) == []
    assert overflow(page) <= 0

    page.goto(roster)
    expect(pill).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Everything").click()
    expect(page.get_by_role("link", name="Everything")).to_have_attribute("aria-current", "true")

    page.goto(f"{roster}?role=support&view={pill.get_attribute('href').partition('=')[2]}")  # type: ignore[union-attr]
    expect(pill).to_contain_text("(changed)")
    views.click()
    keep(page, f"view-menu-{width}")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Keep this in “Leaders, from Z”").click()
    expect(page.get_by_text("now keeps what you see")).to_be_visible()
    views.click()
    page.get_by_role("link", name="Rename, share or delete").click()
    keep(page, f"view-edit-{width}")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Delete this view").click()
    expect(page.get_by_text("The view “Leaders, from Z” is deleted.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Saved views")).to_have_count(0)
