"""The documents of an application: what is asked for, what is attached, and attaching one."""

from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.completeness import questions_of
from committees.enums import ASKED_EVIDENCE, ApplicationSection, EvidenceKind, QuestionKind
from committees.forms.evidence import AttachForm
from committees.models import Application, ApplicationDocument, Question
from committees.views.apply.beside import remarks_by_field
from committees.views.apply.sections import SectionMixin, too_late
from committees.views.apply.shelves import shelves
from committees.views.apply.steps import section_url
from committees.workflows import evidence
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import Crumb, DetailView, ObjectFormView
from temp_portal.documents import workflows as documents
from temp_portal.documents.kinds import OTHER
from temp_portal.documents.scopes import Scope


class DocumentsSection(SectionMixin, DetailView[Application]):
    section = ApplicationSection.DOCUMENTS
    template_name = "apply/section_documents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remarks = remarks_by_field(self.object, self.section).get("", [])
        page = self.place() | {"shelves": shelves(self.object), "remarks": remarks}
        return super().get_context_data(**page | kwargs)


class AttachDocument(SectionMixin, MoveFormMixin, ObjectFormView[Application]):
    """For the purpose in the address: `kind`, or `question`; 404 for any other."""

    section = ApplicationSection.DOCUMENTS
    form_class = AttachForm
    submit_label = gettext_lazy("Attach the document")

    @cached_property
    def question(self) -> Question | None:
        asked = self.request.GET.get("question", "")
        if not asked.isdecimal():
            return None
        files = questions_of(self.object).filter(kind=QuestionKind.FILE)
        found: Question = get_object_or_404(files, pk=asked)
        return found

    @cached_property
    def kind(self) -> EvidenceKind:
        if self.question is not None:
            return EvidenceKind.ANSWER
        try:
            return EvidenceKind(self.request.GET.get("kind", EvidenceKind.OTHER))
        except ValueError:
            raise Http404 from None

    def get_title(self) -> str:
        return str(self.question or self.kind.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        owner = Scope(ScopeKind.ORGANISATION, self.object.organisation_id)
        kind = self.kind.value if self.kind in ASKED_EVIDENCE else OTHER
        return super().get_form_kwargs() | {"scope": owner, "by": user_of(self.request), "kind": kind}

    def get_crumbs(self) -> list[Crumb]:
        return [*super().get_crumbs(), Crumb(str(ApplicationSection.DOCUMENTS.label), self.get_back_url())]

    def get_back_url(self) -> str:
        part = ApplicationSection.QUESTIONS if self.question else ApplicationSection.DOCUMENTS
        return section_url(self.object, part)

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)

    @transaction.atomic
    def act(self, form: AttachForm) -> HttpResponse:
        user, document = user_of(self.request), form.cleaned_data["document"]
        evidence.attach(self.object, document, by=user, kind=self.kind.value, question=self.question)
        if details := form.details():
            documents.describe(document, by=user, **details)
        return self.done(_("“%(title)s” is attached.") % {"title": document}, self.get_back_url())


class DetachDocument(SectionMixin, MoveFormMixin, ObjectFormView[Application]):
    """Takes a document off; asks first."""

    section = ApplicationSection.DOCUMENTS
    form_class = Form
    submit_label = gettext_lazy("Take it off")
    intro = gettext_lazy("The document stays among those of your organisation and can be attached again.")

    @cached_property
    def attached(self) -> ApplicationDocument:
        rows: QuerySet[ApplicationDocument] = self.object.attached.select_related("application", "document")
        return get_object_or_404(rows, pk=self.kwargs["attached"])

    def get_title(self) -> str:
        return _("Take “%(title)s” off the application") % {"title": self.attached.document}

    def get_back_url(self) -> str:
        part = ApplicationSection.QUESTIONS if self.attached.question_id else ApplicationSection.DOCUMENTS
        return section_url(self.object, part)

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)

    def act(self, _form: Any) -> HttpResponse:
        evidence.detach(self.attached, by=user_of(self.request))
        return HttpResponseRedirect(self.get_back_url())
