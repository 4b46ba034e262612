"""From the committee's page to the seat: on a phone, by keyboard alone, in Chinese."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from committees.enums import ApplicationState, EvidenceKind
from committees.models import Application, Committee
from committees.workflows import questions
from members.enums import OwnershipType
from members.models import Identifier
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from tests.browser.conftest import clean_page
from tests.browser.keyboard import Keyboard
from tests.browser.test_apply import PHONE, enter
from tests.documents.corpus import good
from tests.factories import OrganisationFactory, committee_with_secretary, own, user_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committee(db: None) -> Committee:
    """A committee that asks a question of its own and one document."""
    committee, secretary = committee_with_secretary(slug="copper", name_zh_hans="铜业工作委员会")
    draft = questions.draft_of(committee, by=secretary)
    questions.save_question(draft, by=secretary, kind="number", text_zh_hans="贵单位有多少名员工？")
    questions.ask_evidence(draft, [EvidenceKind.REGISTER_EXTRACT], by=secretary)
    questions.publish(draft, by=secretary)
    return committee


@pytest.fixture
def representative(db: None) -> User:
    """Somebody who acts for an enterprise whose ownership is verified."""
    firm = OrganisationFactory.create(legal_name="青石铜业有限公司", name_zh_hans="青石铜业有限公司", country="CN")
    Identifier.objects.create(organisation=firm, scheme="CN-USCC", value="91510104805446130F", is_primary=True)
    own(firm, OwnershipType.PRIVATE)
    return user_with(Role.REPRESENTATIVE, firm, name="宋雨桐")


def test_from_the_committees_page_to_the_seat(
    live_server: Any, browser: Browser, committee: Committee, representative: User, tmp_path: Path
) -> None:
    with phone_of(browser, live_server.url, representative) as keys:
        apply(keys, live_server.url, tmp_path)
    application = Application.objects.get()
    assert application.state == ApplicationState.SUBMITTED
    secretary = User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, committee.pk).get()
    with phone_of(browser, live_server.url, secretary) as keys:
        approve(keys, live_server.url, application)
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    with phone_of(browser, live_server.url, representative) as keys:
        keys.page.goto(f"{live_server.url}/me/")
        keys.looks_right("member")
        keys.follow(f"main a[href='/apply/{application.pk}/']")
        keys.looks_right("approved")


@contextmanager
def phone_of(browser: Browser, server: str, user: User) -> Iterator[Keyboard]:
    """A phone that speaks Chinese, on which the user is signed in."""
    context = browser.new_context(**PHONE)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": server}])
    with clean_page(context) as page:
        enter(page, server, user)
        yield Keyboard(page, "applying")
    context.close()


def apply(keys: Keyboard, server: str, folder: Path) -> None:
    """Everything an enterprise does, from the page that invites it to the receipt."""
    page = keys.page
    page.goto(f"{server}/committees/copper/joining/")
    keys.looks_right("joining")
    keys.follow("main a[href*='/apply/?committee=copper']")
    keys.looks_right("begin")
    keys.send()
    keys.looks_right("tasks")
    keys.follow("main a[href$='/ownership/']")
    keys.to("[name=ownership_type]")
    page.keyboard.press("ArrowDown")
    keys.type("controller", "李氏家族")
    keys.type("ownership_evidence", "2026年5月1日股东名册")
    keys.looks_right("ownership")
    keys.send()
    keys.choose("industry_codes", "有色")
    keys.choose("target_countries", "哈萨克")
    keys.looks_right("markets")
    keys.send()
    keys.tick("notice_confirmed")
    keys.type("post", "总经理")
    keys.choose("languages", "俄")
    keys.tick("representation")
    keys.looks_right("representative")
    keys.send()
    keys.looks_right("documents")
    keys.follow("main a[href*='documents/new/']")
    keys.looks_right("attach")
    extract = folder / "extract.pdf"
    extract.write_bytes(good.typeset())
    page.locator("input[type=file]").set_input_files(extract)  # the system's own window, which no page sees
    keys.send()
    keys.looks_right("attached")
    keys.follow("main a.btn-primary")
    keys.to("main [name^=question_]")
    page.keyboard.type("240")
    keys.looks_right("questions")
    keys.send()
    keys.choose("chain_role", "制造")
    keys.type("motivation", "我们生产铜材，寻找哈萨克斯坦的合作伙伴。")
    keys.looks_right("motivation")
    keys.send()
    keys.looks_right("complete")
    keys.follow("main a[href$='/check/']")
    keys.looks_right("check")
    keys.send()
    keys.looks_right("receipt")


def approve(keys: Keyboard, server: str, application: Application) -> None:
    """The committee's secretary takes the enterprise in."""
    page = keys.page
    page.goto(server + application.get_absolute_url())
    keys.looks_right("review")
    keys.follow("main button[formaction$='/approve/']")
    keys.looks_right("approve")
    keys.send()
    keys.looks_right("decided")
