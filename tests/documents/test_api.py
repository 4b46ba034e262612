"""Documents over the API: sent once, listed for whom they concern, fetched and noted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from temp_portal.documents.models import Document, Reading
from tests.api.conftest import api  # noqa: F401
from tests.factories import document_of, picture

pytestmark = pytest.mark.django_db
URL = "/api/v1/documents/"


def body(firm, seed=0, **more):
    return {
        "file": SimpleUploadedFile("licence.png", picture(seed).getvalue()),
        "owner_kind": "organisation",
        "owner_id": firm.pk,
        "kind": "registration",
    } | more


def test_a_program_uploads_once_and_fetches(api, firm, representative):  # noqa: F811
    client = api(representative)
    first = client.post(URL, body(firm, expires_on="2030-01-01"), HTTP_IDEMPOTENCY_KEY="a")
    again = client.post(URL, body(firm, expires_on="2030-01-01"), HTTP_IDEMPOTENCY_KEY="a")
    other = client.post(URL, body(firm, 1), HTTP_IDEMPOTENCY_KEY="a")
    assert (first.status_code, again.json(), other.status_code) == (201, first.json(), 422)
    shown = client.get(f"{URL}{first.json()['id']}/").json()
    assert (shown["media_type"], shown["state"], shown["expires_on"]) == ("image/png", "clean", "2030-01-01")
    file = client.get(shown["file"])
    assert b"".join(file.streaming_content) == picture().getvalue()
    assert file["Content-Security-Policy"].startswith("sandbox")
    assert Reading.objects.get().way == "api"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"owner_kind": "platform"}, "owner_id"),
        ({"issued_on": "2026-02-01", "expires_on": "2026-01-01"}, "expires_on"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "non_field_errors"),
        ({"file": "text"}, "file"),
    ],
)
def test_what_is_wrong_is_named(api, firm, representative, wrong, field):  # noqa: F811
    answer = api(representative).post(URL, body(firm) | wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Document.objects.exists()


def test_another_tenant_finds_nothing(api, firm, representative, stranger):  # noqa: F811
    document = document_of(firm, by=representative)
    client = api(stranger)
    assert client.get(URL).json()["results"] == []
    assert client.get(URL, {"sha256": document.sha256, "scope_id": firm.pk}).json()["results"] == []
    assert [client.get(f"{URL}{document.pk}/{part}").status_code for part in ("", "file/")] == [404, 404]
    assert client.post(URL, body(firm, 3)).status_code == 403
