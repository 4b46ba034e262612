"""The tiers of a committee's dues."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.dues import TierForm
from committees.models import DuesTier
from committees.views.dues.overview import InDues
from committees.workflows import dues
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import FormView, ObjectFormView


class TierPage(InDues, MoveFormMixin):
    """A form about a tier."""

    form_class = TierForm
    rule = "committees.keep_dues"
    submit_label = gettext_lazy("Save the tier")

    def get_places(self) -> tuple[()]:
        return ()

    def act(self, form: Any) -> HttpResponse:
        dues.save_tier(form.instance, by=user_of(self.request))
        return self.done(_("The tier has been saved."), self.dues_url)


class NewTier(TierPage, FormView):
    title = gettext_lazy("Add a tier of dues")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": DuesTier(committee=self.committee)}


class EditTier(TierPage, ObjectFormView[DuesTier]):
    title = gettext_lazy("Change the tier")

    def get_queryset(self) -> QuerySet[DuesTier]:
        rows: QuerySet[DuesTier] = DuesTier.objects.filter(committee=self.committee)
        return rows
