"""What happens to documents: uploaded and checked, described, replaced by a newer version, withdrawn.

    document = upload(file, name, scope=Scope(ScopeKind.ORGANISATION, organisation.pk), by=user, kind="registration")
    attach(document, by=user)       # before an app's row points at it

A file is stored before its row is written, and removed again when the row is not; so there is never a row without
its file. What a broken-off request leaves behind is swept up at night.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.core.markup.figures import number
from temp_portal.documents import access, kinds, storage
from temp_portal.documents.checks import Findings, Refused, check
from temp_portal.documents.checks.limits import MB
from temp_portal.documents.enums import KEPT_STATES, DocumentState, ReadingWay
from temp_portal.documents.models import Document, Reading
from temp_portal.documents.previews import Drawn
from temp_portal.documents.rules import keeps
from temp_portal.documents.scopes import Scope
from temp_portal.jobs import workflows as jobs
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

EXAMINATION: Final = "documents.examine"
_RIGHT: Final = "documents.keep_documents"

flow = Workflow(
    Document,
    [
        Move("withdraw", sources=KEPT_STATES, target=DocumentState.WITHDRAWN, permission=_RIGHT, stamp="withdrawn"),
    ],
)


# What people do


def upload(
    file: BinaryIO,
    name: str,
    *,
    scope: Scope,
    by: "User",
    kind: str = kinds.OTHER,
    replaces: Document | None = None,
    **details: Any,
) -> Document:
    """Check a file and keep it; `details` are title, language, issued_on and expires_on.

    A file that the owner has already is not kept twice: its document is returned as it stands. Raises Refused and
    other ValidationErrors (quota, rate, storage), PermissionDenied.
    """
    if not keeps(by, scope):
        raise PermissionDenied
    findings = check(file, name)
    if known := _known(scope, findings):
        return _again(known, replaces)
    with _stored(file, findings) as stored, transaction.atomic():
        _queue_up(scope)
        if known := _known(scope, findings):
            transaction.on_commit(partial(storage.discard, stored))
            return _again(known, replaces)
        _check_room(scope, findings, by)
        return _record(
            stored, findings, scope=scope, by=by, kind=kind, replaces=_replaceable(replaces, scope), **details
        )


def _known(scope: Scope, findings: Findings) -> Document | None:
    return Document.objects.of(scope).kept().filter(sha256=findings.sha256).first()


def _again(known: Document, replaces: Document | None) -> Document:
    if replaces is not None:
        raise ValidationError(
            _("This very file is here already: “%(title)s”. Choose the newer version.") % {"title": known},
            code="same",
        )
    return known


@contextmanager
def _stored(file: BinaryIO, findings: Findings) -> Iterator[str]:
    """The file, stored; removed again when what follows fails."""
    stored = storage.keep(file, findings)
    try:
        yield stored
    except BaseException:
        storage.discard(stored)
        raise


def _queue_up(scope: Scope) -> None:
    """One upload of an owner at a time: quota and sameness are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"documents {scope.kind} {scope.id}"])


def _check_room(scope: Scope, findings: Findings, by: "User") -> None:
    quota = settings.DOCUMENTS_QUOTA_MB * MB
    if Document.objects.of(scope).kept().total_size() + findings.size > quota:
        raise ValidationError(
            _("There is room for %(quota)s MB of documents. Withdraw what is no longer needed, then upload this one.")
            % {"quota": number(settings.DOCUMENTS_QUOTA_MB)},
            code="quota",
        )
    hour = timezone.now() - timedelta(hours=1)
    if Document.objects.filter(uploaded_by=by, uploaded_at__gt=hour).count() >= settings.DOCUMENTS_PER_HOUR:
        raise ValidationError(
            _("You have uploaded %(count)s files within an hour. Wait a little before you upload the next one.")
            % {"count": number(settings.DOCUMENTS_PER_HOUR)},
            code="rate",
        )


def _replaceable(older: Document | None, scope: Scope) -> Document | None:
    """The document to be replaced, locked. Raises ValidationError when it has been replaced or is gone."""
    if older is None:
        return None
    locked = Document.objects.of(scope).kept().newest().select_for_update(of=("self",)).filter(pk=older.pk).first()
    if locked is None:
        raise ValidationError(_("This document has a newer version already, or was withdrawn."), code="replaced")
    return locked


