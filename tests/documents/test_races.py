"""The same file sent at the same moment, and a withdrawal while the document is being attached."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from temp_portal.core import files
from temp_portal.documents import access, workflows
from temp_portal.documents.models import Document
from tests.factories import document_of
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_document_comes_of_one_file_sent_twice_at_once(firm, representative, monkeypatch):
    before = len(files.names_in("documents"))
    meeting, known = Meeting(), workflows._known

    def wait_and_see(scope, findings):
        found = known(scope, findings)
        if not found and meeting.arrived < 2:
            meeting.wait()
        return found

    monkeypatch.setattr(workflows, "_known", wait_and_see)
    one, other = at_once(*[partial(document_of, firm, by=representative)] * 2)
    assert meeting.arrived == 2
    assert one == other == Document.objects.get()
    assert len(files.names_in("documents")) == before + 1


def test_without_the_lock_the_second_one_fails(firm, representative, monkeypatch):
    meeting, known = Meeting(), workflows._known

    def wait_and_see(scope, findings):
        found = known(scope, findings)
        if not found and meeting.arrived < 4:
            meeting.wait()
        return found

    monkeypatch.setattr(workflows, "_known", wait_and_see)
    monkeypatch.setattr(workflows, "_queue_up", lambda _scope: None)
    results = at_once(*[partial(document_of, firm, by=representative)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Document", "IntegrityError"]


@pytest.mark.parametrize("locked", [True, False])
def test_a_document_is_attached_or_withdrawn_never_both(firm, representative, monkeypatch, locked):
    document, meeting, attached = document_of(firm, by=representative), Meeting(), []

    def attach():
        with transaction.atomic():
            if locked:
                workflows.attach(document, by=representative)
            meeting.wait()
            attached.append(document.pk)

    def uses(_document):
        found = [access.Use("Application", "/")] if attached else []
        if not locked:
            meeting.wait()
        return found

    def withdraw():
        if locked:
            meeting.wait()
        return workflows.withdraw(document, by=representative)

    app = access.Attachments(seen_by=lambda _user: Document.objects.none().values("pk"), uses=uses)
    monkeypatch.setattr(access, "_attachments", [app])
    results = at_once(attach, withdraw)
    document.refresh_from_db()
    if locked:
        assert isinstance(results[1], ValidationError)
        assert document.state == "clean"
    else:
        assert (document.state, attached) == ("withdrawn", [document.pk])
