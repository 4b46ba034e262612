"""What people add to a project: comments among those who work on it, photos and documents."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.progress.models.update import ProgressUpdate
from projects.progress.querysets import CommentQuerySet, ProjectDocumentQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.core.db import ClockTimestamp
from temp_portal.documents.models import Document


class Comment(models.Model):
    """A word among those who change a project or report on it. It stays as it was written."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(_("written at"), db_default=ClockTimestamp(), editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["project", "-written_at"], name="comment_project")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{self.project.get_absolute_url()}progress/#comments"


class ProjectDocument(models.Model):
    """A photo or a document of a project, with an update or without one."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="attached")
    update = models.ForeignKey(
        ProgressUpdate, models.PROTECT, null=True, blank=True, related_name="attached", verbose_name=_("update")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="projects", verbose_name=_("document"))
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    attached_at = models.DateTimeField(_("attached at"), db_default=ClockTimestamp(), editable=False)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = ProjectDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a project")
        verbose_name_plural = _("documents of projects")
        ordering = ["-attached_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "document"],
                name="projectdocument_once",
                violation_error_message=_("This document is attached already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
