"""Transfer and handover of a project: lines, checklist, certificate, and the reviews after it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.handover.checklist import checklist, is_complete
from projects.handover.enums import HANDING_OVER, TransferKind
from projects.handover.files.certificate import write_certificate
from projects.handover.forms import IssueForm, LineForm, ReviewForm, RevokeForm
from projects.handover.models import HandoverCertificate, Review, TransferLine
from projects.handover.workflows import reviews, transfer
from projects.views.places import InProject
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView, TemplateView


class HandoverPage(InProject, TemplateView):
    """What was transferred is for all who see the project, evidence and certificate for those who know more of it."""

    template_name = "projects/handover/handover.html"
    title = gettext_lazy("Transfer and handover")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = checklist(TransferLine.objects.filter(project=self.project))
        certificates = self.project.handover_certificates.select_related("issued_by", "revoked_by")
        valid = next((each for each in certificates if each.state == "valid"), None)
        user = self.request.user
        page = {
            "items": items,
            "complete": is_complete(items),
            "handing_over": self.project.stage in HANDING_OVER,
            "certificate": valid,
            "reviews": Review.objects.filter(project=self.project).select_related("done_by"),
            "knows": user.has_perm("handover.read_certificate", self.project),
            "keeps": user.has_perm("projects.change_project", self.project),
        }
        return super().get_context_data(**page | kwargs)


class InHandover(MoveFormMixin, InProject):
    """A form that leads back to the page of the handover."""

    login_required = True
    rule = "projects.change_project"

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.project)

    def get_back_url(self) -> str:
        return reverse("handover:handover", args=[self.project.code])

    def get_crumbs(self) -> Sequence[Crumb]:
        handover = Crumb(_("Transfer and handover"), self.get_back_url())
        return [*super().get_crumbs()[:-1], handover, Crumb(self.get_title())]


class NewLine(InHandover, FormView):
    """A line of the kind in the address; 404 for any other."""

    form_class = LineForm
    submit_label = gettext_lazy("Add the line")

    @property
    def kind(self) -> TransferKind:
        try:
            return TransferKind(self.kwargs["kind"])
        except ValueError:
            raise Http404 from None

    def get_title(self) -> str:
        return labelled(_("Add to the transfer"), self.kind.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": TransferLine(project=self.project, kind=self.kind)}

    def act(self, form: Any) -> HttpResponse:
        transfer.save(form.instance, by=user_of(self.request))
        return self.done(_("The line has been added."), self.get_back_url())


class LineAction(InHandover, ObjectFormView[TransferLine]):
    """A form about one line."""

    def get_queryset(self) -> QuerySet[TransferLine]:
        rows: QuerySet[TransferLine] = TransferLine.objects.filter(project=self.project).select_related("project")
        return rows

    def get_intro(self) -> str:
        return labelled(self.object.get_kind_display().capitalize(), self.object)


class EditLine(LineAction):
    form_class = LineForm
    title = gettext_lazy("Change the line")
    submit_label = gettext_lazy("Save the line")

    def act(self, form: Any) -> HttpResponse:
        transfer.save(form.instance, by=user_of(self.request))
        return self.done(_("The line has been saved."), self.get_back_url())


class RemoveLine(LineAction):
    form_class = Form
    title = gettext_lazy("Remove the line")
    submit_label = gettext_lazy("Remove the line")
    danger = True

    def act(self, _form: Any) -> HttpResponse:
        transfer.remove(self.object, by=user_of(self.request))
        return self.done(_("The line has been removed."), self.get_back_url())


class Issue(InHandover, FormView):
    form_class = IssueForm
    title = gettext_lazy("Issue the certificate of handover")
    submit_label = gettext_lazy("Issue the certificate")

    def act(self, form: Any) -> HttpResponse:
        made = transfer.issue(self.project, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("Issued: %(number)s.") % {"number": made.number}, self.get_back_url())


class Revoke(InHandover, ObjectFormView[HandoverCertificate]):
    form_class = RevokeForm
    title = gettext_lazy("Revoke the certificate")
    submit_label = gettext_lazy("Revoke the certificate")
    danger = True

    def get_queryset(self) -> QuerySet[HandoverCertificate]:
        rows: QuerySet[HandoverCertificate] = HandoverCertificate.objects.filter(project=self.project)
        return rows.select_related("project")

    def get_intro(self) -> str:
        return str(self.object)

    def act(self, form: Any) -> HttpResponse:
        transfer.revoke(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The certificate is void."), self.get_back_url())


class CertificateFile(InProject, DetailView[HandoverCertificate]):
    """The paper itself, as PDF."""

    login_required = True
    rule = "handover.read_certificate"

    def get_queryset(self) -> QuerySet[HandoverCertificate]:
        rows = HandoverCertificate.objects.valid().filter(project=self.project)
        found: QuerySet[HandoverCertificate] = rows.select_related("project__lead")
        return found

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return write_certificate(self.object)


class DoReview(InHandover, ObjectFormView[Review]):
    form_class = ReviewForm
    title = gettext_lazy("Record a review after the handover")
    submit_label = gettext_lazy("Record the review")

    def get_queryset(self) -> QuerySet[Review]:
        rows: QuerySet[Review] = Review.objects.filter(project=self.project).select_related("project")
        return rows

    def get_intro(self) -> str:
        return _("%(months)s months after the handover. It stays on record as you write it.") % {
            "months": self.object.months
        }

    def act(self, form: Any) -> HttpResponse:
        reviews.do(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The review is on record."), self.get_back_url())
