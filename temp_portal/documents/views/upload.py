"""A new document: on its own page, and at once from the file box of any form."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _
from django.views import View

from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView
from temp_portal.core.views.pages import PageMixin
from temp_portal.documents import kinds, workflows
from temp_portal.documents.forms import UploadForm, refusals_at
from temp_portal.documents.scopes import Scope
from temp_portal.documents.storage import stream_of
from temp_portal.documents.views.page import document_crumbs


class DocumentUpload(MoveFormMixin, FormView):
    """The file and what it is."""

    form_class = UploadForm
    rule = "documents.keep_documents"
    login_required = True
    template_name = "documents/upload.html"
    title = _("Upload a document")
    intro = _("It is kept privately. Those see it to whose application or record you attach it.")
    submit_label = _("Upload the document")

    def get_crumbs(self) -> Sequence[Crumb]:
        return document_crumbs(Crumb(_("New")))

    def get_back_url(self) -> str:
        return reverse("documents:documents")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": user_of(self.request)}

    def act(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        with refusals_at("file"):
            document = workflows.upload(
                file.file, file.name, scope=form.scope, by=user_of(self.request), **form.details
            )
        return self.done(_translate("The document has been uploaded."), document.get_absolute_url())


class UploadAtOnce(PageMixin, View):
    """What the file box of a form sends as soon as a file is chosen: the document's id and title, or why not."""

    login_required = True
    rule = "documents.keep_documents"

    def post(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return _refused(_translate("Choose a file."))
        try:
            document = workflows.upload(
                stream_of(file),
                file.name or "",
                scope=_scope(request),
                by=user_of(request),
                kind=_kind(request),
            )
        except ValidationError as error:
            return _refused(str(error.messages[0]))
        return JsonResponse({"id": document.pk, "title": document.title}, status=HTTPStatus.CREATED)


def _scope(request: HttpRequest) -> Scope:
    """The owner that the form names; the workflow asks whether the user keeps its documents."""
    kind, number = request.POST.get("scope_kind", ""), request.POST.get("scope_id", "")
    if kind not in ScopeKind.values or (number and not (number.isdecimal() and len(number) < 19)):
        raise PermissionDenied
    return Scope(kind, int(number) if number else None)


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return kind if kind in dict(kinds.choices()) else kinds.OTHER


def _refused(why: str) -> JsonResponse:
    return JsonResponse({"error": why}, status=HTTPStatus.BAD_REQUEST)
