"""Two records side by side and the people of a committee, in a real browser."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from members.enums import ConsentChannel, ConsentPurpose
from members.models import Identifier, Organisation, Representative
from members.workflows import record_consent
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.browser.test_committees import enter, examine
from tests.browser.test_time import keep
from tests.factories import CommitteeFactory, OrganisationFactory, PersonFactory, admit, own, user_with
from tests.factories.committees import committee_with_secretary

pytestmark = pytest.mark.django_db(transaction=True)

SINCE = date(2024, 1, 1)


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    one = OrganisationFactory.create(
        legal_name="示例俄翔（北京）贸易有限公司", name_en="Example Trading", city="Beijing", aliases=["REX"]
    )
    other = OrganisationFactory.create(legal_name="示例俄翔(北京)贸易公司", name_en="Example Exiang", city="")
    Identifier.objects.create(organisation=one, scheme="CN-USCC", value="91110108551385082Q", is_primary=True)
    own(one)
    admit(CommitteeFactory.create(name_en="Rail Committee"), one)
    return one, other


def test_two_records_become_one_by_keyboard_and_are_taken_apart(
    live_server: Any, page: Page, context: BrowserContext, client: Any, pair: tuple[Organisation, Organisation]
) -> None:
    one, other = pair
    enter(context, live_server, client, user_with(Role.STAFF))
    examine(page, f"{live_server.url}/organisations/duplicates/")
    keep(page, "duplicates")
    page.get_by_role("link", name="Compare…").press("Enter")
    examine(page, page.url)
    keep(page, "merge")
    page.get_by_role("button", name="Merge the two records").press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("radio", name="Example Exiang").first.check()
    page.get_by_label("How it is known that both are one").fill("The same licence")
    page.get_by_role("button", name="Merge the two records").press("Enter")
    page.wait_for_url(f"**/organisations/{other.pk}/")
    expect(page.get_by_text("Rail Committee")).to_be_visible()
    examine(page, page.url)
    keep(page, "remaining")
    page.get_by_role("link", name="Undo…").press("Enter")
    page.get_by_label("Reason").fill("Two firms after all")
    page.get_by_role("button", name="Take the two records apart").press("Enter")
    expect(page.get_by_text("Two firms after all")).to_be_visible()
    examine(page, f"{live_server.url}/organisations/{one.pk}/duplicates/")


def test_the_people_of_a_committee(live_server: Any, page: Page, context: BrowserContext, client: Any) -> None:
    committee, secretary = committee_with_secretary(name_en="Rail Committee")
    organisation = OrganisationFactory.create()
    person = PersonFactory.create(name="张伟", name_latin="Zhang Wei", name_ru="Чжан Вэй", email="zhang@example.org")
    Representative.objects.create(person=person, organisation=organisation, valid=date_range(SINCE))
    admit(committee, organisation, by=secretary, representative=person)
    record_consent(
        person, ConsentPurpose.PUBLICATION, by=secretary, language="ru", channel=ConsentChannel.PAPER,
        given_on=timezone.localdate(),
    )  # fmt: skip
    enter(context, live_server, client, secretary)
    examine(page, f"{live_server.url}/people/")
    keep(page, "people")
    page.get_by_role("link", name="张伟").press("Enter")
    examine(page, page.url)
    keep(page, "person")
    for name in ("edit", "consents/new"):
        examine(page, f"{live_server.url}/people/{person.pk}/{name}/")
        keep(page, f"person-{name.split('/')[0]}")
    examine(page, f"{live_server.url}/organisations/{organisation.pk}/people/new/")
