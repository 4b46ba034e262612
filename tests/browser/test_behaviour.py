"""What the page does by itself: shortcuts, menus, theme, double presses, picking rows, filters that survive Back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from members.models import Organisation
from tests.browser.conftest import accessibility_problems, overflow
from tests.browser.test_look import keep, organisations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.gallery")]

LIST = "/listing/organisations/"


def test_search_is_one_shortcut_away(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    page.keyboard.press("Control+k")
    expect(page.locator(".tools > .find input")).to_be_focused()
    page.keyboard.type("特变")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/search/?q=%E7%89%B9%E5%8F%98")
    expect(page.locator("main")).to_contain_text("Nothing that you may see is called “特变”")
    assert accessibility_problems(page) == []


def test_on_a_phone_the_shortcut_opens_the_menu(live_server: Any, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/gallery/")
    page.keyboard.press("Meta+k")
    expect(page.locator(".sheet .find input")).to_be_focused()
    expect(page.locator(".sheet").get_by_role("link", name="Committees")).to_be_visible()
    keep(page, "menu-390")
    assert overflow(page) == 0
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".top-narrow summary")).to_be_focused()


def test_skip_link_is_the_first_stop(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_theme_is_remembered_and_charts_follow(live_server: Any, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server.url}/gallery/")
    page.wait_for_function("window.Chart && Chart.getChart(document.querySelector('canvas'))")
    colour = "Chart.getChart(document.querySelector('canvas')).data.datasets[0].borderColor"
    before = page.evaluate(colour)
    page.locator(".tools > [data-theme-toggle]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate(colour) != before
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_paper_is_light(live_server: Any, page: Page) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(f"{live_server.url}/gallery/")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()") == "#17242b"
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()
    assert (
        page.locator("table.t thead").first.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    )
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_a_chart_says_what_its_table_says(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    page.wait_for_function("window.Chart && Chart.getChart(document.querySelector('canvas'))")
    sets = page.evaluate("Chart.getChart(document.querySelector('canvas')).data.datasets.map(s => [s.label, s.data])")
    assert sets == [
        ["Central SOE", [7, 7, 7, 8, 9]],
        ["Local SOE", [7, 7, 8, 8, 7]],
        ["Private", [14, 15, 15, 17, 19]],
        ["Foreign", [5, 5, 6, 6, 7]],
    ]


def test_a_double_press_sends_once(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.evaluate(
        """() => {
          const button = document.querySelector('.form-page button[type=submit]');
          button.click();
          button.click();
          button.click();
        }"""
    )
    expect(page.locator("[data-error-summary]")).to_be_visible()
    assert sent == ["POST"]


def test_long_selects_are_searchable_from_the_keyboard(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    # The script puts a box in the place of the select, which has the same role and name.
    box = page.locator("input").and_(page.get_by_role("combobox", name="Country (optional)"))
    box.click()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.type("Country 17")
    expect(page.locator(".ts-dropdown .option.active")).to_have_text("Country 17")
    keep(page, "select-open")
    page.keyboard.press("Enter")
    assert page.locator("#id_country").input_value() == "c17"
    assert accessibility_problems(page) == []


def test_filters_live_in_the_address_and_back_restores_them(live_server: Any, page: Page) -> None:
    organisations()
    page.goto(live_server.url + LIST)
    page.get_by_text("+ Country").click()
    expect(page.get_by_role("textbox", name="Country")).to_be_focused()
    keep(page, "filter-open")
    page.keyboard.type("KZ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}{LIST}?country=KZ")
    expect(page.locator(".bar-tools strong")).to_have_text("15 records")
    page.get_by_role("link", name="Organisation", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}{LIST}?country=KZ&sort=-name")
    page.get_by_label("Remove filter Country").click()
    expect(page).to_have_url(f"{live_server.url}{LIST}?sort=-name")
    expect(page.locator(".bar-tools strong")).to_have_text("60 records")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("21–40 of 60")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("1–20 of 60")
    page.go_back()
    expect(page.locator(".chip")).to_contain_text("Country: KZ")
    expect(page.locator(".bar-tools strong")).to_have_text("15 records")


def test_columns_are_chosen(live_server: Any, page: Page) -> None:
    organisations()
    page.goto(live_server.url + LIST)
    page.get_by_text("Columns, 7 of 9").click()
    page.get_by_label("Website").check()
    page.locator(".pop").get_by_label("Capital").uncheck()
    keep(page, "columns-open")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Website")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Capital")).to_have_count(0)


def test_picking_rows_is_counted_exactly(live_server: Any, page: Page) -> None:
    organisations()
    page.goto(f"{live_server.url}{LIST}?kind=enterprise")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    boxes = page.locator("input[data-pick]")
    boxes.nth(0).check()
    boxes.nth(3).check()
    expect(bar).to_contain_text("2 selected on this page")
    expect(page.locator("tr[aria-selected=true]")).to_have_count(2)
    keep(page, "bulk-page")
    assert accessibility_problems(page) == []
    page.get_by_label("Select the 20 on this page").check()
    expect(bar).to_contain_text("20 selected on this page")
    bar.get_by_role("button", name="Select all 60 that match").click()
    expect(bar).to_contain_text("All 60 that match are selected")
    boxes.nth(0).uncheck()
    expect(bar).to_contain_text("19 selected on this page")
    bar.get_by_role("button", name="Select all 60 that match").click()
    bar.get_by_role("button", name="Archive…").click()
    expect(page.locator("body")).to_have_text("60 True")


def test_a_phone_has_no_sideways_scroll_with_the_bulk_bar(live_server: Any, page: Page) -> None:
    organisations()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + LIST)
    page.locator("input[data-pick]").first.check()
    expect(page.locator("[data-bulk]")).to_be_visible()
    assert overflow(page) == 0
    page.get_by_text("+ Status").click()
    expect(page.locator(".chips .menu[open] .pop")).to_be_in_viewport()
    assert overflow(page) == 0


def test_an_approximate_count_is_called_approximate(live_server: Any, page: Page) -> None:
    Organisation.objects.bulk_create(Organisation(legal_name=f"Firm {number}") for number in range(10_050))
    page.goto(live_server.url + LIST)
    expect(page.locator(".bar-tools strong")).to_have_text(["10,000+ records"])
