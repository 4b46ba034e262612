"""Exchange rates: read by the officers, kept by the Secretariat, one by one or as published tables."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.columns import rate_columns
from projects.filters import RateFilter
from projects.forms.rates import RateForm
from projects.models import ExchangeRate
from projects.workflows import rates
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.core.views import Crumb, FormView, ObjectFormView

TITLE = gettext_lazy("Exchange rates")


class RateList(ListView[ExchangeRate]):
    """All rates with their sources, the last first."""

    template_name = "projects/rates.html"
    rule = "projects.view_rates"
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

    @property
    def may_keep(self) -> bool:
        return self.request.user.has_perm("projects.keep_rates")

    def get_columns(self) -> Sequence[Column]:
        return self.columns if self.may_keep else self.read_columns

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"may_keep": self.may_keep} | kwargs)


class KeptMixin(MoveFormMixin):
    """Forms of the Secretariat that lead back to the list."""

    rule = "projects.keep_rates"
    login_required = True

    def get_back_url(self) -> str:
        return reverse("projects:rates")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(TITLE, self.get_back_url()), Crumb(self.get_title())]


class NewRate(KeptMixin, FormView):
    form_class = RateForm
    title = gettext_lazy("Add an exchange rate")
    submit_label = gettext_lazy("Record the rate")

    def act(self, form: RateForm) -> HttpResponse:
        rates.save_rate(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The rate is on record."), self.get_back_url())


class EditRate(KeptMixin, ObjectFormView[ExchangeRate]):
    form_class = RateForm
    title = gettext_lazy("Exchange rate")
    submit_label = gettext_lazy("Record the rate")
    template_name = "projects/rate.html"

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        return ExchangeRate.objects.all()

    def act(self, form: RateForm) -> HttpResponse:
        rates.save_rate(form.save(commit=False), by=user_of(self.request))
        return self.done(_("The rate is on record."), self.get_back_url())


class RemoveRate(KeptMixin, ObjectFormView[ExchangeRate]):
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
