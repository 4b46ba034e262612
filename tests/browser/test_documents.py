"""A document goes up with a bar, is refused with a reason, and is shown with its first page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from temp_portal.accounts.enums import Role
from temp_portal.documents.models import Document
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from tests.browser.test_committees import enter, examine
from tests.browser.test_time import keep
from tests.documents.corpus import good, parts
from tests.factories import OrganisationFactory, user_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_upload_and_preview(live_server: Any, page: Page, context: BrowserContext, client: Any, tmp_path: Path) -> None:
    user = user_with(Role.REPRESENTATIVE, OrganisationFactory.create(legal_name="Altay Rail"))
    enter(context, live_server, client, user)
    examine(page, f"{live_server.url}/me/documents/new/")
    keep(page, "upload")
    page.get_by_label("Title").fill("Charter")
    file = tmp_path / "charter.pdf"
    file.write_bytes(parts.pdf() + parts.SCRIPT)
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload the document").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("The file holds something besides the document")
    expect(page.get_by_label("Title")).to_have_value("Charter")

    file.write_bytes(good.typeset())
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload the document").click()
    expect(page.get_by_role("heading", name="Charter")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The document has been uploaded.")
    document = Document.objects.get()
    assert page.url == live_server.url + document.get_absolute_url()

    runner.run(Job.objects.get().pk, threaded=False)
    page.reload()
    picture = page.get_by_alt_text("Page 1")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 500")
    examine(page, page.url)
    keep(page, "document")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "charter.pdf"
