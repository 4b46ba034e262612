"""The owner's pages, what outsiders find, and links that open nothing to others."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from temp_portal.accounts.enums import Role
from temp_portal.documents import workflows
from temp_portal.documents.links import link
from temp_portal.documents.models import Document, Reading
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from tests.factories import document_of, picture, user_with

pytestmark = pytest.mark.django_db


def png(seed=0, name="licence.png"):
    return SimpleUploadedFile(name, picture(seed).getvalue(), content_type="application/x-msdownload")


def csv(client):
    return b"".join(client.get("/me/documents.csv").streaming_content).decode()


@pytest.fixture
def document(firm, representative):
    return document_of(firm, by=representative, title="Business licence")


def test_a_representative_uploads_and_finds_it_again(client, firm, representative):
    client.force_login(representative)
    page = client.get(reverse("documents:documents"))
    assert "No document yet" in page.content.decode()
    owner = f"organisation-{firm.pk}"
    refused = client.post(
        reverse("documents:new"),
        {"owner": owner, "file": SimpleUploadedFile("x.exe", b"MZ..."), "kind": "charter", "title": "Our charter"},
    )
    text = refused.content.decode()
    assert "none of the kinds" in text
    assert "Our charter" in text
    sent = client.post(
        reverse("documents:new"),
        {"owner": owner, "file": png(), "kind": "charter", "title": "Our charter", "expires_on": "2020-01-01"},
        follow=True,
    )
    assert "Our charter" in sent.content.decode()
    listed = client.get(reverse("documents:documents"), {"validity": "expired"}).content.decode()
    assert "Our charter" in listed
    assert "Expired" in listed
    assert "Charter or articles" in csv(client)


def test_the_owner_changes_replaces_and_withdraws(client, representative, document):
    client.force_login(representative)
    for act, data, says in [
        ("details", {"title": "Licence of 2026", "kind": "registration"}, "Licence of 2026"),
        ("replace", {"file": png(5)}, "newer version has been uploaded"),
    ]:
        answer = client.post(reverse(f"documents:{act}", args=[document.pk]), data, follow=True)
        assert says in answer.content.decode(), act
    newer = Document.objects.get(replaces=document)
    assert "There is a newer version" in client.get(document.get_absolute_url()).content.decode()
    client.post(reverse("documents:withdraw", args=[newer.pk]), {"reason": "Wrong file"})
    newer.refresh_from_db()
    assert newer.state == "withdrawn"
    assert "Wrong file" in client.get(newer.get_absolute_url()).content.decode()


def test_a_download_is_confined_noted_and_bound_to_its_user(client, representative, stranger, document):
    client.force_login(representative)
    led = client.get(reverse("documents:download", args=[document.pk]))
    file = client.get(led.url)
    assert b"".join(file.streaming_content) == picture().getvalue()
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("sandbox")
    assert file["Content-Disposition"] == 'attachment; filename="licence.png"'
    assert file["Content-Type"] == "image/png"
    assert Reading.objects.get().way == "download"

    with time_machine.travel(timedelta(minutes=6)):
        assert client.get(led.url).url == document.get_absolute_url()
    client.force_login(stranger)
    assert client.get(led.url).status_code == 404
    assert client.get(link(document, stranger)).status_code == 404
    assert client.get(led.url + "x").status_code == 404


def test_previews_are_shown_and_who_is_not_the_owner_is_noted(client, representative, document):
    runner.run(Job.objects.get().pk, threaded=False)
    document.refresh_from_db()
    staff = user_with(Role.STAFF)
    client.force_login(staff)
    client.get(document.get_absolute_url())
    picture_of_page = client.get(link(document, staff, "0"))
    assert picture_of_page["Content-Type"] == "image/png"
    b"".join(picture_of_page.streaming_content)
    assert client.get(link(document, staff, "7")).status_code == 404
    assert not Reading.objects.filter(user=representative).exists()
    client.force_login(representative)
    assert staff.name in client.get(document.get_absolute_url()).content.decode()


def test_another_tenant_finds_nothing_anywhere(client, firm, stranger, document):
    client.force_login(stranger)
    for name in ("document", "download", "details", "replace", "withdraw"):
        assert client.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 404
        assert client.post(reverse(f"documents:{name}", args=[document.pk])).status_code in (404, 405)
    assert "Business licence" not in client.get(reverse("documents:documents"), {"name": "licence"}).content.decode()
    assert "Business licence" not in csv(client)
    sent = {"file": png(3), "scope_kind": "organisation", "scope_id": firm.pk}
    assert client.post(reverse("documents:upload"), sent).status_code == 403
    assert client.post(reverse("documents:upload"), sent | {"scope_kind": "x"}).status_code == 403
    own = {"owner": f"organisation-{firm.pk}", "file": png(3), "kind": "charter"}
    assert client.post(reverse("documents:new"), own).status_code == 200
    assert Document.objects.count() == 1


def test_a_file_is_uploaded_at_once(client, firm, representative):
    client.force_login(representative)
    sent = {"file": png(), "scope_kind": "organisation", "scope_id": firm.pk, "kind": "charter"}
    said = client.post(reverse("documents:upload"), sent)
    assert (said.status_code, said.json()["title"]) == (201, "licence")
    again = client.post(reverse("documents:upload"), sent | {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 <html>")})
    assert (again.status_code, "Open it, save it anew" in again.json()["error"]) == (400, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(client, firm, representative, count, django_assert_num_queries):
    for seed in range(count):
        document_of(firm, by=representative, seed=seed)
    client.force_login(representative)
    client.get(reverse("documents:documents"))
    with django_assert_num_queries(6):
        client.get(reverse("documents:documents"))


def test_workflow_refuses_what_is_attached(representative, document, monkeypatch):
    from temp_portal.documents import access

    attached = access.Attachments(
        seen_by=lambda _user: Document.objects.none().values("pk"),
        uses=lambda _document: [access.Use("Application A-1", "/apply/1/")],
    )
    monkeypatch.setattr(access, "_attachments", [attached])
    with pytest.raises(Exception, match="attached to “Application A-1”"):
        workflows.withdraw(document, by=representative)


def test_what_another_app_grants_is_seen(client, stranger, document, monkeypatch):
    from temp_portal.documents import access

    granted = access.Attachments(
        seen_by=lambda user: Document.objects.filter(pk=document.pk if user == stranger else None).values("pk"),
        uses=lambda _document: [],
    )
    monkeypatch.setattr(access, "_attachments", [granted])
    client.force_login(stranger)
    assert client.get(document.get_absolute_url()).status_code == 200
    assert client.get(reverse("documents:withdraw", args=[document.pk])).status_code == 403
