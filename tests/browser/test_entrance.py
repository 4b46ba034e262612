"""Signing up, signing in and the second factor, in our look and under the strict policy."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from temp_portal.accounts.models import User
from tests.browser.conftest import accessibility_problems, overflow
from tests.browser.test_look import keep
from tests.live import Sink

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"


@pytest.fixture
def user() -> User:
    user = User.objects.create_user("dana@example.org", PASSWORD, name="Dana Omarova")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/search/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "password/reset/done/", "signup/passkey/"])
def test_pages_before_signing_in(live_server: Any, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/account/{path}")
    keep(page, f"entrance-{path.replace('/', '-')}320")
    expect(page.locator("header.top")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    assert overflow(page) == 0
    assert accessibility_problems(page) == []


def test_wrong_password_is_told_on_top_and_keeps_the_address(live_server: Any, page: Page, user: User) -> None:
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.title().startswith("Error: Sign in")
    expect(page.get_by_label("Email")).to_have_value(user.email)
    keep(page, "entrance-wrong-password")


def test_account_menu_leads_to_every_part_and_out(live_server: Any, page: Page, user: User) -> None:
    sign_in(page, live_server.url)
    expect(page).to_have_url(f"{live_server.url}/search/")
    page.locator(".account summary").click()
    expect(page.locator(".account .pop")).to_contain_text("Dana Omarova")
    keep(page, "account-menu")
    page.locator(".account .pop").get_by_role("link", name="E-mail addresses").click()
    expect(page.locator("h1")).to_have_text("E-mail addresses")
    keep(page, "account-email")
    assert accessibility_problems(page) == []
    page.locator(".subnav").get_by_role("link", name="Password").click()
    expect(page.locator("h1")).to_have_text("Change the password")
    assert accessibility_problems(page) == []
    page.locator(".account summary").click()
    page.locator(".account .pop").get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/search/")
    expect(page.locator(".account").get_by_role("link", name="Sign in")).to_be_visible()


def set_up_app(page: Page) -> None:
    """From the page of second factors to the codes for emergencies."""
    page.get_by_role("link", name="Set up the app").click()
    expect(page.locator("h1")).to_have_text("Is it you?")
    assert accessibility_problems(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("#authenticator_secret").input_value()
    keep(page, "second-factor-app")
    assert accessibility_problems(page) == []
    counter = next(yield_hotp_counters_from_time())
    page.locator("#id_code").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Use the app from now on").click()
    expect(page.locator(".codes li")).to_have_count(10)


def test_second_factor_is_set_up_and_asked_for(live_server: Any, page: Page, user: User) -> None:
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/account/2fa/")
    keep(page, "second-factor")
    assert accessibility_problems(page) == []
    set_up_app(page)
    code = page.locator(".codes li").first.inner_text()
    keep(page, "second-factor-codes")
    page.context.clear_cookies()
    sign_in(page, live_server.url)
    expect(page.locator("h1")).to_have_text("Second factor")
    keep(page, "second-factor-asked")
    assert accessibility_problems(page) == []
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/search/")


def test_the_administration_site_opens_to_a_second_factor_only(live_server: Any, page: Page, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    page.goto(f"{live_server.url}/admin/members/organisation/")
    expect(page.locator("h1")).to_have_text("Sign in")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/account/2fa/")
    expect(page.locator("main")).to_contain_text("The administration site needs a second factor.")
    keep(page, "second-factor-needed")
    set_up_app(page)
    page.goto(f"{live_server.url}/admin/members/organisation/")
    expect(page).to_have_url(f"{live_server.url}/admin/members/organisation/")


def test_forgotten_password(live_server: Any, page: Page, user: User, smtp_sink: Sink) -> None:
    page.goto(f"{live_server.url}/account/password/reset/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator("h1")).to_have_text("The link is on its way")
    [letter] = smtp_sink.to(user.email)
    link = re.search(r"https?://\S+/password/reset/key/\S+", letter.get_content())
    assert link
    page.goto(live_server.url + re.sub(r"^https?://[^/]+", "", link[0]))
    keep(page, "new-password")
    page.locator("#id_password1").fill("another horse battery")
    page.locator("#id_password2").fill("another horse battery")
    page.get_by_role("button", name="Set the new password").click()
    expect(page.locator("h1")).to_have_text("The password is changed")
