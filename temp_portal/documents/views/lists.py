from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.permissions import holds, user_of
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.documents import access
from temp_portal.documents.columns import document_columns
from temp_portal.documents.enums import DocumentState
from temp_portal.documents.filters import DocumentFilter
from temp_portal.documents.models import Document
from temp_portal.documents.rules import keeps
from temp_portal.documents.scopes import READERS_OF_ALL, kept_scopes


class DocumentList(ListView[Document]):
    """The documents that one may see, in their newest version."""

    title = _("Documents")
    template_name = "documents/documents.html"
    rule = "documents.list_documents"
    login_required = True
    default_sort = "-uploaded"
    filterset_class = DocumentFilter
    search_field = ""

    def get_queryset(self) -> QuerySet[Document]:
        visible = Document.objects.visible_to(self.request.user).newest()
        return visible.exclude(state=DocumentState.WITHDRAWN).select_related("uploaded_by")

    def get_columns(self) -> Sequence[Column]:
        user = user_of(self.request)
        only_own = len(kept_scopes(user)) == 1 and not holds(user, *READERS_OF_ALL)
        return document_columns(of_several=not only_own)

    def render(self, rows: Sequence[Document], *, selectable: bool) -> SafeString:
        names = access.names_of([row.scope for row in rows])
        for row in rows:
            row.owner_name = names[row.scope]  # type: ignore[attr-defined]  # what the column reads
        return super().render(rows, selectable=selectable)

    def get_empty(self) -> Empty:
        if self.filterset.form.changed_data or not keeps(self.request.user):
            return super().get_empty()
        return Empty(
            _("No document yet. What you upload here can be attached to any application."),
            _("Upload a document"),
            "documents:new",
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"may_upload": bool(kept_scopes(user_of(self.request)))} | kwargs)
