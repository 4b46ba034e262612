"""How a project gets on: its quarterly updates, the latest figures, photos and documents, comments."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.progress.forms.documents import AttachForm
from projects.progress.forms.milestones import CommentForm
from projects.progress.models import Comment, ProgressUpdate, ProjectDocument
from projects.progress.workflows import remarks
from projects.views.places import InProject
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView


class ProgressPage(InProject, TemplateView):
    template_name = "projects/progress/progress.html"
    title = gettext_lazy("Progress")
    login_required = True
    rule = "progress.view_updates"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        updates = ProgressUpdate.objects.visible_to(user).filter(project=self.project)
        accepted = updates.accepted().prefetch_related("jobs", "capacities", "localisations")
        documents = ProjectDocument.objects.visible_to(user).filter(project=self.project)
        comments = Comment.objects.visible_to(user).filter(project=self.project)
        page = {
            "updates": updates.select_related("round"),
            "latest": accepted.select_related("round").first(),
            "documents": documents.select_related("document", "update__round"),
            "comments": comments.select_related("written_by"),
            "reports": user.has_perm("projects.report_progress", self.project),
            "form": CommentForm(),
        }
        return super().get_context_data(**page | kwargs)


class InProgress(MoveFormMixin, InProject):
    """A form that leads back to the page of progress."""

    login_required = True
    rule = "projects.report_progress"

    def get_back_url(self) -> str:
        return reverse("progress:progress", args=[self.project.code])

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(_("Progress"), self.get_back_url()), Crumb(self.get_title())]


class WriteComment(InProgress, FormView):
    form_class = CommentForm
    title = gettext_lazy("Comment on the project")
    submit_label = gettext_lazy("Publish the comment to those who work on it")

    def act(self, form: Any) -> HttpResponse:
        remarks.comment(self.project, form.cleaned_data["text"], by=user_of(self.request))
        return self.done(_("Your comment is there, and the others are told."), f"{self.get_back_url()}#comments")


class AttachDocument(InProgress, FormView):
    template_name = "documents/upload.html"
    form_class = AttachForm
    title = gettext_lazy("Add a photo or a document")
    submit_label = gettext_lazy("Add it to the project")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = user_of(self.request)
        return super().get_form_kwargs() | {"project": self.project, "by": user}

    def act(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        remarks.attach(
            self.project,
            data["document"],
            by=user_of(self.request),
            update=data["update"],
            caption=data["caption"],
        )
        return self.done(_("“%(title)s” is attached.") % {"title": data["document"]}, self.get_back_url())


class DetachDocument(InProgress, ObjectFormView[ProjectDocument]):
    form_class = Form
    title = gettext_lazy("Take the document off the project")
    submit_label = gettext_lazy("Take it off")

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.project)

    def get_queryset(self) -> QuerySet[ProjectDocument]:
        rows = ProjectDocument.objects.visible_to(self.request.user).filter(project=self.project)
        found: QuerySet[ProjectDocument] = rows.select_related("document", "project")
        return found

    def get_intro(self) -> str:
        return str(self.object)

    def act(self, _form: Any) -> HttpResponse:
        remarks.detach(self.object, by=user_of(self.request))
        return self.done(_("It has been taken off. It stays among the owner’s documents."), self.get_back_url())
