"""From the question of a quarter to its acceptance, and the matrix of risks, on a desk and on a narrow phone."""

import os
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from projects.progress.models import Milestone, ProgressUpdate
from projects.progress.workflows import milestones, rounds
from projects.risks import workflows as risks
from projects.risks.models import Risk
from tests.browser.conftest import accessibility_problems, overflow
from tests.projects.sites import Site, site_of

pytestmark = pytest.mark.django_db(transaction=True)


def enter(user: Any, client: Any, context: BrowserContext, live_server: Any) -> None:
    client.force_login(user)
    context.clear_cookies(name="sessionid")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def fits(page: Page, name: str) -> None:
    """The page is accessible and does not stick out, on a desk and on the narrowest phone."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert overflow(page) <= 0, name
        assert accessibility_problems(page) == [], name
    page.set_viewport_size({"width": 1280, "height": 900})


def prepared() -> Site:
    site = site_of()
    rounds.open_due()
    roof = Milestone(project=site.project, title="Roof", planned_on=date(2026, 9, 1), weight=40)
    milestones.save(roof, by=site.secretary)
    risk = Risk(project=site.project, type="supply", title="Late steel", owner="Purchasing", review_on=date(2999, 1, 1))
    risks.save(risk, by=site.lead, likelihood=4, impact=3)
    return site


def test_an_update_is_filled_in_and_accepted(
    live_server: Any, page: Page, context: BrowserContext, client: Any
) -> None:
    site = prepared()
    enter(site.lead, client, context, live_server)
    page.goto(f"{live_server.url}/me/")
    page.get_by_role("region", name="Updates of projects to fill in").get_by_role("link").click()
    page.get_by_label("What was done in the quarter").fill("Steel is up")
    page.get_by_label("Construction, local: head count").fill("many")
    page.get_by_role("button", name="Send it to the committee").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Construction, local: head count")
    fits(page, "fill-in")
    page.get_by_label("Construction, local: head count").fill("120")
    page.get_by_label("Complete, %").fill("55.5")
    expect(page.locator("[data-when=saved]")).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_label("Complete, %")).to_have_value("55.50")
    page.get_by_label("Roof: reached on").fill("2026-09-03")
    page.get_by_role("button", name="Send it to the committee").click()
    expect(page.get_by_text("The update has been sent.")).to_be_visible()
    fits(page, "update")
    enter(site.secretary, client, context, live_server)
    page.goto(f"{live_server.url}{ProgressUpdate.objects.get().get_absolute_url()}")
    page.get_by_role("link", name="Accept it…").click()
    page.get_by_role("button", name="Accept the update").click()
    expect(page.get_by_text("The update has been accepted.")).to_be_visible()
    page.goto(f"{live_server.url}/projects/{site.project.code}/milestones/")
    expect(page.get_by_role("row", name="Roof")).to_contain_text("3 Sep 2026")
    fits(page, "milestones")
    page.goto(f"{live_server.url}/projects/{site.project.code}/risks/")
    fits(page, "risks")
    page.get_by_role("region", name="Open risks by likelihood and impact").get_by_role("link").click()
    expect(page).to_have_url(f"{live_server.url}/projects/{site.project.code}/risks/?likelihood=4&impact=3&state=open")
    expect(page.get_by_role("link", name="Late steel")).to_be_visible()
