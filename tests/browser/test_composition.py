"""Rules of composition and re-elections in a real browser: nothing for axe to find, no sideways scroll."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from committees.models import Committee, Position, Term
from members.enums import OwnershipType
from temp_portal.accounts.models import User
from temp_portal.core.db import date_range
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.browser.test_committees import enter, examine
from tests.factories import OrganisationFactory, admit, committee_with_secretary, give_rules, own

pytestmark = pytest.mark.django_db(transaction=True)

CODES = [{"scheme": "GB/T 4754", "version": "2017", "code": "32"}]


@pytest.fixture
def kept() -> tuple[Committee, User]:
    """A committee with rules and members, and organisations of its trade that are none."""
    committee, secretary = committee_with_secretary(slug="copper", industry_codes=CODES)
    give_rules(committee)
    for number, kind in enumerate([*OwnershipType, OwnershipType.PRIVATE]):
        organisation = OrganisationFactory.create(industry_codes=CODES)
        own(organisation, kind, controller=f"Owner {number % 5}")
        if kind != OwnershipType.LOCAL_SOE:
            admit(committee, organisation, by=secretary)
    return committee, secretary


def look(page: Page) -> None:
    """The same for a page that cannot be asked for again: the answer to a form."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert accessibility_problems(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0, width


def test_rules_and_what_would_change(
    live_server: Any, context: BrowserContext, page: Page, client: Any, kept: tuple[Committee, User]
) -> None:
    committee, secretary = kept
    enter(context, live_server, client, secretary)
    for path in ("", "roster/", "composition/", "settings/", "settings/rules/R5/"):
        examine(page, f"{live_server.url}/committees/{committee.slug}/{path}")
    page.goto(f"{live_server.url}/committees/{committee.slug}/composition/")
    page.get_by_role("link", name="to the question").first.click()
    expect(page.get_by_role("region", name="Rules before and after")).to_contain_text("4 of 4 = 100.0%")
    examine(page, page.url)


def test_organisations_are_chosen_by_typing(
    live_server: Any, context: BrowserContext, page: Page, client: Any, kept: tuple[Committee, User]
) -> None:
    committee, secretary = kept
    enter(context, live_server, client, secretary)
    for name in ("Tianshan Wire", "Aktau Cable"):
        OrganisationFactory.create(name_en=name)
    page.goto(f"{live_server.url}/committees/{committee.slug}/composition/")
    box = page.get_by_role("combobox", name="If these were admitted")
    for typed, name in (("tiansh", "Tianshan Wire"), ("aktau", "Aktau Cable")):
        box.fill(typed)
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("region", name="Rules before and after")).to_be_visible()
    assert page.url.count("organisation=") == len(("Tianshan Wire", "Aktau Cable"))


def test_a_re_election_from_the_announcement_to_the_new_term(
    live_server: Any, context: BrowserContext, page: Page, client: Any, kept: tuple[Committee, User]
) -> None:
    committee, secretary = kept
    for code, least, most in (("chair", 1, 1), ("vice_chair", 2, 8)):
        Position.objects.create(
            committee=committee, code=code, title_en=code, holders_min=least, holders_max=most, rank=most
        )
    Term.objects.create(committee=committee, number=1, valid=date_range(date(2022, 3, 1), date(2027, 3, 1)))
    enter(context, live_server, client, secretary)
    address = f"{live_server.url}/committees/{committee.slug}/re-election/"
    examine(page, address)
    page.get_by_role("link", name="Announce the re-election…").click()
    page.get_by_label("Day of the assembly").fill(timezone.localdate().isoformat())
    page.get_by_label("Decision document").fill("Decision 3")
    page.get_by_role("button", name="Check the announcement").click()
    look(page)
    page.get_by_role("button", name="Announce and tell the members").click()
    for label in ("chair", "vice_chair"):
        box = page.get_by_role("combobox", name=re.compile(f"^{label}"))
        box.fill("Example")
        page.locator(".ts-dropdown:visible").get_by_role("option").first.click()
        page.keyboard.press("Tab")
    look(page)
    page.get_by_role("button", name="Save and check the slate").click()
    examine(page, page.url)
    page.get_by_role("button", name="Close the slate").click()
    page.get_by_role("link", name="Record the result…").click()
    look(page)
    page.get_by_label("Minutes of the election").fill("Minutes 9")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Check the result").click()
    look(page)
    page.get_by_role("button", name="Record the result and open the term").click()
    expect(page.get_by_role("region", name="Terms of office")).to_contain_text("Term 2")
    page.get_by_role("region", name="Terms of office").get_by_role("link").first.click()
    examine(page, page.url)
