"""What retention will take and took; who read what; the record of breaches."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.privacy import workflows
from members.privacy.columns import BREACHES, READINGS
from members.privacy.filters import ReadingFilter
from members.privacy.forms import BreachForm
from members.privacy.keeping import outlooks
from members.privacy.models import Breach, RetentionRun
from members.privacy.views.desk import OnDesk
from temp_portal.accounts.permissions import user_of
from temp_portal.audit import retention
from temp_portal.audit.models import Reading
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import FormView, ObjectFormView, TemplateView

SHOWN_RUNS = 40


class Retention(OnDesk, TemplateView):
    template_name = "privacy/retention.html"
    title = gettext_lazy("Retention")
    place = "retention"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {rule.name: rule.label for rule in retention.rules()}
        runs = RetentionRun.objects.filter(count__gt=0).order_by("-day", "rule")[:SHOWN_RUNS]
        page = {"outlooks": outlooks(), "runs": [(run, labels.get(run.rule, run.rule)) for run in runs]}
        return super().get_context_data(**page | kwargs)


class ReadingList(OnDesk, ListView[Reading]):
    title = gettext_lazy("Who read personal data")
    place = "readings"
    columns = READINGS
    default_sort = "-at"
    filterset_class = ReadingFilter
    search_field = ""
    empty = Empty(gettext_lazy("Nobody has read contacts yet."))

    def get_queryset(self) -> QuerySet[Reading]:
        count = Func(F("subject_ids"), function="cardinality", output_field=IntegerField())
        return Reading.objects.annotate(count=count).select_related("reader")


class BreachList(OnDesk, ListView[Breach]):
    title = gettext_lazy("Breaches")
    template_name = "privacy/breaches.html"
    place = "breaches"
    columns = BREACHES
    default_sort = "-found"
    search_field = ""
    empty = Empty(gettext_lazy("No breach is on record."), gettext_lazy("Record a breach"), "privacy:breach-new")

    def get_queryset(self) -> QuerySet[Breach]:
        return Breach.objects.visible_to(self.request.user)


class NewBreach(OnDesk, MoveFormMixin, FormView):
    form_class = BreachForm
    rule = "privacy.keep_breaches"
    place = "breaches"
    title = gettext_lazy("Record a breach")
    intro = gettext_lazy("The authority and the people concerned are told at once, unless no harm can follow.")
    submit_label = gettext_lazy("Record the breach")

    def get_back_url(self) -> str:
        return reverse("privacy:breach-list")

    def act(self, form: Any) -> HttpResponse:
        workflows.keep_breach(None, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The breach is on record."), reverse("privacy:breach-list"))


class BreachPage(OnDesk, MoveFormMixin, ObjectFormView[Breach]):
    """The record, kept up to date; the history keeps every earlier wording."""

    form_class = BreachForm
    rule = "privacy.keep_breaches"
    place = "breaches"
    submit_label = gettext_lazy("Save")

    def get_queryset(self) -> QuerySet[Breach]:
        return Breach.objects.visible_to(self.request.user)

    def get_back_url(self) -> str:
        return reverse("privacy:breach-list")

    def act(self, form: Any) -> HttpResponse:
        workflows.keep_breach(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The record has been saved."), reverse("privacy:breach-list"))
