"""What a person does on a page: reads it, fills it in, presses a button. Buttons are named by their English source."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import accessibility_problems, overflow

LANGUAGE = "zh-hans"
#: Machines that run the whole suite at once answer slowly.
PATIENCE_MS = 30_000


def zh(text: str) -> str:
    """The Chinese wording of a text of the portal."""
    with translation.override(LANGUAGE):
        return translation.gettext(text)


class Visitor:
    """Somebody with a browser. Every page that is opened is in Chinese, accessible, and fits into the window."""

    def __init__(self, page: Page, server: str) -> None:
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page = page
        self.server = server

    def open(self, address: str) -> None:
        """Go to an address, whole or within the portal; of a link in a letter the host is left out."""
        parts = urlsplit(address)
        self.page.goto(self.server + parts.path + (f"?{parts.query}" if parts.query else ""))
        self.look()

    def look(self) -> None:
        """Examine the page in front of one."""
        page = self.page
        page.wait_for_load_state()
        page.locator("main h1").first.wait_for()  # a page that is still on its way has nothing to check
        assert page.locator("html").get_attribute("lang") == "zh-Hans", page.url
        assert (page.url, accessibility_problems(page)) == (page.url, [])
        assert (page.url, overflow(page)) == (page.url, 0)

    def follow(self, link: str) -> None:
        """Go where a link leads."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=zh(link)).first.click()
        self.look()

    def press(self, button: str, *, clicks: int = 1) -> None:
        """Press a button and arrive at the next page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=zh(button), exact=True).click(click_count=clicks)
        self.look()

    def fill(self, **answers: str) -> None:
        """Type into fields by their names."""
        for field, text in answers.items():
            self.page.locator(f"#id_{field}").fill(text)

    def tick(self, field: str, value: str = "") -> None:
        """Choose a box, or one of several by its value."""
        named = f"[value='{value}']" if value else ""
        self.page.locator(f"input[name={field}]{named}").check()

    def choose(self, field: str, *values: str) -> None:
        """Choose from a list; a long one is searched by typing what it offers."""
        select = self.page.locator(f"select#id_{field}")
        if select.get_attribute("data-select") is None:
            select.select_option(list(values))
            return
        box = self.page.locator(f"#id_{field}-ts-control")
        for value in values:
            offered = select.locator(f"option[value='{value}']").text_content() or ""
            box.click()
            box.fill(offered.strip())
            self.page.locator(f"#id_{field}-ts-dropdown [data-value='{value}']").click()
        box.press("Tab")
        expect(self.page.locator(f"#id_{field}-ts-dropdown")).to_be_hidden()

    def sign_in(self, email: str, password: str) -> None:
        self.fill(login=email, password=password)
        self.press("Sign in")

    def reads(self, text: str) -> None:
        """Something stands on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def bell(self) -> Locator:
        """How many notices are unread; absent when there is none."""
        return self.page.locator("header .unread")

    def download(self, ending: str) -> BytesIO:
        """Fetch the file whose name ends so."""
        with self.page.expect_download() as coming:
            self.page.locator(".files a", has_text=ending).click()
        return BytesIO(Path(coming.value.path()).read_bytes())
