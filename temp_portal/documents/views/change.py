"""What the owner changes: what is said of a document, its version, whether it is kept."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, ObjectFormView
from temp_portal.documents import workflows
from temp_portal.documents.forms import DescribeForm, ReplaceForm, WithdrawForm, refusals_at
from temp_portal.documents.models import Document
from temp_portal.documents.storage import stream_of
from temp_portal.documents.views.page import document_crumbs


class OwnDocument(MoveFormMixin, ObjectFormView[Document]):
    """A document that the user keeps; 403 for whoever only sees it, 404 for everybody else."""

    login_required = True
    rule = "documents.keep_documents"

    def get_queryset(self) -> QuerySet[Document]:
        return Document.objects.visible_to(self.request.user)

    def get_crumbs(self) -> Sequence[Crumb]:
        return document_crumbs(Crumb(str(self.object), self.object.get_absolute_url()), Crumb(self.get_title()))

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()


class DocumentDetails(OwnDocument):
    form_class = DescribeForm
    title = gettext_lazy("Details of the document")
    submit_label = gettext_lazy("Save the details")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"document": self.object}

    def act(self, form: DescribeForm) -> HttpResponse:
        workflows.describe(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The details have been saved."), self.object.get_absolute_url())


class DocumentReplace(OwnDocument):
    form_class = ReplaceForm
    title = gettext_lazy("Upload a newer version")
    intro = gettext_lazy("The present version stays where it is attached; from now on the newer one is offered.")
    submit_label = gettext_lazy("Upload the newer version")
    template_name = "documents/upload.html"

    def act(self, form: ReplaceForm) -> HttpResponse:
        older, file = self.object, form.cleaned_data["file"]
        with refusals_at("file"):
            newer = workflows.upload(
                stream_of(file),
                file.name,
                scope=older.scope,
                by=user_of(self.request),
                replaces=older,
                kind=older.kind,
                title=older.title,
                language=older.language,
                issued_on=form.cleaned_data["issued_on"],
                expires_on=form.cleaned_data["expires_on"],
            )
        return self.done(_("The newer version has been uploaded."), newer.get_absolute_url())


class DocumentWithdraw(OwnDocument):
    form_class = WithdrawForm
    title = gettext_lazy("Withdraw the document")
    intro = gettext_lazy("Its file is removed for good. A document that is attached somewhere cannot be withdrawn.")
    submit_label = gettext_lazy("Withdraw the document")
    danger = True

    def act(self, form: WithdrawForm) -> HttpResponse:
        workflows.withdraw(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The document has been withdrawn."), reverse("documents:documents"))
