"""Documents of an organisation, attached to its applications and taken off again while it still holds them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.enums import EvidenceKind
from committees.models import Application, ApplicationDocument, Question
from committees.workflows.applications import flow, held_together
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import User
from temp_portal.documents import workflows as documents
from temp_portal.documents.models import Document


@transaction.atomic
def attach(
    application: Application, document: Document, *, by: User, kind: str, question: Question | None = None
) -> None:
    """Attach a document of the organisation as evidence of a kind, or as the answer to a question.

    Evidence goes to all drafts that were begun together. Raises PermissionDenied, StateConflict once the application is
    out of the organisation's hands, ValidationError for a document that is not the organisation's or is gone.
    """
    held = _held(application, by, together=question is None)
    if (document.scope_kind, document.scope_id) != (ScopeKind.ORGANISATION, application.organisation_id):
        raise ValidationError(_("Choose a document of the organisation that applies."))
    locked = documents.attach(document, by=by)
    for each in held:
        ApplicationDocument.objects.get_or_create(
            application=each,
            document=locked,
            kind=EvidenceKind.ANSWER if question else kind,
            question=question,
            defaults={"attached_by": by},
        )
        each.save(update_fields=["updated_at"])


@transaction.atomic
def detach(attached: ApplicationDocument, *, by: User) -> None:
    """Take a document off an application, and off the drafts begun with it; it stays among the organisation's own.

    Raises PermissionDenied, StateConflict.
    """
    held = _held(attached.application, by, together=attached.question_id is None)
    same = ApplicationDocument.objects.filter(
        application__in=held, document=attached.document_id, kind=attached.kind, question=attached.question_id
    )
    same.delete()
    for each in held:
        each.save(update_fields=["updated_at"])


def _held(application: Application, by: User, *, together: bool) -> list[Application]:
    held = held_together(application) if together else []
    held = held or [Application.objects.select_for_update(of=("self",)).get(pk=application.pk)]
    for each in held:
        if not by.has_perm("committees.edit_application", each):
            raise PermissionDenied
        flow.require(each, "submit")
    return held
