"""How a committee decides on applications: settled on pages of its settings."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.checklists import present_items
from committees.forms.reference import ChecklistForm, ProcedureForm
from committees.models import AdmissionProcedure
from committees.views.settings import SettingsForm
from committees.workflows import reference
from temp_portal.accounts.permissions import user_of
from temp_portal.core.views import FormView


class EditProcedure(SettingsForm, FormView):
    form_class = ProcedureForm
    template_name = "committees/form.html"
    title = gettext_lazy("Decisions on applications")

    def get_initial(self) -> dict[str, Any]:
        return ProcedureForm.initial_of(AdmissionProcedure.of(self.committee))

    def act(self, form: ProcedureForm) -> HttpResponse:
        reference.save_procedure(self.committee, by=user_of(self.request), **form.settled())
        return self.done(_("Settled. Votes that are open go on by the rules with which they began."), self.settings_url)


class EditChecklist(SettingsForm, FormView):
    form_class = ChecklistForm
    template_name = "committees/form.html"
    title = gettext_lazy("Checklist of applications")
    intro = gettext_lazy(
        "What is checked of every application. Applications that were handed in before keep the list of that day. "
        "To take an item away, empty its three texts."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"items": present_items(self.committee)}

    def act(self, form: ChecklistForm) -> HttpResponse:
        made = reference.save_checklist(self.committee, form.checklist(), by=user_of(self.request))
        said = {"version": made.version, "count": len(made.items)}
        return self.done(_("Version %(version)s of the checklist has %(count)s items.") % said, self.settings_url)
