"""Comments, photos and documents of a project. All functions raise PermissionDenied or ValidationError."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained
from projects.models import Project
from projects.progress.models import Comment, ProgressUpdate, ProjectDocument
from projects.workflows.telling import concerned
from temp_portal.accounts.models import User
from temp_portal.documents import workflows as documents
from temp_portal.documents.models import Document
from temp_portal.notifications.dispatch import notify


@transaction.atomic
def comment(project: Project, text: str, *, by: User) -> Comment:
    """Say something to the others who work on the project; they are told."""
    if not by.has_perm("progress.comment", project):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": _("Write a comment first.")})
    made: Comment = Comment.objects.create(project=project, text=text.strip(), written_by=by)
    notify("project_comment", made, recipients=concerned(project).exclude(pk=by.pk))
    return made


@transaction.atomic
def attach(
    project: Project, document: Document, *, by: User, update: ProgressUpdate | None = None, caption: str = ""
) -> ProjectDocument:
    """Attach a photo or a document to the project, or to an update of it."""
    if not by.has_perm("projects.report_progress", project):
        raise PermissionDenied
    locked = documents.attach(document, by=by)
    with explained(ProjectDocument):
        attached: ProjectDocument = ProjectDocument.objects.create(
            project=project, update=update, document=locked, caption=caption, attached_by=by
        )
    return attached


@transaction.atomic
def detach(attached: ProjectDocument, *, by: User) -> None:
    """Take a document off the project; it stays among its owner's. What was sent with an update stays with it."""
    locked = ProjectDocument.objects.select_for_update(of=("self",)).get(pk=attached.pk)
    if not by.has_perm("projects.report_progress", locked.project):
        raise PermissionDenied
    if locked.update is not None and not ProgressUpdate.objects.open().filter(pk=locked.update_id).exists():
        raise ValidationError(_("It was sent with an update and stays with it."))
    locked.delete()
