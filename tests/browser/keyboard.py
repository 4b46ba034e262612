"""A person who has no mouse."""

from playwright.sync_api import Page

from tests.browser.conftest import accessibility_problems, overflow
from tests.browser.test_look import keep

MOST_PRESSES = 80


class Keyboard:
    """Works a page by keys alone; `looks_right` keeps a picture and asks axe."""

    def __init__(self, page: Page, story: str) -> None:
        self.page, self.story = page, story

    def to(self, selector: str) -> None:
        """Press Tab until an element that fits has the focus."""
        for _press in range(MOST_PRESSES):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached by the keyboard")

    def type(self, field: str, text: str) -> None:
        self.to(f"[name={field}]")
        self.page.keyboard.type(text)

    def tick(self, field: str) -> None:
        self.to(f"[name={field}]")
        self.page.keyboard.press("Space")

    def choose(self, field: str, text: str) -> None:
        """Type into a list with search and take the first that is found."""
        self.to(f"#id_{field}-ts-control")
        self.page.keyboard.type(text)
        self.page.locator(f"#id_{field}-ts-dropdown [role=option].active").wait_for()
        self.page.keyboard.press("Enter")

    def press(self, selector: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Enter")

    def follow(self, selector: str) -> None:
        """Press Enter on what leads to another page, and wait for it."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def send(self) -> None:
        self.follow("main form button[type=submit].btn-primary")

    def looks_right(self, name: str) -> None:
        keep(self.page, f"{self.story}-{name}-390")
        assert overflow(self.page) == 0, name
        assert accessibility_problems(self.page) == [], name
