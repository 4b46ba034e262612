"""The roster as a sheet in a real browser: moved through and edited by keyboard, and by touch where it is cards."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from committees.models import Committee, Seat
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from members.models import Representative
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.core.db import date_range
from tests.browser.conftest import WIDTHS, accessibility_problems, overflow
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary, own, user_with

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = date(2024, 1, 10)
COLUMNS = "role,chain,position,representative,voting"


@pytest.fixture
def roster(live_server: Any, page: Page, context: BrowserContext, client: Any) -> tuple[Committee, User]:
    """(committee, secretary): three members named A, B and C, the secretary signed in in the browser."""
    committee, secretary = committee_with_secretary(slug="copper")
    committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    for name, kind in (("A", OwnershipType.CENTRAL_SOE), ("B", OwnershipType.PRIVATE), ("C", OwnershipType.OVERSEAS)):
        organisation = OrganisationFactory.create(legal_name=f"{name}公司", name_en=f"{name} Company")
        own(organisation, kind)
        admit(committee, organisation, by=secretary, on=JANUARY, functional_role="none")
    client.force_login(secretary)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return committee, secretary


def visit(page: Page, live_server: Any, width: int = 1280, **query: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    query = {"sort": "organisation", "cols": COLUMNS} | query
    page.goto(f"{live_server.url}/committees/copper/roster/?{'&'.join(f'{k}={v}' for k, v in query.items())}")
    expect(page.locator("table[role=grid]")).to_be_visible()


def cell(page: Page, member: str, field: str) -> Locator:
    return page.get_by_role("row").filter(has_text=f"{member} Company").locator(f"[data-edit={field}]")


def editor(page: Page) -> Locator:
    return page.locator("#cell-editor")


def seat(member: str) -> Seat:
    found: Seat = Seat.objects.get(organisation__name_en=f"{member} Company")
    return found


def test_cells_are_edited_by_keyboard_alone(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    cell(page, "A", "functional_role").focus()
    # Typing opens the list at what begins so; Enter saves and goes down as in a spreadsheet.
    page.keyboard.press("s")
    expect(editor(page)).to_be_visible()
    expect(editor(page).get_by_role("listbox")).to_have_value("support")
    page.keyboard.press("Enter")
    expect(cell(page, "A", "functional_role")).to_have_text("Support")
    expect(cell(page, "B", "functional_role")).to_be_focused()
    # Enter opens, arrows choose, Esc restores.
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(editor(page)).to_be_hidden()
    expect(cell(page, "B", "functional_role")).to_have_text("None")
    expect(cell(page, "B", "functional_role")).to_be_focused()
    # Tab saves and moves on; Shift+Tab back.
    page.keyboard.press("Enter")
    page.keyboard.press("l")
    page.keyboard.press("Tab")
    expect(cell(page, "B", "chain_role")).to_be_focused()
    expect(cell(page, "B", "functional_role")).to_have_text("Lead")
    page.keyboard.press("F2")
    page.keyboard.press("Shift+Tab")
    expect(cell(page, "B", "functional_role")).to_be_focused()
    assert (seat("A").functional_role, seat("B").functional_role) == ("support", "lead")


def test_arrows_reach_every_cell_and_tab_leaves_the_grid(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    grid = page.get_by_role("grid")
    expect(grid.locator('[tabindex="0"]')).to_have_count(1)
    cell(page, "A", "functional_role").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="A Company")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Organisation", exact=True)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(page, "C", "voting")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="C Company")).to_be_focused()
    expect(grid.locator('[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Tab")
    assert not grid.evaluate("grid => grid.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="C Company")).to_be_focused()


def test_a_day_is_said_once_and_holds_for_the_edits(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    page.get_by_label("Changes hold from").fill("1 March")
    cell(page, "A", "voting").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("Write the day as year, month and day")
    expect(editor(page).get_by_role("listbox")).to_have_value("no")
    page.keyboard.press("Escape")
    page.get_by_label("Changes hold from").fill("2024-03-01")
    page.get_by_label("by document").fill("Minutes 7")
    for member in ("A", "B"):
        cell(page, member, "voting").focus()
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        expect(cell(page, member, "voting")).to_have_text("No")
    periods = [(period.valid.lower, period.voting) for period in seat("B").periods.current().order_by("valid")]
    assert periods == [(JANUARY, True), (date(2024, 3, 1), False)]


def test_an_edit_is_undone(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    for undo in (lambda: page.keyboard.press("Control+z"), page.get_by_role("button", name="Undo").click):
        cell(page, "A", "functional_role").focus()
        page.keyboard.press("l")
        page.keyboard.press("Enter")
        expect(cell(page, "A", "functional_role")).to_have_text("Lead")
        expect(page.locator(".toast-undo")).to_contain_text("Saved, from")
        undo()
        expect(page.locator(".toast-undo")).to_contain_text("Taken back.")
        expect(cell(page, "A", "functional_role")).to_have_text("None")
        assert seat("A").functional_role == "none"


def test_who_is_late_keeps_what_was_chosen_and_reads_who_was_faster(live_server: Any, page: Page, roster: Any) -> None:
    committee, _secretary = roster
    rival = user_with(Role.SECRETARY, committee, name="Rival Secretary")
    visit(page, live_server)
    cell(page, "A", "functional_role").focus()
    page.keyboard.press("l")
    seats.change(seat("A"), by=rival, effective_on=date(2024, 3, 1), functional_role="complement")
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("Somebody was faster")
    expect(editor(page)).to_contain_text("Rival Secretary")
    expect(editor(page)).to_contain_text("Functional role: None → Complement")
    expect(editor(page).get_by_role("listbox")).to_have_value("lead")
    expect(editor(page).get_by_role("listbox")).to_be_focused()
    expect(cell(page, "A", "functional_role")).to_have_text("Complement")
    assert accessibility_problems(page) == []
    page.keyboard.press("Enter")
    expect(cell(page, "A", "functional_role")).to_have_text("Lead")


def test_choices_of_the_member_come_from_the_portal(live_server: Any, page: Page, roster: Any) -> None:
    person = PersonFactory.create(name="Dana Omarova")
    Representative.objects.create(organisation=seat("B").organisation, person=person, valid=date_range(JANUARY))
    visit(page, live_server)
    cell(page, "B", "representative").focus()
    page.keyboard.press("d")
    expect(editor(page).get_by_role("listbox")).to_have_value(str(person.pk))
    page.keyboard.press("Enter")
    expect(cell(page, "B", "representative")).to_have_text("Dana Omarova")
    cell(page, "B", "position").dblclick()
    editor(page).get_by_role("option", name="Chair (0 of 1 filled)").click()
    expect(cell(page, "B", "position")).to_have_text("Chair")
    cell(page, "C", "position").dblclick()
    editor(page).get_by_role("option", name="Chair (1 of 1 filled)").click()
    expect(editor(page)).to_contain_text("Chair: B Company holds it on these days.")
    page.keyboard.press("Escape")
    expect(cell(page, "C", "position")).to_have_text("Unit member")


def insert(page: Page, text: str) -> None:
    """Paste as the keyboard does, with `text` on the clipboard."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_cells_of_a_spreadsheet_are_pasted(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    cell(page, "B", "functional_role").focus()
    insert(page, "Lead\tTrade\r\nКороль\tTrade\r\nLead\tTrade\r\n")
    dialog = page.get_by_role("dialog", name="Pasted cells")
    expect(dialog).to_contain_text("3 cells would change")
    expect(dialog).to_contain_text("This is none of the choices.")
    expect(dialog).to_contain_text("lie beyond this table")
    assert accessibility_problems(page) == []
    assert (seat("B").functional_role, seat("C").chain_role) == ("none", "")
    expect(dialog.get_by_role("button", name="Save 3 cells")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".toast-undo")).to_contain_text("3 cells saved.")
    expect(cell(page, "B", "functional_role")).to_have_text("Lead")
    expect(cell(page, "C", "chain_role")).to_have_text("Trade")
    expect(cell(page, "B", "functional_role")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".toast-undo")).to_contain_text("Taken back.")
    expect(cell(page, "C", "chain_role")).to_have_text("–")
    assert (seat("B").functional_role, seat("C").chain_role) == ("none", "")
    # A row as it was copied goes over itself without a change; Esc leaves everything as it is.
    page.get_by_role("link", name="A Company").focus()
    insert(page, "A Company\tLead")
    expect(dialog).to_contain_text("1 cell would change")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="A Company")).to_be_focused()
    assert seat("A").functional_role == "none"


