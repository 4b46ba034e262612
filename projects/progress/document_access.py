"""Who sees the documents of projects, and where they are attached."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.progress.models import ProjectDocument
from temp_portal.documents import access
from temp_portal.documents.access import Use
from temp_portal.documents.kinds import DocumentKind, register
from temp_portal.documents.models import Document

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: What a photo of a site is filed as.
PHOTO = "photo"


def _seen_by(user: "User") -> QuerySet[Any, Any]:
    return ProjectDocument.objects.visible_to(user).values("document_id")


def _uses(document: Document) -> list[Use]:
    found = ProjectDocument.objects.filter(document=document).select_related("project").order_by("pk")
    return [Use(str(each.project), reverse("progress:progress", args=[each.project.code])) for each in found]


access.register(access.Attachments(seen_by=_seen_by, uses=_uses))
register(DocumentKind(PHOTO, _("Photo of a site")))