def _record(stored: str, findings: Findings, *, scope: Scope, by: "User", **values: Any) -> Document:
    # Nothing but the virus scan can still speak against the file.
    state = DocumentState.PENDING if settings.CLAMAV_URL else DocumentState.CLEAN
    made = Document(
        scope_kind=scope.kind,
        scope_id=scope.id,
        file=stored,
        name=findings.name,
        media_type=findings.format.media_type,
        size=findings.size,
        sha256=findings.sha256,
        state=state,
        uploaded_by=by,
        **values,
    )
    made.title = made.title or findings.name.removesuffix(findings.format.suffix)
    made.save()
    record(made, move="upload", by=by)
    jobs.start(EXAMINATION, {"document": made.pk}, by=by, title=made.title, key=str(made.pk))
    return made


@transaction.atomic
def describe(document: Document, *, by: "User", **details: Any) -> Document:
    """Change what is said of a document: title, kind, language, issued_on, expires_on. Raises ValidationError."""
    locked = _locked(document, by)
    for field, value in details.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(details))
    return locked


def withdraw(document: Document, *, by: "User", reason: str = "") -> Document:
    """Take a document back; its file is removed, and the version before it is the newest again.

    Raises ValidationError while it is attached, StateConflict and PermissionDenied.
    """
    with flow.moving(document, "withdraw", by=by, reason=reason) as locked:
        if uses := access.uses_of(locked):
            raise ValidationError(
                _("The document is attached to “%(place)s” and cannot be withdrawn.") % {"place": uses[0].label},
                code="attached",
            )
        _remove_files(locked)
        locked.replaces = None
    return locked


@transaction.atomic
def attach(document: Document, *, by: "User") -> Document:
    """Lock a document that an app is about to attach to a record of its own, in the transaction that writes it.

    Raises ValidationError when it was refused or withdrawn meanwhile, PermissionDenied when it is not the user's to
    attach.
    """
    locked = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if not by.has_perm(_RIGHT, locked):
        raise PermissionDenied
    if not locked.is_kept:
        raise ValidationError(
            _("The document “%(title)s” is no longer there. Choose another one.") % {"title": locked}, code="gone"
        )
    return locked


# What the examination reports. It has no author: whoever uploaded the file may have lost the role meanwhile.


@transaction.atomic
def let_pass(document: Document, answer: str) -> None:
    """The scanner found nothing."""
    _judge(document, "pass", DocumentState.CLEAN, scan_result=answer[:200])


@transaction.atomic
def refuse(document: Document, code: str, answer: str) -> None:
    """The scanner found something: the file goes at once, and whoever uploaded it is told."""
    with translation.override(document.uploaded_by.language):
        refusal = Refused(code).sentence
    locked = _judge(document, "refuse", DocumentState.REFUSED, scan_result=answer[:200], refusal=refusal)
    if locked is not None:
        notify("document_refused", locked, recipients=[locked.uploaded_by])


def _judge(document: Document, move: str, target: DocumentState, **values: str) -> Document | None:
    waiting = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk, state=DocumentState.PENDING)
    locked = waiting.select_related("uploaded_by").first()
    if locked is None:
        return None
    for field, value in values.items():
        setattr(locked, field, value)
    locked.state = document.state = target
    if target == DocumentState.REFUSED:
        _remove_files(locked)
    locked.save()
    record(locked, move=move, source=DocumentState.PENDING, by=None, reason=locked.refusal)
    return locked


def show(document: Document, drawn: Drawn) -> None:
    """Keep the pictures of the first pages, unless the document went, or another attempt was first."""
    stored = [storage.keep_preview(picture) for picture in drawn.pictures]
    fresh = Document.objects.kept().filter(pk=document.pk, examined_at__isnull=True)
    if not fresh.update(pages=drawn.pages, previews=stored, examined_at=timezone.now()):
        storage.discard(*stored)


def _locked(document: Document, by: "User") -> Document:
    locked: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not by.has_perm(_RIGHT, locked):
        raise PermissionDenied
    if not locked.is_kept:
        raise ValidationError(_("The document was withdrawn meanwhile."), code="gone")
    return locked


def _remove_files(locked: Document) -> None:
    """The row stays as the record; the file goes once that is certain."""
    transaction.on_commit(partial(storage.discard, str(locked.file.name), *locked.previews))
    locked.file, locked.previews = "", []


def note_reading(document: Document, *, by: "User", way: ReadingWay) -> None:
    """Record that somebody reads the document."""
    Reading.objects.create(document=document, user=by, way=way)
