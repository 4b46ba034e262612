"""The pages of committees in a real browser: nothing for axe to find, no sideways scroll, done by keyboard alone."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from committees.models import Committee, Seat
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from members.models import Organisation
from projects.models import ProjectCountry
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.factories import OrganisationFactory, ProjectFactory, admit, committee_with_secretary, own, user_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committee() -> Committee:
    """A committee with members of every kind, an officer, somebody suspended, somebody who left; and a project."""
    committee, secretary = committee_with_secretary(
        slug="copper", mandate_en="Opens deposits together.", contact_email="office@example.org"
    )
    office = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    for kind in OwnershipType:
        organisation = OrganisationFactory.create()
        own(organisation, kind)
        admit(committee, organisation, by=secretary)
    first, second, third = Seat.objects.order_by("pk")[:3]
    appointments.appoint(first, office, by=secretary, effective_on=date(2024, 2, 1))
    seats.suspend(second, by=secretary, effective_on=date(2024, 3, 1), reason="Dues unpaid")
    seats.end(third, by=secretary, effective_on=date(2024, 4, 1), how="resigned", reason="Letter")
    ProjectCountry.objects.create(project=ProjectFactory.create(), country="KZ")
    return committee


def enter(context: BrowserContext, live_server: Any, client: Any, user: User) -> None:
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def examine(page: Page, address: str) -> None:
    """axe at the widest, sideways scroll at every width."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    assert accessibility_problems(page) == [], address
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0, (address, width)


def test_public_pages(live_server: Any, page: Page, committee: Committee) -> None:
    for path in (
        "/",
        "/committees/",
        "/committees/members/",
        "/committees/copper/",
        "/committees/copper/?as_of=2024-03-15",
        "/committees/copper/?as_of=15.03.2024",
    ):
        examine(page, live_server.url + path)


def test_pages_of_those_who_keep_the_committee(
    live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee
) -> None:
    enter(context, live_server, client, user_with(Role.STAFF))
    seat = committee.seats.order_by("pk")[0]
    newcomer = OrganisationFactory.create(legal_name="特变电工股份有限公司")
    for path in (
        "roster/",
        "roster/?standing=all&as_of=2024-05-01",
        f"seats/{seat.pk}/",
        f"seats/{seat.pk}/change/",
        f"seats/{seat.pk}/end/",
        f"seats/{seat.pk}/appoint/",
        "admit/?q=tebian",
        f"admit/?organisation={newcomer.pk}",
        "settings/",
        "settings/description/",
        "settings/steps/suspend/",
    ):
        examine(page, f"{live_server.url}/committees/copper/{path}")
    examine(page, f"{live_server.url}/committees/new/")


def test_a_committee_is_created_by_keyboard(live_server: Any, page: Page, context: BrowserContext, client: Any) -> None:
    wanted = OrganisationFactory.create(legal_name="特变电工股份有限公司", name_en="")
    OrganisationFactory.create(legal_name="特钢集团", name_en="")
    enter(context, live_server, client, user_with(Role.STAFF))
    page.goto(f"{live_server.url}/committees/new/")
    page.get_by_label("Name in English").fill("Copper Committee")
    page.get_by_label("Address in the portal").fill("copper")
    page.get_by_label("Sector").select_option("materials")
    # Answers to "т" and "тэ" arrive before the one to "тэбянь", which alone is offered.
    page.get_by_role("combobox", name="Initiator").press_sequentially("тэбянь", delay=30)
    expect(page.locator("#id_initiator-ts-dropdown [role=option]")).to_have_text([str(wanted)])
    page.keyboard.press("Enter")
    page.get_by_label("In this state since").fill("1 March 2024")
    page.get_by_role("button", name="Create the committee").press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#id_initiator")).to_have_value(str(wanted.pk))
    page.get_by_label("In this state since").fill("2024-03-01")
    page.get_by_role("button", name="Create the committee").press("Enter")
    page.wait_for_url("**/committees/copper/settings/")
    assert Committee.objects.get().initiator == wanted


def test_a_member_is_admitted_and_shown_on_the_roster(
    live_server: Any, page: Page, context: BrowserContext, client: Any, committee: Committee
) -> None:
    newcomer = OrganisationFactory.create(legal_name="特变电工股份有限公司", name_en="Tebian Electric")
    own(newcomer, OwnershipType.PRIVATE)
    enter(context, live_server, client, user_with(Role.SECRETARY, committee))
    page.goto(f"{live_server.url}/committees/copper/roster/")
    page.get_by_role("link", name="Admit a member…").click()
    page.get_by_label("Find the organisation").fill("tebian")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose Tebian Electric").press("Enter")
    expect(page.locator("main")).to_contain_text("0 → 1 (")
    page.get_by_label("Member from").fill("2024-05-06")
    page.get_by_label("Decision document").fill("Minutes 3")
    page.get_by_role("button", name="Admit and give a seat").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tebian Electric has its seat.")
    page.goto(f"{live_server.url}/committees/copper/roster/?q=特变")
    expect(page.locator("table.roster tbody tr")).to_have_count(1)
    expect(page.locator("table.roster tbody tr")).to_contain_text("6 May 2024")
    assert Organisation.objects.get(seats__valid__startswith=date(2024, 5, 6)) == newcomer
