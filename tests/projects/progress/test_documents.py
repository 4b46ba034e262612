"""Photos and documents of a project: seen by those who work with it, kept with the update that they were sent with."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from projects.progress.models import ProgressUpdate, ProjectDocument
from projects.progress.workflows import remarks, rounds, updates
from temp_portal.accounts.enums import Role
from temp_portal.documents.models import Document
from tests.factories import OrganisationFactory, document_of, picture, user_with

pytestmark = pytest.mark.django_db


def test_a_document_is_seen_through_the_project(site):
    chair = user_with(Role.CHAIR, site.project.committees.get())
    document = document_of(site.project.lead, by=site.lead)
    assert not Document.objects.visible_to(chair).exists()
    attached = remarks.attach(site.project, document, by=site.lead)
    assert Document.objects.visible_to(chair).get() == document
    assert not Document.objects.visible_to(user_with(Role.REPRESENTATIVE, OrganisationFactory.create())).exists()
    with pytest.raises(ValidationError):
        remarks.attach(site.project, document, by=site.lead)
    with pytest.raises(PermissionDenied):
        remarks.detach(attached, by=chair)
    remarks.detach(attached, by=site.secretary)
    assert not Document.objects.visible_to(chair).exists()


def test_a_document_of_a_draft_waits_and_that_of_a_sent_update_stays(site):
    rounds.open_due()
    update = ProgressUpdate.objects.get()
    chair = user_with(Role.CHAIR, site.project.committees.get())
    attached = remarks.attach(site.project, document_of(site.project.lead, by=site.lead), by=site.lead, update=update)
    assert not ProjectDocument.objects.visible_to(chair).exists()
    answers = updates.Answers({"percent_complete": 3, "work_done": "Fence"})
    updates.save(update, answers, by=site.lead, version=0)
    updates.submit(update, by=site.lead)
    assert ProjectDocument.objects.visible_to(chair).get() == attached
    with pytest.raises(ValidationError):
        remarks.detach(attached, by=site.lead)


def test_a_photo_is_uploaded_with_its_caption(client, site):
    client.force_login(site.secretary)
    path = f"/projects/{site.project.code}/documents/new/"
    page = client.post(path, {"caption": "The gate"})
    assert set(page.context["form"].errors) == {"document"}
    assert "The gate" in page.content.decode()
    photo = picture()
    photo.seek(0)
    photo.name = "gate.png"
    assert client.post(path, {"caption": "The gate", "document_file": photo}).status_code == 302
    assert "The gate" in client.get(f"/projects/{site.project.code}/progress/").content.decode()
    assert ProjectDocument.objects.get().document.scope_kind == "committee"
