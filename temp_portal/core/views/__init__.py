"""Bases of all pages. They fetch, call and respond; who may do what stands in querysets and rules.

    class ApplicationDetail(DetailView[Application]):
        template_name = "committees/application.html"
        slug_field, slug_url_kwarg = "number", "number"
        rule = "committees.view_application"          # 403 for an insider without the right

        def get_queryset(self):                       # 404 for an outsider: the row is not in his queryset
            return Application.objects.visible_to(self.request.user).select_related("organisation")

        def get_title(self):
            return str(self.object.organisation)

        def get_crumbs(self):
            return [Crumb(_("Committees"), reverse("committees:list")), Crumb(self.object.number)]

    class RejectForm(ObjectFormView[Application]):    # a form about one row; `workflows.py` does the work
        form_class = RejectionForm
        rule = "committees.decide_application"
        title = _("Reject the application")
        submit_label = _("Reject and write to the applicant")

        def form_valid(self, form):
            workflows.reject(self.object, by=self.request.user, reason=form.cleaned_data["reason"])
            return self.done(_("The application was rejected."), self.object.get_absolute_url())

An invalid form keeps what was typed, shows a summary on top that takes the focus, and its title begins "Error:".
"""

from temp_portal.core.views.detail import DetailView
from temp_portal.core.views.forms import FormView, ObjectFormView
from temp_portal.core.views.limits import RateLimit, RateLimitedMixin
from temp_portal.core.views.pages import Crumb, PageMixin, Place, TemplateView

__all__ = [
    "Crumb",
    "DetailView",
    "FormView",
    "ObjectFormView",
    "PageMixin",
    "Place",
    "RateLimit",
    "RateLimitedMixin",
    "TemplateView",
]
