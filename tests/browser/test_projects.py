"""Projects in a real browser: every way to look at them, and a project moved on by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from projects.enums import EvidenceKind, Stage
from projects.models import Participant, Project, ProjectCountry, Site, Sponsorship
from projects.workflows import evidence
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import record
from tests.browser.test_committees import enter, examine
from tests.factories import CommitteeFactory, MoneyEventFactory, OrganisationFactory, ProjectFactory, user_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_project_is_looked_at_and_moved_on(
    live_server: Any, page: Page, context: BrowserContext, client: Any
) -> None:
    committee, lead = CommitteeFactory.create(slug="rail"), OrganisationFactory.create()
    secretary = user_with(Role.SECRETARY, committee)
    project = ProjectFactory.create(code="TEMP-1", title_en="Light rail", stage=Stage.S2, lead=lead, sector_code="42")
    Sponsorship.objects.create(project=project, committee=committee)
    ProjectCountry.objects.create(project=project, country="KZ")
    Site.objects.create(project=project, name="Depot", country="KZ", latitude="43.2", longitude="76.9")
    Participant.objects.create(project=project, organisation=lead, role="lead")
    MoneyEventFactory.create(project=project)
    record(project, move="import", by=None)
    evidence.record(project, by=secretary, kind=EvidenceKind.PARTNER_CHECK, text="No objection")
    enter(context, live_server, client, secretary)
    for path in ("", "board/", "map/", "portfolio/", "changes/", "new/"):
        examine(page, f"{live_server.url}/projects/{path}")
    for path in ("", "edit/", "participants/", "participants/edit/", "countries/", "sites/", "stage/cancel/"):
        examine(page, f"{live_server.url}/projects/TEMP-1/{path}")

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/projects/TEMP-1/")
    expect(page.get_by_text("imported, no evidence")).to_be_visible()
    page.get_by_role("link", name="Move on to the next stage").press("Enter")
    page.get_by_role("button", name="Move on to the next stage").press("Enter")
    page.wait_for_url("**/projects/TEMP-1/")
    expect(page.get_by_role("status")).to_contain_text("S3 Memorandum")
    assert Project.objects.get().stage == Stage.S3
    page.get_by_role("link", name="Record… non-disclosure agreement").press("Enter")
    page.get_by_role("textbox", name="What it says").fill("Mutual, five years")
    page.get_by_role("button", name="Record the evidence").press("Enter")
    expect(page.get_by_text("Mutual, five years")).to_be_visible()
    page.goto(f"{live_server.url}/projects/board/")
    page.get_by_role("link", name="Show it in the table").press("Enter")
    expect(page.get_by_role("link", name="Light rail")).to_be_visible()
