"""A document is checked, kept whole or not at all, replaced and withdrawn."""

import resource
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from temp_portal.accounts.enums import Role
from temp_portal.core import files
from temp_portal.documents import sweeping, workflows
from temp_portal.documents.models import Document
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from tests.factories import OrganisationFactory, document_of, picture, user_with

pytestmark = pytest.mark.django_db


def stored() -> set[str]:
    return set(files.names_in("documents"))


def test_a_file_is_kept_under_a_random_name_and_gets_its_preview(
    scope, representative, django_capture_on_commit_callbacks
):
    document = workflows.upload(picture(), "Licence 许可证.png", scope=scope, by=representative)
    assert (document.title, document.name) == ("Licence 许可证", "Licence 许可证.png")
    assert (document.media_type, document.state) == ("image/png", "clean")
    assert "Licence" not in document.file.name
    with default_storage.open(document.file.name) as file:
        assert file.read() == picture().getvalue()

    runner.run(Job.objects.get().pk, threaded=False)
    assert Job.objects.get().state == "succeeded"
    document.refresh_from_db()
    with default_storage.open(document.previews[0]) as preview:
        assert Image.open(preview).size == (40, 30)
    gone = [document.file.name, *document.previews]

    with django_capture_on_commit_callbacks(execute=True):
        workflows.withdraw(document, by=representative)
    document.refresh_from_db()
    assert (document.state, document.file.name, document.previews) == ("withdrawn", "", [])
    assert not any(default_storage.exists(name) for name in gone)


def test_a_refused_file_leaves_neither_row_nor_file(scope, representative):
    before = stored()
    with pytest.raises(ValidationError) as refused:
        workflows.upload(BytesIO(b"#!/bin/sh\n"), "licence.pdf", scope=scope, by=representative)
    assert "Save it as PDF" in refused.value.messages[0]
    assert (Document.objects.count(), stored()) == (0, before)


def test_a_file_that_the_disk_does_not_take_leaves_neither_row_nor_half_a_file(scope, representative):
    before = stored()
    large = BytesIO()
    Image.effect_noise((90, 90), 80).save(large, "PNG")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(ValidationError, match="could not be stored"):
            workflows.upload(large, "licence.png", scope=scope, by=representative)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (Document.objects.count(), stored()) == (0, before)


def document_of_scope(scope, by, seed=0, **details):
    return workflows.upload(picture(seed), "licence.png", scope=scope, by=by, **details)


def test_a_row_that_cannot_be_written_leaves_no_file(scope, representative):
    before = stored()
    with pytest.raises(Exception, match="document_expires_after_issue"):
        document_of_scope(scope, representative, issued_on="2026-02-01", expires_on="2026-01-01")
    assert stored() == before


def test_the_same_file_is_not_kept_twice(firm, scope, representative):
    first = document_of(firm, by=representative)
    assert document_of(firm, by=representative) == first
    other = OrganisationFactory.create()
    assert document_of(other, by=user_with(Role.REPRESENTATIVE, other)) != first


def test_only_the_owners_people_upload(scope, stranger):
    with pytest.raises(PermissionDenied):
        document_of_scope(scope, stranger)


def test_quota_and_rate(scope, representative, settings):
    settings.DOCUMENTS_PER_HOUR = 2
    for seed in (1, 2):
        document_of_scope(scope, representative, seed)
    with pytest.raises(ValidationError, match="within an hour"):
        document_of_scope(scope, representative, 3)
    settings.DOCUMENTS_QUOTA_MB = 0
    with pytest.raises(ValidationError, match="room for 0 MB"):
        document_of_scope(scope, representative, 3)


def test_a_newer_version_stands_in_for_the_older_one_until_it_is_withdrawn(firm, scope, representative):
    older = document_of(firm, by=representative)
    newer = document_of_scope(scope, representative, 1, replaces=older)
    assert list(Document.objects.newest()) == [newer]
    with pytest.raises(ValidationError, match="newer version already"):
        document_of_scope(scope, representative, 2, replaces=older)
    with pytest.raises(ValidationError, match="This very file"):
        document_of_scope(scope, representative, 1, replaces=newer)
    workflows.withdraw(newer, by=representative)
    assert list(Document.objects.kept().newest()) == [older]


def test_files_of_broken_off_requests_are_swept_up(firm, representative):
    document = document_of(firm, by=representative)
    orphan = files.keep(b"half", folder="documents", name="file.pdf")
    assert sweeping.remove_orphans() == 0
    with time_machine.travel(timedelta(days=2), tick=False):
        sweeping.remove_orphans()
    assert default_storage.exists(document.file.name)
    assert not default_storage.exists(orphan)
