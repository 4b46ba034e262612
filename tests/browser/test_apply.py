"""Applying in the browser: pages save themselves, nothing typed is lost, one press sends once, by keyboard alone."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from committees.enums import ApplicationState
from committees.models import Application
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from tests.browser.conftest import accessibility_problems, overflow
from tests.factories import user_with
from tests.factories.accounts import PASSWORD
from tests.factories.applications import draft, submitted

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Мы перерабатываем алюминий и ищем партнёров."
SAVED_WITHIN_MS = 5_000
PHONE: Any = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}


def enter(page: Page, server: str, user: User) -> None:
    """Carry a session of the user into the browser."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server}])


def path(application: Application, part: str = "") -> str:
    return f"/apply/{application.pk}/{part}"


def motivation(page: Page) -> Any:
    return page.locator("#id_motivation")


def test_what_is_typed_survives_a_browser_that_is_killed(live_server: Any, page: Page, browser: Browser) -> None:
    application, user = draft(motivation="")
    enter(page, live_server.url, user)
    page.goto(live_server.url + path(application, "motivation/"))
    motivation(page).fill(TEXT)
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=SAVED_WITHIN_MS) as saving:
        pass
    assert saving.value.status == 200
    page.context.close()

    again = browser.new_context().new_page()
    enter(again, live_server.url, user)
    again.goto(live_server.url + path(application, "motivation/"))
    expect(motivation(again)).to_have_value(TEXT)
    again.context.close()


@pytest.mark.parametrize("typed_before_sending", [True, False], ids=["saving failed", "sent at once"])
def test_what_is_typed_survives_an_expired_session(live_server: Any, page: Page, typed_before_sending: bool) -> None:
    application, user = draft(motivation="")
    enter(page, live_server.url, user)
    page.goto(live_server.url + path(application, "motivation/"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    motivation(page).fill(TEXT)
    if typed_before_sending:
        expect(page.locator("[data-saved] [data-when=signed-out]")).to_be_visible(timeout=SAVED_WITHIN_MS)
    page.get_by_role("button", name="Save and continue").click()

    expect(page).to_have_title("Sign in · SCO TEMP")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(live_server.url + path(application, "motivation/"))
    expect(motivation(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(live_server.url + path(application))
    application.refresh_from_db()
    assert application.motivation == TEXT


def test_an_old_text_does_not_come_back_over_a_newer_one(live_server: Any, page: Page) -> None:
    application, user = draft(motivation="")
    enter(page, live_server.url, user)
    page.goto(live_server.url + path(application, "motivation/"))
    motivation(page).fill(TEXT)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(live_server.url + path(application))
    Application.objects.filter(pk=application.pk).update(motivation="Newer, from another computer")
    page.goto(live_server.url + path(application, "motivation/"))
    expect(motivation(page)).to_have_value("Newer, from another computer")


def test_two_people_on_one_draft_in_chinese_on_a_phone_by_keyboard(
    live_server: Any, page: Page, browser: Browser
) -> None:
    application, first = draft(controller="")
    second = user_with(Role.REPRESENTATIVE, application.organisation, name="李明")
    colleague = browser.new_context(**PHONE).new_page()
    here = browser.new_context(**PHONE).new_page()
    for window, user in ((here, first), (colleague, second)):
        enter(window, live_server.url, user)
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": live_server.url}
        window.context.add_cookies([cookie])
        window.goto(live_server.url + path(application, "ownership/"))
    tab_to(colleague, "id_controller")
    colleague.keyboard.type("李氏家族")
    saved(colleague)

    tab_to(here, "id_controller")
    here.keyboard.type("张氏家族")
    compare = here.locator("[data-when=conflict] button")
    expect(compare).to_be_visible(timeout=SAVED_WITHIN_MS)
    expect(here.locator("#id_controller")).to_have_value("张氏家族")
    compare.press("Enter")
    expect(here.locator("main")).to_contain_text("李氏家族")
    expect(here.locator("#id_controller")).to_have_value("张氏家族")
    assert accessibility_problems(here) == []
    assert overflow(here) == 0
    mine = here.locator("input[name=_choice_controller][value=mine]")
    mine.focus()
    here.keyboard.press("Space")
    here.keyboard.press("Enter")
    expect(here).to_have_url(live_server.url + path(application, "markets/"))
    application.refresh_from_db()
    assert application.controller == "张氏家族"
    for window in (here, colleague):
        window.context.close()


def saved(page: Page) -> None:
    """The page says at what time it was saved."""
    expect(page.locator("[data-saved] [data-when=saved] time")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_a_double_click_submits_once(live_server: Any, page: Page) -> None:
    application, user = draft()
    enter(page, live_server.url, user)
    page.goto(live_server.url + path(application, "check/"))
    page.get_by_role("button", name="Submit the application").dblclick()
    expect(page.locator(".messages")).to_contain_text("has been received")
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert Transition.objects.of(application).filter(move="submit").count() == 1


def test_the_keyboard_alone_decides(live_server: Any, page: Page) -> None:
    application, _user = submitted()
    enter(page, live_server.url, user_with(Role.SECRETARY, application.committee))
    page.goto(live_server.url + application.get_absolute_url())
    tab_to(page, "reason")
    page.keyboard.type("Outside the industry")
    for _button in ("approve", "return", "reject"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reject the application")
    tab_to(page, "Reject and write to the enterprise", "textContent.trim()")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("was rejected")
    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (ApplicationState.REJECTED, "Outside the industry")


def tab_to(page: Page, element: str, mark: str = "id", most: int = 60) -> None:
    """Press Tab until the element with this id, or another mark, has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.{mark}") == element:
            return
    raise AssertionError(f"{element} is not reached by the keyboard")
