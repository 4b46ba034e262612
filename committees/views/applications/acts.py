"""What the committee's side does on an application beside deciding: one small form each."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import TranslationOf
from committees.files.letter import write_letter
from committees.forms.reviewing import AssignForm, ConflictForm, FulfilForm, NoteForm, TickForm, TranslationForm
from committees.models import Application, Condition, Letter, Remark
from committees.views.applications.review import ReviewMixin
from committees.workflows import conditions, remarks, reviewing, translations
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class ReviewAct(ReviewMixin, MoveFormMixin, ObjectFormView[Application]):
    """A form about one application that leads back to it."""

    rule = "committees.review_application"

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def back(self, message: str) -> HttpResponse:
        return self.done(message, self.get_back_url())


class Assign(ReviewAct):
    form_class = AssignForm
    title = gettext_lazy("Assign the application")
    submit_label = gettext_lazy("Assign")

    def get_title(self) -> str:
        return str(self.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"committee_id": self.object.committee_id}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"to": self.object.assignee_id}

    def act(self, form: Any) -> HttpResponse:
        to = form.cleaned_data["to"]
        reviewing.assign(self.object, by=user_of(self.request), to=to)
        return self.back(_("Assigned to %(who)s.") % {"who": to} if to else _("The application is free again."))


class AddNote(ReviewAct):
    form_class = NoteForm
    submit_label = gettext_lazy("Keep the note")

    def get_title(self) -> str:
        return _("Note on the application of %(organisation)s") % {"organisation": self.object.organisation}

    def act(self, form: Any) -> HttpResponse:
        reviewing.add_note(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.back(_("The note is kept."))


class Tick(ReviewAct):
    """Posted from the checklist on the review page."""

    form_class = TickForm
    http_method_names = ["post"]

    def get_title(self) -> str:
        return _("Checklist")

    def act(self, form: Any) -> HttpResponse:
        reviewing.tick(self.object, by=user_of(self.request), **form.cleaned_data)
        return HttpResponseRedirect(f"{self.get_back_url()}#checklist")


class DeclareConflict(ReviewAct):
    rule = "committees.declare_conflict"
    form_class = ConflictForm
    title = gettext_lazy("Declare a conflict of interest")
    submit_label = gettext_lazy("Declare it")
    intro = gettext_lazy(
        "You will no longer be able to assign this application, write notes on it, vote on it or decide on it."
    )

    def get_title(self) -> str:
        return str(self.title)

    def act(self, form: Any) -> HttpResponse:
        reviewing.declare_conflict(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.back(_("Your conflict of interest is on record; a colleague decides."))


class SettleRemark(MoveFormMixin, ObjectFormView[Remark]):
    """Posted from the review page: the committee is satisfied with an answer."""

    form_class = forms.Form
    login_required = True
    http_method_names = ["post"]

    def get_queryset(self) -> QuerySet[Remark]:
        seen = Application.objects.for_officers(self.request.user)
        rows: QuerySet[Remark] = Remark.objects.filter(application__in=seen).select_related("application__committee")
        return rows

    def get_title(self) -> str:
        return _("Question")

    def act(self, form: Any) -> HttpResponse:
        remarks.settle(self.object, by=user_of(self.request))
        return self.done(_("The question is settled."), self.object.application.get_absolute_url())


class FulfilCondition(MoveFormMixin, ObjectFormView[Condition]):
    form_class = FulfilForm
    login_required = True
    rule = "committees.keep_condition"
    title = gettext_lazy("The condition is fulfilled")
    submit_label = gettext_lazy("Record that it is fulfilled")

    def get_queryset(self) -> QuerySet[Condition]:
        seen = Application.objects.for_officers(self.request.user)
        rows: QuerySet[Condition] = Condition.objects.filter(application__in=seen)
        return rows.select_related("application__committee", "application__organisation")

    def get_title(self) -> str:
        return str(self.title)

    def get_intro(self) -> str:
        return str(self.object)

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: Any) -> HttpResponse:
        conditions.fulfil(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("Recorded; the enterprise has been told."), self.get_back_url())


class Translate(MoveFormMixin, ObjectFormView[Application]):
    """Either side adds a translation of one free text, which the address names."""

    template_name = "committees/applications/translate.html"
    form_class = TranslationForm
    login_required = True
    rule = "committees.translate_text"
    title = gettext_lazy("Add a translation")
    submit_label = gettext_lazy("Add the translation")

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = Application.objects.visible_to(self.request.user)
        return rows.select_related("committee", "organisation")

    def get_object(self, queryset: QuerySet[Application] | None = None) -> Application:
        found = super().get_object(queryset)
        original = translations.original_of(found, *self.place)
        if original is None:
            raise Http404
        self.original, self.original_language = original
        return found

    @property
    def place(self) -> tuple[TranslationOf, int]:
        if self.kwargs["of"] not in TranslationOf:
            raise Http404
        return TranslationOf(self.kwargs["of"]), self.kwargs["of_id"]

    def get_title(self) -> str:
        return str(self.title)

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(str(self.object), self.get_back_url()), Crumb(str(self.title))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"original": self.original, "original_language": self.original_language}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        translations.translate(self.object, *self.place, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The translation stands beside the original."), self.get_back_url())


class LetterFile(DetailView[Letter]):
    """A letter as it was sent, for both sides."""

    login_required = True

    def get_queryset(self) -> QuerySet[Letter]:
        rows: QuerySet[Letter] = Letter.objects.visible_to(self.request.user).select_related("application")
        return rows

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return write_letter(self.object)
