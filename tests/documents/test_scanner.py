"""The virus scanner over its own protocol: a document waits for it, passes, is refused, and waits while it is away."""

import socketserver
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from temp_portal.documents import sweeping, workflows
from temp_portal.documents.models import Document
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from temp_portal.notifications.models import Notification
from tests.factories import document_of, picture

pytestmark = pytest.mark.django_db


class Scanner(socketserver.StreamRequestHandler):
    """Speaks as clamd does: commands end with NUL, pieces carry their length, the answer is one line."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            self.wfile.write(self.judged(self.received()))

    def received(self) -> bytes:
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        return content

    def judged(self, content: bytes) -> bytes:
        if content == picture(66).getvalue():
            return b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
        if content == picture(67).getvalue():
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: OK\0"


@pytest.fixture
def scanner(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV_URL = "tcp://{}:{}".format(*server.server_address)
        yield server
        server.shutdown()


def examine():
    runner.run(Job.objects.latest("id").pk, threaded=False)


def test_a_document_is_read_only_after_the_scan(scanner, client, firm, representative):
    document = document_of(firm, by=representative)
    assert document.state == "pending"
    client.force_login(representative)
    assert client.get(reverse("documents:download", args=[document.pk])).status_code == 403
    assert "virus scan is not over" in client.get(document.get_absolute_url()).content.decode()
    examine()
    document.refresh_from_db()
    assert (document.state, document.scan_result, len(document.previews)) == ("clean", "stream: OK", 1)
    assert client.get(reverse("documents:download", args=[document.pk])).status_code == 302


def test_a_virus_is_removed_and_the_uploader_told(scanner, firm, representative, django_capture_on_commit_callbacks):
    document = document_of(firm, by=representative, seed=66)
    file = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        examine()
    document.refresh_from_db()
    assert (document.state, document.scan_result) == ("refused", "stream: Win.Test.EICAR_HDB-1 FOUND")
    assert "virus" in document.refusal
    assert not default_storage.exists(file)
    assert Notification.objects.get().kind == "document_refused"


def test_a_scanner_that_is_away_is_waited_for(settings, firm, representative, scanner):
    away = settings.CLAMAV_URL
    settings.CLAMAV_URL = "tcp://127.0.0.1:9"
    document = document_of(firm, by=representative)
    unsure = document_of(firm, by=representative, seed=67)
    for job in Job.objects.all():
        runner.run(job.pk, threaded=False)
    with time_machine.travel(timedelta(minutes=10)):
        assert sweeping.examine_unexamined() == 0
        settings.CLAMAV_URL = away
        assert sweeping.examine_unexamined() == 2
        for job in Job.objects.active():
            runner.run(job.pk, threaded=False)
    states = dict(Document.objects.values_list("pk", "state"))
    assert states == {document.pk: "clean", unsure.pk: "pending"}


def test_without_a_scanner_what_waited_for_one_passes(settings, firm, representative):
    settings.CLAMAV_URL = "tcp://127.0.0.1:9"
    document = document_of(firm, by=representative)
    settings.CLAMAV_URL = ""
    examine()
    document.refresh_from_db()
    assert document.state == "clean"
    workflows.withdraw(document, by=representative)
