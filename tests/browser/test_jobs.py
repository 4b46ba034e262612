"""Long work in the browser: it moves, survives leaving the page, ends by itself, and can be stopped."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.jobs import workflows
from temp_portal.notifications.dispatch import notify
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.factories import user_with
from tests.jobs import kinds

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, server: str, user: User) -> None:
    """Carry a session of the user into the browser."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server}])


@pytest.fixture
def staff(transactional_db: None) -> User:
    return user_with(Role.STAFF)


def test_progress_moves_survives_leaving_and_ends_by_itself(
    live_server: Any, page: Page, staff: User, tmp_path: Path, celery_worker_process: Any
) -> None:
    celery_worker_process(include="tests.jobs.kinds")
    sign_in(page, live_server.url, staff)
    params = {"steps": 12, "journal": str(tmp_path / "journal"), "pause": 0.5}
    job = workflows.start("test.count", params, by=staff, title="to twelve")
    page.goto(live_server.url + job.get_absolute_url())
    bar = page.get_by_role("progressbar", name="Counting: to twelve")
    expect(bar).to_have_attribute("max", "12", timeout=20_000)
    expect(page.get_by_text("of 12 rows")).to_be_visible()
    expect(page.get_by_text("Goes on if you leave this page.")).to_be_visible()
    page.goto(f"{live_server.url}/inbox/")
    page.goto(f"{live_server.url}/jobs/")
    page.get_by_role("link", name="Counting: to twelve").click()
    expect(page.get_by_role("status").get_by_text("finished")).to_be_visible(timeout=20_000)
    expect(bar).to_have_count(0)
    expect(page.locator("#job-history")).to_contain_text("Finished")


def test_a_job_is_stopped_and_tried_again_by_the_keyboard(live_server: Any, page: Page, staff: User) -> None:
    sign_in(page, live_server.url, staff)
    job = workflows.start("test.refuse", {"quarter": "2026-Q3"}, by=staff)
    page.goto(live_server.url + job.get_absolute_url())
    cancel = page.get_by_role("button", name="Cancel")
    cancel.focus()
    with page.expect_response("**/progress/"):
        pass  # the bar has been asked for again
    expect(cancel).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The job was cancelled.")).to_be_visible()
    retry = page.get_by_role("button", name="Retry")
    retry.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The job has been queued again.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(
    live_server: Any, page: Page, staff: User, settings: Any, width: int, theme: str
) -> None:
    settings.MAILBOX_PAGE = True
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server.url, staff)
    failed = workflows.start("test.crash", by=staff, title="a title that is rather long, as titles of reports can be")
    workflows.fail(workflows.claim(failed.pk), "The disk was full.", trace="Traceback\n" + 200 * "x")
    waiting = workflows.start("test.file", by=staff)
    notify("job_finished", waiting, recipients=[staff])
    jobs = [failed.get_absolute_url(), waiting.get_absolute_url()]
    for path in [*jobs, "/jobs/", "/inbox/", "/inbox/preferences/", "/mailbox/"]:
        page.goto(live_server.url + path)
        assert accessibility_problems(page) == [], path
        assert overflow(page) == 0, path


__all__ = ["kinds"]
