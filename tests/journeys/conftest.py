"""People who use the portal in Chinese, each in a browser of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.browser.conftest import base_url, clean_page
from tests.journeys.visitor import LANGUAGE, Visitor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever begins a visit needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "visit" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Open the portal in a new browser of some width, in Chinese; its console must stay clean to the end."""
    with ExitStack() as stack:

        def begin(width: int = 1280) -> Visitor:
            context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
            stack.callback(context.close)
            cookie = settings.LANGUAGE_COOKIE_NAME
            context.add_cookies([{"name": cookie, "value": LANGUAGE, "url": live_server.url}])
            return Visitor(stack.enter_context(clean_page(context)), live_server.url)

        yield begin


__all__ = ["base_url"]
