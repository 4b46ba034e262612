"""Exchange rates: read by the officers, kept by the Secretariat, one by one or as published tables."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.views.reference import KeptMixin
from projects.columns import rate_columns
from projects.filters import RateFilter
from projects.forms.rates import RateForm
from projects.models import ExchangeRate
from projects.workflows import rates
from temp_portal.accounts.permissions import user_of
from temp_portal.core.lists import Empty, KeptListView
from temp_portal.core.views import FormView, ObjectFormView

TITLE = gettext_lazy("Exchange rates")


class RateList(KeptListView[ExchangeRate]):
    """All rates with their sources, the last first."""

    template_name = "projects/rates.html"
    rule = "projects.view_rates"
    keep_rule = "projects.keep_rates"
    login_required = True
    title = TITLE
    columns = rate_columns(kept=True)
    read_columns = rate_columns(kept=False)
    default_sort = "-date"
    filterset_class = RateFilter
    search_field = ""
    empty = Empty(gettext_lazy("No rate is on record."), gettext_lazy("Add a rate"), "projects:rate-new")

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        return ExchangeRate.objects.all()


class KeptRate(KeptMixin):
    rule = "projects.keep_rates"
    list_title = TITLE
    list_url = "projects:rates"


class NewRate(KeptRate, FormView):
    form_class = RateForm
    title = gettext_lazy("Add an exchange rate")
    submit_label = gettext_lazy("Record the rate")

    def act(self, form: RateForm) -> HttpResponse:
        rates.save_rate(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The rate is on record."), self.get_back_url())


class EditRate(KeptRate, ObjectFormView[ExchangeRate]):
    form_class = RateForm
    title = gettext_lazy("Exchange rate")
    submit_label = gettext_lazy("Record the rate")
    template_name = "projects/rate.html"

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        return ExchangeRate.objects.all()

    def act(self, form: RateForm) -> HttpResponse:
        rates.save_rate(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The rate is on record."), self.get_back_url())


class RemoveRate(KeptRate, ObjectFormView[ExchangeRate]):
    form_class = forms.Form
    title = gettext_lazy("Remove an exchange rate")
    submit_label = gettext_lazy("Remove the rate")
    danger = True

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        return ExchangeRate.objects.all()

    def get_intro(self) -> str:
        own = self.object
        said = {"rate": f"{own.base} 1 = {own.quote} {own.rate.normalize():f}", "day": own.date, "source": own.source}
        return (
            _("%(rate)s, %(day)s, %(source)s. Amounts of these days are converted by other rates, or not at all.")
            % said
        )

    def act(self, form: Any) -> HttpResponse:
        rates.remove_rate(self.object, by=user_of(self.request))
        return self.done(_("The rate has been removed."), self.get_back_url())
