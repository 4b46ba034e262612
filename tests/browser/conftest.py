"""Browser tests: a real Chromium against the live server, which answers with the strict content security policy.

Every test that uses `page` fails when the page writes an error to the console: a policy violation, a script error, a
missing file.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# Playwright's own loop runs in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

WIDTHS = (1280, 390, 320)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Tests name the whole address (`live_server.url`); this stands for the plug-in's own, which pytest deprecates."""
    return ""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Without motion: a colour on its way to another theme is none that could be judged."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@contextmanager
def clean_page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay clean."""
    complaints: list[str] = []
    page = context.new_page()
    page.set_default_timeout(10_000)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not is_expected(message):
            complaints.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page in the test's own browser context."""
    with clean_page(context) as page:
        yield page


def is_expected(message: ConsoleMessage) -> bool:
    """The browser reports a refusal (400, 403, 404) of the page itself as an error, which tests of refusals want."""
    url = str(message.location.get("url", ""))
    return "the server responded with a status of 4" in message.text and "/static/" not in url


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds, one line each: rule, target, advice."""
    results = Axe().run(page)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