def test_a_cell_is_copied_without_its_second_line(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    page.get_by_role("link", name="A Company").focus()
    copied = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
            return event.clipboardData.getData("text/plain");
        }"""
    )
    assert copied == "A Company"


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_cards_are_edited_by_touch(live_server: Any, page: Page, roster: Any, width: int) -> None:
    visit(page, live_server, width)
    cell(page, "B", "functional_role").click()
    expect(editor(page)).to_be_visible()
    assert accessibility_problems(page) == []
    assert overflow(page) == 0
    editor(page).get_by_role("listbox").select_option("Lead")
    editor(page).get_by_role("button", name="Save").click()
    expect(cell(page, "B", "functional_role")).to_have_text("Lead")
    assert overflow(page) == 0


def test_the_grid_is_sound_for_assistive_technology(live_server: Any, page: Page, roster: Any) -> None:
    committee, secretary = roster
    chair = committee.positions.get()
    appointments.appoint(seat("A"), chair, by=secretary, effective_on=date(2024, 2, 1))
    visit(page, live_server)
    assert accessibility_problems(page) == []
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-readonly", "true")
    expect(cell(page, "A", "functional_role")).to_have_attribute("aria-readonly", "false")
    expect(grid.get_by_role("gridcell", name="Chair", exact=True)).to_be_visible()
    cell(page, "A", "functional_role").focus()
    page.keyboard.press("Enter")
    assert accessibility_problems(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0


def test_a_filter_leaves_a_sheet_that_is_edited_as_before(live_server: Any, page: Page, roster: Any) -> None:
    visit(page, live_server)
    page.get_by_label("Changes hold from").fill("2024-03-01")
    page.locator("#list-search").fill("B Company")
    page.keyboard.press("Enter")
    expect(page.locator("table[role=grid] tbody tr")).to_have_count(1)
    cell(page, "B", "functional_role").focus()
    page.keyboard.press("l")
    page.keyboard.press("Enter")
    expect(cell(page, "B", "functional_role")).to_have_text("Lead")
    assert seat("B").periods.current().order_by("-valid")[0].valid.lower == date(2024, 3, 1)


def test_without_script_the_roster_is_read_and_seats_are_changed_on_their_pages(
    live_server: Any, browser: Any, context: BrowserContext, roster: Any
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/committees/copper/roster/")
    expect(page.get_by_role("grid")).to_have_count(0)
    expect(page.get_by_label("Changes hold from")).to_be_hidden()
    page.get_by_role("link", name="A Company").click()
    page.get_by_role("link", name="Change from a day on…").click()
    expect(page.get_by_label("Functional role")).to_be_visible()
    plain.close()


def test_who_is_signed_out_meanwhile_keeps_what_was_chosen(
    live_server: Any, page: Page, context: BrowserContext, roster: Any
) -> None:
    visit(page, live_server)
    cell(page, "A", "functional_role").focus()
    page.keyboard.press("l")
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("This could not be saved")
    expect(editor(page).get_by_role("listbox")).to_have_value("lead")
    context.add_cookies(cookies)
    page.keyboard.press("Enter")
    expect(cell(page, "A", "functional_role")).to_have_text("Lead")
