"""The look itself: nothing sticks out, nothing offends axe, the policy is kept, in each language, width and theme."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from members.models import Organisation
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.gallery")]

#: SCREENS=1 writes what a person should look at to var/screens.
SCREENS = settings.VAR_DIR / "screens"
LANGUAGES = ("en", "zh-hans", "ru")


def keep(page: Page, name: str) -> None:
    """Write a screenshot of the whole page when SCREENS is set."""
    if os.environ.get("SCREENS"):
        Path(SCREENS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def organisations() -> None:
    """Firms of four countries, some without a translated name."""
    Organisation.objects.bulk_create(
        Organisation(
            legal_name=["龙河铝业集团有限公司", "ТОО «Актау Метал Трейд»", "渝州铜业股份有限公司"][n % 3] + f" {n}",
            legal_name_language=["zh-hans", "ru", "zh-hans"][n % 3],
            name_en=["Longhe Aluminium Group", "", "Yuzhou Copper Works"][n % 3] + (f" {n}" if n % 3 != 1 else ""),
            country=["CN", "KZ", "CN", "UZ"][n % 4],
            city=["Chongqing", "", "Aktau"][n % 3],
            region="Yuzhong" if n % 3 == 0 else "",
            registered_on=f"20{n % 20 + 5:02}-03-{n % 27 + 1:02}",
            registered_capital=None if n % 5 == 0 else n * 1_250_000,
            capital_currency="CNY",
            website="https://example.org/",
        )
        for n in range(60)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/gallery/", "/listing/organisations/?country=KZ"])
def test_fits_and_is_accessible(live_server: Any, page: Page, address: str, width: int, theme: str) -> None:
    organisations()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(live_server.url + address)
    page.wait_for_load_state("networkidle")
    keep(page, f"{'gallery' if 'gallery' in address else 'list'}-{width}-{theme}")
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    assert overflow(page) == 0
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switch_keeps_page_and_query(live_server: Any, page: Page, language: str) -> None:
    organisations()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{live_server.url}/listing/organisations/?country=KZ&sort=-name")
    page.locator(f".langs button[value='{language}']").click()
    expect(page.locator("html")).to_have_attribute("lang", {"zh-hans": "zh-Hans"}.get(language, language))
    assert page.url == f"{live_server.url}/listing/organisations/?country=KZ&sort=-name"
    keep(page, f"list-390-{language}")
    assert overflow(page) == 0


def test_invalid_form_takes_the_focus_and_keeps_values(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_label("Ultimate controlling owner").fill("Saryarka Holding")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("Ultimate controlling owner")).to_have_value("Saryarka Holding")
    page.get_by_role("link", name="From when").click()
    expect(page.locator("#id_since")).to_be_focused()
    keep(page, "form-errors-1280")
    assert accessibility_problems(page) == []
