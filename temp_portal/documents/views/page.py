from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.core.markup.sizes import size_text
from temp_portal.core.views import Crumb, DetailView
from temp_portal.documents import access, workflows
from temp_portal.documents.columns import TONES, expiry, format_label
from temp_portal.documents.enums import ReadingWay
from temp_portal.documents.links import link
from temp_portal.documents.models import Document
from temp_portal.documents.previews.drawing import can_draw
from temp_portal.documents.rules import keeps
from temp_portal.documents.scopes import kept_scopes

_READINGS: Final = 20


def document_crumbs(*rest: Crumb) -> Sequence[Crumb]:
    """The way from the list of documents to a page."""
    return [Crumb(gettext_lazy("Documents"), reverse("documents:documents")), *rest]


class DocumentPage(DetailView[Document]):
    """What is known of a document, its first pages, its versions, where it is attached."""

    login_required = True
    template_name = "documents/document.html"

    def get_queryset(self) -> QuerySet[Document]:
        seen = Document.objects.visible_to(self.request.user)
        return seen.select_related("uploaded_by", "replaces", "replaced_by")

    def get_crumbs(self) -> Sequence[Crumb]:
        return document_crumbs(Crumb(str(self.object)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document, user = self.object, user_of(self.request)
        may_read = user.has_perm("documents.read_document", document)
        kept_by_user = keeps(user, document)
        uses = access.uses_of(document)
        page = {
            "tone": TONES[document.state],
            "facts": _facts(document),
            "previews": self._previews(document, may_read=may_read, noted=document.scope not in kept_scopes(user)),
            "waits_for_preview": may_read and can_draw(document.media_type) and document.examined_at is None,
            "may_read": may_read,
            "may_change": kept_by_user and document.is_kept,
            "may_replace": kept_by_user and document.is_kept and not hasattr(document, "replaced_by"),
            "older": document.replaces if document.replaces and self._sees(document.replaces) else None,
            "newer": document.replaced_by
            if hasattr(document, "replaced_by") and self._sees(document.replaced_by)
            else None,
            "uses": uses if kept_by_user else [],
            "events": [_event(moved) for moved in Transition.objects.of(document).select_related("by").reverse()],
            "readings": _readings(document) if kept_by_user else [],
        }
        return super().get_context_data(**page | kwargs)

    def _sees(self, other: Document) -> bool:
        return Document.objects.visible_to(self.request.user).filter(pk=other.pk).exists()

    def _previews(self, document: Document, *, may_read: bool, noted: bool) -> list[str]:
        """Addresses of the pictures, good for this reader and a few minutes. Who is not the owner is noted."""
        if not may_read or not document.previews:
            return []
        user = user_of(self.request)
        if noted:
            workflows.note_reading(document, by=user, way=ReadingWay.PREVIEW)
        return [link(document, user, str(number)) for number in range(len(document.previews))]


def _facts(document: Document) -> list[tuple[str, Any]]:
    return [
        (_("Owner"), access.names_of([document.scope])[document.scope]),
        (_("Kind"), document.kind_label),
        (_("Issued on"), document.issued_on),
        (_("Valid until"), expiry(document)),
        (_("Language"), document.get_language_display()),
        (_("File"), f"{document.name} ({format_label(document)}, {size_text(document.size)})"),
        (_("Number of pages"), document.pages),
        (_("Uploaded by"), document.uploaded_by),
        (_("Virus scan"), document.scan_result),
        (_("SHA-256"), document.sha256),
    ]


def _readings(document: Document) -> list[dict[str, Any]]:
    """Who of others read it of late: the owner may know. An account without a name stays without its address."""
    rows = document.readings.exclude(user_id=document.uploaded_by_id).select_related("user").order_by("-id")
    return [
        {"who": row.user.name or _("an officer"), "way": row.get_way_display(), "at": row.at}
        for row in rows[:_READINGS]
    ]


def _event(moved: Transition) -> dict[str, Any]:
    titles = {
        "upload": _("Uploaded"),
        "pass": _("The virus scan found nothing"),
        "refuse": _("Refused"),
        "withdraw": _("Withdrawn"),
    }
    return {"title": titles[moved.move], "at": moved.at, "by": moved.by, "quote": moved.reason}
