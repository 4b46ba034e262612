"""A document is checked, kept, and shown to whom it concerns."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.documents import workflows
from temp_portal.documents.scopes import Scope
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from tests.factories import OrganisationFactory, user_with

pytestmark = pytest.mark.django_db


def picture(colour: str = "red") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file


@pytest.fixture
def firm():
    return OrganisationFactory.create()


@pytest.fixture
def scope(firm):
    return Scope(ScopeKind.ORGANISATION, firm.pk)


@pytest.fixture
def representative(firm):
    return user_with(Role.REPRESENTATIVE, firm)


def test_an_uploaded_file_is_kept_under_a_random_name_and_gets_its_preview(
    scope, representative, django_capture_on_commit_callbacks
):
    document = workflows.upload(picture(), "Licence.png", scope=scope, by=representative, kind="other")
    assert (document.title, document.name, document.media_type, document.state) == (
        "Licence",
        "Licence.png",
        "image/png",
        "clean",
    )
    assert "Licence" not in document.file.name
    with default_storage.open(document.file.name) as stored:
        assert stored.read() == picture().getvalue()

    runner.run(Job.objects.get().pk, threaded=False)
    document.refresh_from_db()
    assert document.examined_at
    with default_storage.open(document.previews[0]) as preview:
        assert Image.open(preview).size == (40, 30)
    with django_capture_on_commit_callbacks(execute=True):
        workflows.withdraw(document, by=representative)
    document.refresh_from_db()
    assert (document.state, document.file.name, document.previews) == ("withdrawn", "", [])
