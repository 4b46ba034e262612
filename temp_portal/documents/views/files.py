from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from temp_portal.accounts.permissions import user_of
from temp_portal.core.views.pages import PageMixin
from temp_portal.documents import links, serving, workflows
from temp_portal.documents.enums import ReadingWay
from temp_portal.documents.models import Document


class Readable(PageMixin, View):
    """Fetches a document out of those that the user sees (404), and only one that passed the checks (403)."""

    login_required = True

    def readable(self, pk: int) -> Document:
        document: Document = get_object_or_404(Document.objects.visible_to(self.request.user), pk=pk)
        if not self.request.user.has_perm("documents.read_document", document):
            raise PermissionDenied
        return document


class Download(Readable):
    """Notes who downloads, and leads to a link that is good for this user and a few minutes."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        document, user = self.readable(pk), user_of(request)
        workflows.note_reading(document, by=user, way=ReadingWay.DOWNLOAD)
        return HttpResponseRedirect(links.link(document, user))


class SignedFile(Readable):
    """The file or a preview behind a short-lived link. That the user still sees the document is asked again."""

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            link = links.opened(token, user_of(request))
        except links.Expired as expired:
            messages.info(request, _("The link was good for a few minutes only. Download the file again."))
            return HttpResponseRedirect(reverse("documents:document", args=[expired.document_id]))
        if link is None:
            raise Http404
        document = self.readable(link.document_id)
        return _part(document, link.part)


def _part(document: Document, part: str) -> FileResponse:
    return serving.whole(document) if part == links.WHOLE else serving.preview(document, int(part))
