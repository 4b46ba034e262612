"""Every page that takes no argument and one page of every record, on the narrowest phone, for each kind of reader.

The addresses come from the URL patterns and the models, so a new page is in here by itself.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from temp_portal.accounts.models import User
from temp_portal.core import demo
from tests.browser.conftest import accessibility_problems, overflow

pytestmark = pytest.mark.django_db(transaction=True)

#: Not pages of ours, or no pages: another application's, files, answers to programs.
FOREIGN = ("admin/", "api/v1/", "api/schema/", "i18n/", "health/", "metrics", "account/logout/")
FILES = (".csv", ".xlsx", ".json", ".pdf", ".vcf")


def plain_addresses(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Addresses of all patterns without an argument."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).strip("^$")
        if isinstance(pattern, URLResolver):
            yield from plain_addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not set("<(?[\\") & set(route):
            yield route


def record_addresses(reader: User | AnonymousUser) -> Iterator[str]:
    """The page of the newest record of every model that the reader may see."""
    for model in apps.get_models():
        if hasattr(model, "get_absolute_url"):
            rows: Any = model._default_manager
            rows = rows.visible_to(reader) if hasattr(rows, "visible_to") else rows.all()
            yield from (record.get_absolute_url() for record in rows.order_by("-pk")[:1])


def addresses(reader: User | AnonymousUser) -> list[str]:
    """What the reader could open."""
    plain = plain_addresses(get_resolver().url_patterns)
    pages = {f"/{address}" for address in plain if not address.startswith(FOREIGN) and not address.endswith(FILES)}
    return sorted({*pages, *record_addresses(reader)})


def sign_in(page: Page, server: str, account: str) -> None:
    page.goto(f"{server}/account/login/")
    page.locator("#id_login").fill(account)
    page.locator("#id_password").fill(demo.PASSWORD)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"{server}/me/")


def problems_of(page: Page, server: str, address: str) -> list[str]:
    """What is wrong with a page, if the reader may see it: it fails, sticks out, or offends axe."""
    answer = page.request.get(server + address, max_redirects=0)
    if answer.status >= 500:
        return [f"status {answer.status}"]
    is_page = str(answer.headers.get("content-type")).startswith("text/html") and "<html" in answer.text()
    if answer.status != 200 or not is_page:
        return []
    page.goto(server + address)
    wide = overflow(page)
    return [*([f"{wide} px too wide"] if wide else []), *accessibility_problems(page)]


@pytest.mark.parametrize(
    ("account", "language"),
    [
        ("", "ru"),
        ("secretary@example.org", "ru"),
        ("staff@example.org", "zh-hans"),
        ("enterprise@example.org", "en"),
    ],
    ids=["visitor", "secretary", "staff", "representative"],
)
def test_fits_a_phone_and_is_accessible(live_server: Any, page: Page, account: str, language: str) -> None:
    demo.load()
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark" if account else "light")
    if account:
        sign_in(page, live_server.url, account)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    reader = User.objects.get(email=account) if account else AnonymousUser()
    checked = {address: problems_of(page, live_server.url, address) for address in addresses(reader)}
    assert {address: problems for address, problems in checked.items() if problems} == {}
