"""Choosing a day and comparing two, in a real browser."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from committees.models import Committee, Seat
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
from tests.browser.conftest import overflow
from tests.browser.test_committees import enter, examine
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary, own, user_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committee() -> Committee:
    """A committee with a year and a half of history."""
    committee, secretary = committee_with_secretary(slug="copper", contact_email="office@example.org")
    office = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    for number, kind in enumerate(OwnershipType):
        organisation = OrganisationFactory.create()
        own(organisation, kind)
        admit(committee, organisation, on=date(2024, 1, 10) + timedelta(days=40 * number), by=secretary)
    first, second, third, fourth = Seat.objects.order_by("pk")[:4]
    appointments.appoint(first, office, by=secretary, effective_on=date(2024, 7, 1))
    seats.suspend(second, by=secretary, effective_on=date(2024, 8, 1), reason="Dues unpaid")
    seats.change(
        fourth, by=secretary, effective_on=date(2024, 9, 1), functional_role="lead",
        representative=PersonFactory.create(name="Lin"), document="Minutes no. 7",
    )  # fmt: skip
    seats.end(third, by=secretary, effective_on=date(2024, 9, 10), how="resigned", reason="Letter")
    seats.correct_admission(first, by=secretary, admitted_on=date(2024, 1, 2), reason="Minutes of 2 January")
    return committee


def test_what_changed(live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee) -> None:
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    address = f"{live_server.url}/committees/copper/roster/movements/"
    examine(page, f"{address}?from=2024-07-01&to=2024-09-30")
    keep(page, "movements")
    examine(page, f"{address}?from=1+July&to=2024-09-30")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("textbox", name="From").fill("2024-07-01")
    page.get_by_role("button", name="Compare").press("Enter")
    page.get_by_role("link", name="Suspension 1").press("Enter")
    expect(page.locator("table.roster tbody tr")).to_have_count(1)
    assert "from=2024-07-01" in page.url
    page.get_by_role("link", name="This year").click()
    expect(page.get_by_role("link", name="Correction")).to_be_visible()
    keep(page, "movements-year")


def test_a_day_is_chosen_by_sliding(
    live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee
) -> None:
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/committees/copper/roster/?as_of=2024-08-15")
    slider = page.get_by_role("slider", name="Day of the roster")
    keep(page, "slider")
    slider.press("ArrowRight")
    expect(page.get_by_label("As of")).to_have_value("2024-08-16")
    slider.press("PageUp")
    expect(page.get_by_label("As of")).to_have_value("2024-09-01")
    expect(slider).to_have_attribute("aria-valuetext", "September 1, 2024")
    slider.press("Enter")
    page.wait_for_url("**as_of=2024-09-01")
    page.get_by_role("button", name="To the change before").click()
    page.wait_for_url("**as_of=2024-08-01")
    page.get_by_label("As of").fill("2024-03-01")
    slider.press("PageDown")
    expect(page.get_by_label("As of")).to_have_value("2024-02-19")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**as_of={date.today().isoformat()}")  # noqa: DTZ011
    examine(page, f"{live_server.url}/committees/copper/?as_of=2024-08-15")
    keep(page, "slider-public")
    page.set_viewport_size({"width": 320, "height": 900})
    box = slider.bounding_box()
    assert box is not None
    assert box["width"] > 150


def test_the_download_menu_stays_on_a_phone(
    live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee
) -> None:
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{live_server.url}/committees/copper/roster/")
    page.locator(".bar-tools summary", has_text="Download").click()
    expect(page.get_by_role("link", name="Attendance sheet (.pdf)")).to_be_visible()
    assert overflow(page) == 0
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Name cards (.pdf)").click()
    assert waiting.value.suggested_filename.endswith("-cards.pdf")


def test_histories(live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee) -> None:
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    fourth = Seat.objects.order_by("pk")[3]
    examine(page, f"{live_server.url}/organisations/{fourth.organisation_id}/history/")
    keep(page, "history")
    examine(page, f"{live_server.url}/people/{fourth.representative_id}/")
    keep(page, "person")
    examine(page, live_server.url + Seat.objects.order_by("pk")[0].get_absolute_url())
    keep(page, "seat")


def test_certificates(live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee) -> None:
    seat = Seat.objects.order_by("pk")[0]
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    page.goto(live_server.url + seat.get_absolute_url())
    page.get_by_role("link", name="Issue a certificate…").press("Enter")
    page.get_by_role("button", name="Issue the certificate").press("Enter")
    expect(page.get_by_text("Issued: COPPER-")).to_be_visible()
    examine(page, page.url)
    page.get_by_role("link", name="Page to check it").press("Enter")
    expect(page.get_by_text("Valid since 2 Jan 2024")).to_be_visible()
    examine(page, page.url)
    keep(page, "certificate")


def keep(page: Page, name: str) -> None:
    """Pictures of the page for whoever asks for them: SCREENS names the folder."""
    if not (folder := os.environ.get("SCREENS")):
        return
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
