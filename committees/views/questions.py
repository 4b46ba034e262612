"""What a committee asks of applicants: the version that is asked now, and the draft of the next one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import EvidenceKind, QuestionKind, QuestionSetState
from committees.forms.applications import QuestionsForm
from committees.forms.questions import EvidenceForm, QuestionForm
from committees.models import Question, QuestionSet
from committees.views.settings import InSettings, SettingsForm
from committees.workflows import questions
from temp_portal.accounts.permissions import user_of
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView


class OnQuestions(InSettings):
    """A page about the questions; its forms lead back to them."""

    @property
    def questions_url(self) -> str:
        return reverse("committees:questions", args=[self.committee.slug])

    def get_back_url(self) -> str:
        return self.questions_url

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs(), Crumb(_("Questions"), self.questions_url)]

    @cached_property
    def draft(self) -> QuestionSet | None:
        """The version that is being written."""
        return self.versions.filter(state=QuestionSetState.DRAFT).first()

    @cached_property
    def asked(self) -> QuestionSet | None:
        """The version that is asked now."""
        return self.versions.asked_now().first()

    @property
    def versions(self) -> Any:
        return QuestionSet.objects.filter(committee=self.committee)


class Questions(OnQuestions, TemplateView):
    template_name = "committees/questions/page.html"
    rule = "committees.view_settings"
    title = gettext_lazy("What applicants are asked")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(_("Questions"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        shown = [(each, _evidence(each)) for each in (self.draft, self.asked) if each]
        page = {
            "shown": shown,
            "draft": self.draft,
            "asked": self.asked,
            "earlier": self.versions.filter(state=QuestionSetState.CLOSED).order_by("-version"),
            "may_ask": user.has_perm(questions.RIGHT, self.committee),
        }
        return super().get_context_data(**page | kwargs)


def _evidence(version: QuestionSet) -> list[str]:
    return [str(EvidenceKind(kind).label) for kind in version.evidence]


class Preview(OnQuestions, TemplateView):
    """The questions as an applicant sees them: of the draft, else of what is asked now. Nothing is saved."""

    template_name = "committees/questions/preview.html"
    rule = "committees.view_settings"
    title = gettext_lazy("Preview of the questions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.draft or self.asked
        if version is None:
            raise Http404
        files = version.questions.filter(kind=QuestionKind.FILE)
        page = {
            "version": version,
            "preview": QuestionsForm(questions=version.questions.exclude(kind=QuestionKind.FILE)),
            "files": files,
            "evidence": _evidence(version),
        }
        return super().get_context_data(**page | kwargs)


class QuestionsStep(OnQuestions, SettingsForm):
    """A form on the draft."""

    rule = questions.RIGHT

    def the_draft(self) -> QuestionSet:
        """404 where none is being written."""
        if self.draft is None:
            raise Http404
        return self.draft

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(self.questions_url)


class WriteNext(QuestionsStep, FormView):
    """Begins the next version, from what is asked now."""

    form_class = Form
    title = gettext_lazy("Write the next version")
    intro = gettext_lazy("It starts from what is asked now. Applicants see nothing of it until you publish it.")
    submit_label = gettext_lazy("Begin the next version")

    def act(self, _form: Any) -> HttpResponse:
        questions.draft_of(self.committee, by=user_of(self.request))
        return self.back()


class NewQuestion(QuestionsStep, FormView):
    form_class = QuestionForm
    template_name = "committees/form.html"
    title = gettext_lazy("Add a question")
    submit_label = gettext_lazy("Save the question")

    def act(self, form: Any) -> HttpResponse:
        draft = questions.draft_of(self.committee, by=user_of(self.request))
        questions.save_question(draft, by=user_of(self.request), **form.values())
        return self.done(_("The question has been added to the draft."), self.questions_url)


class OnQuestion(QuestionsStep, ObjectFormView[Question]):
    """A form about a question of the draft; 404 for one that is published."""

    def get_queryset(self) -> QuerySet[Question]:
        return Question.objects.filter(question_set=self.the_draft()).select_related("question_set")


class EditQuestion(OnQuestion):
    form_class = QuestionForm
    template_name = "committees/form.html"
    title = gettext_lazy("Change the question")
    submit_label = gettext_lazy("Save the question")

    def act(self, form: Any) -> HttpResponse:
        questions.save_question(self.the_draft(), by=user_of(self.request), question=self.object, **form.values())
        return self.done(_("The question has been saved."), self.questions_url)


class MoveQuestion(OnQuestion):
    """One place up, or down with `down` in the form."""

    form_class = Form
    submit_label = gettext_lazy("Move it up")

    def act(self, _form: Any) -> HttpResponse:
        questions.move_question(self.object, by=user_of(self.request), up="down" not in self.request.POST)
        return self.back()


class RemoveQuestion(OnQuestion):
    form_class = Form
    danger = True
    submit_label = gettext_lazy("Remove the question")
    intro = gettext_lazy("It is taken out of the draft. Versions that were published keep it.")

    def act(self, _form: Any) -> HttpResponse:
        questions.remove_question(self.object, by=user_of(self.request))
        return self.back()


class Evidence(QuestionsStep, FormView):
    form_class = EvidenceForm
    title = gettext_lazy("Documents that are asked for")
    submit_label = gettext_lazy("Save the documents")

    def get_initial(self) -> dict[str, Any]:
        return {"evidence": (self.draft or self.asked or QuestionSet()).evidence}

    def act(self, form: Any) -> HttpResponse:
        draft = questions.draft_of(self.committee, by=user_of(self.request))
        questions.ask_evidence(draft, form.cleaned_data["evidence"], by=user_of(self.request))
        return self.back()


class Publish(QuestionsStep, FormView):
    form_class = Form
    submit_label = gettext_lazy("Publish this version")
    intro = gettext_lazy(
        "From now on new applications are asked this version. Those that have begun keep theirs; drafts are offered it."
    )

    def get_title(self) -> str:
        return _("Publish version %(version)s of the questions") % {"version": self.the_draft().version}

    def act(self, _form: Any) -> HttpResponse:
        published = questions.publish(self.the_draft(), by=user_of(self.request))
        message = _("Version %(version)s is asked from now on.") % {"version": published.version}
        return self.done(message, self.questions_url)


class Discard(QuestionsStep, FormView):
    form_class = Form
    danger = True
    submit_label = gettext_lazy("Discard the draft")
    intro = gettext_lazy("It cannot be undone. What is asked now does not change.")

    def get_title(self) -> str:
        return _("Discard the draft of version %(version)s") % {"version": self.the_draft().version}

    def act(self, _form: Any) -> HttpResponse:
        questions.discard(self.the_draft(), by=user_of(self.request))
        return self.done(_("The draft has been discarded."), self.questions_url)
