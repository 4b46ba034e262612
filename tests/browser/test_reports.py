"""Reports in the browser: from the form to the figures while a worker counts, on every width and in both themes."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.jobs import runner
from temp_portal.reports import workflows
from temp_portal.reports.models import Report
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.browser.test_jobs import sign_in
from tests.factories import user_with
from tests.live import wait_until
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def staff(transactional_db: None) -> User:
    return user_with(Role.STAFF)


def made(staff: User, world: worlds.World) -> Report:
    report = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en", "zh-hans"])
    runner.run(report.job_id, threaded=False)
    return Report.objects.get(pk=report.pk)


def test_from_the_form_to_the_figures_while_a_worker_counts(
    live_server: Any, page: Page, world: worlds.World, staff: User, celery_worker_process: Any
) -> None:
    celery_worker_process()
    sign_in(page, live_server.url, staff)
    page.goto(f"{live_server.url}/reports/")
    page.get_by_role("link", name="Prepare a report").first.click()
    page.locator("#id_quarter-ts-control").click()
    page.get_by_role("option", name="not ended yet").click()
    page.get_by_role("button", name="Count, freeze and make the files").click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible(timeout=40_000)
    expect(page.get_by_role("row", name="All members")).to_be_visible()
    chart = page.locator("canvas[data-chart]")
    expect(chart).to_be_visible()
    assert (
        page.evaluate("window.Chart.getChart(document.querySelector('canvas[data-chart]')).data.datasets.length") == 4
    )

    with page.expect_download() as download:
        page.get_by_role("link", name=".pdf").click()
    assert download.value.suggested_filename == f"Quarterly report {worlds.quarter()} v1 English.pdf"
    page.get_by_role("button", name="Recompute").click()
    expect(page.get_by_text("Counted again from the facts: the same hash")).to_be_visible()
    page.get_by_role("link", name="6", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quarterly report")
    expect(page.get_by_role("row", name=str(world.seats[0].organisation))).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(
    live_server: Any, page: Page, world: worlds.World, staff: User, width: int, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    made(staff, world)
    worlds.LATER["an expulsion"](world)
    report = made(staff, world)
    waiting = workflows.prepare(worlds.quarter(), by=staff, scope=None, languages=["en"])
    sign_in(page, live_server.url, staff)
    address = report.get_absolute_url()
    records = [f"{address}figures/T3/all/closing/", f"{address}figures/T6/all/received/"]
    for path in ["/reports/", "/reports/new/", address, waiting.get_absolute_url(), *records]:
        page.goto(live_server.url + path)
        assert accessibility_problems(page) == [], path
        assert overflow(page) == 0, path


def test_a_wide_table_scrolls_by_keyboard_with_its_first_column_in_place(
    live_server: Any, page: Page, world: worlds.World, staff: User
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    report = made(staff, world)
    sign_in(page, live_server.url, staff)
    page.goto(live_server.url + report.get_absolute_url())
    region = page.get_by_role("region", name="Table Roster by ownership, scrolls sideways")
    region.focus()
    name = region.get_by_role("rowheader", name="Central SOE")
    before = name.bounding_box()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    wait_until(lambda: region.evaluate("region => region.scrollLeft") > 50)
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 1
