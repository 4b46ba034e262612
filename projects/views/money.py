"""The money of a project, for those who may see it; recorded and corrected by those who keep the project."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects import money
from projects.forms.money import CancelMoneyForm, CorrectMoneyForm, MoneyForm
from projects.models import MoneyEvent
from projects.views.places import InProject
from projects.workflows import money as workflows
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.markup import figures
from temp_portal.core.periods import Quarter
from temp_portal.core.views import FormView, ObjectFormView, TemplateView


class InMoney(InProject):
    """A page about the project's money; outsiders do not learn that there is any."""

    login_required = True

    def get_back_url(self) -> str:
        return reverse("projects:money", args=[self.project.code])


class Money(InMoney, TemplateView):
    """Sums by kind, every amount with its corrections, and what is outstanding at the end of the last quarter."""

    template_name = "projects/money.html"
    rule = "projects.see_money"
    title = gettext_lazy("Money")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = Quarter.containing(timezone.localdate()).start - timedelta(days=1)
        page = {
            "lines": money.lines(self.project),
            "totals": money.totals(self.project),
            "outstanding": money.outstanding(self.project, day),
            "quarter_end": day,
            "may_record": self.request.user.has_perm("projects.record_money", self.project),
        }
        return super().get_context_data(**page | kwargs)


class RecordMoney(InMoney, MoveFormMixin, FormView):
    form_class = MoneyForm
    rule = "projects.record_money"
    title = gettext_lazy("Record an amount")
    submit_label = gettext_lazy("Record the amount")

    def act(self, form: MoneyForm) -> HttpResponse:
        workflows.record_money(self.project, by=user_of(self.request), **form.said())
        return self.done(_("The amount is on record."), self.get_back_url())


class OfAmount(InMoney, MoveFormMixin, ObjectFormView[MoneyEvent]):
    """A form about an amount that stands."""

    rule = "projects.record_money"

    def get_queryset(self) -> QuerySet[MoneyEvent]:
        return MoneyEvent.objects.in_force().filter(project=self.project)

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.project)

    def get_intro(self) -> str:
        own = self.object
        said = {"kind": own.get_kind_display(), "amount": figures.money(own.amount, own.currency)}
        return _("Recorded: %(kind)s, %(amount)s. It stays on record as it was.") % said


class CorrectMoney(OfAmount):
    form_class = CorrectMoneyForm
    title = gettext_lazy("Correct an amount")
    submit_label = gettext_lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return MoneyForm.initial_of(self.object)

    def act(self, form: CorrectMoneyForm) -> HttpResponse:
        workflows.correct_money(self.object, by=user_of(self.request), **form.said())
        return self.done(_("The correction is on record."), self.get_back_url())


class CancelMoney(OfAmount):
    form_class = CancelMoneyForm
    title = gettext_lazy("Cancel an amount")
    submit_label = gettext_lazy("Cancel the amount")
    danger = True

    def act(self, form: CancelMoneyForm) -> HttpResponse:
        workflows.cancel_money(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The amount is cancelled: it is in no sum any more."), self.get_back_url())
