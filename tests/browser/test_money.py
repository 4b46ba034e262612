"""An amount is recorded and shown with its rate, on a wide screen and on a phone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from projects.models import ExchangeRate, ProjectCountry, Sponsorship
from temp_portal.accounts.enums import Role
from tests.browser.test_committees import enter, examine
from tests.browser.test_time import keep
from tests.factories import CommitteeFactory, MoneyEventFactory, ProjectFactory, user_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_amount_and_its_rate(live_server: Any, page: Page, context: BrowserContext, client: Any) -> None:
    committee, project = CommitteeFactory.create(), ProjectFactory.create(title_en="Light rail")
    Sponsorship.objects.create(project=project, committee=committee)
    ProjectCountry.objects.create(project=project, country="ET")
    ExchangeRate.objects.create(base="USD", quote="CNY", date=date(2026, 4, 30), rate=Decimal("7.1032"), source="Bank")
    wrong = MoneyEventFactory.create(project=project, kind="guarantee", amount=7, event_date=date(2026, 5, 1))
    MoneyEventFactory.create(project=project, kind="guarantee", amount=9, supersedes=wrong, reason="Misprint")
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    address = f"{live_server.url}/projects/{project.code}/money/"
    examine(page, f"{address}new/")
    page.get_by_label("Kind").select_option("committed")
    page.get_by_label("Amount").fill("2 000 000,5")
    page.get_by_label("Currency").fill("cny")
    page.get_by_label("Date").fill("2026-05")
    page.get_by_label("Evidence").fill("Loan agreement no. 12")
    page.get_by_label("Finance type").select_option("1100")
    page.get_by_role("button", name="Record the amount").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("does not go with this kind")
    expect(page.get_by_label("Amount")).to_have_value("2 000 000,5")
    page.get_by_label("Finance type").select_option("421")
    page.get_by_role("button", name="Record the amount").click()
    expect(page.locator("main")).to_contain_text("CNY\u00a02,000,000.50")
    expect(page.locator("main")).to_contain_text("0.140782 · 30 Apr 2026 · Bank")
    examine(page, address)
    keep(page, "money")
    examine(page, f"{live_server.url}/rates/?currency=CNY")
    keep(page, "rates")
