"""What representatives complete about their own organisation."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.forms.organisations import IdentifierForm, OwnDetailsForm
from members.models import Organisation
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, ObjectFormView


class OwnOrganisationMixin(MoveFormMixin, ObjectFormView[Organisation]):
    """An organisation that the user represents; 404 for any other. `?next=` leads back to where one came from."""

    login_required = True

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.represented_by(self.request.user)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(str(self.object), self.object.get_absolute_url())]

    def get_back_url(self) -> str:
        wanted = self.request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(
            wanted, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return wanted if safe else self.object.get_absolute_url()


class OwnDetails(OwnOrganisationMixin):
    form_class = OwnDetailsForm
    title = gettext_lazy("Names and place of your organisation")
    intro = gettext_lazy("These stand in the public register. The registered name is corrected by the Secretariat.")
    submit_label = gettext_lazy("Save the details")

    def act(self, form: Any) -> HttpResponse:
        workflows.save_own_details(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The details have been saved."), self.get_back_url())


class AddNumber(OwnOrganisationMixin):
    form_class = IdentifierForm
    title = gettext_lazy("A register number of your organisation")
    submit_label = gettext_lazy("Add the number")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"country": self.object.country.code or ""}

    def act(self, form: Any) -> HttpResponse:
        workflows.add_identifier(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The number has been added."), self.get_back_url())
