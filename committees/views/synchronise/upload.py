"""The file is taken, its sheet chosen, its columns named."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import SynchronisationState as State
from committees.forms.synchronise import RosterColumnsForm, RosterFileForm, SheetForm
from committees.models import Synchronisation
from committees.synchronisation import work
from committees.synchronisation.fields import IDENTITY, RosterKind, preset_for
from committees.views.synchronise.places import TONES, OfFile, Synchronising, steps, url_of
from committees.workflows import synchronisation as workflow
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView
from temp_portal.imports.mapping import Preset
from temp_portal.imports.storage import keep

#: Files of the past that the upload page lists.
EARLIER: Final = 10


class SynchroniseUpload(Synchronising, FormView):
    """Take the file; one whose columns are known goes straight to what would change."""

    form_class = RosterFileForm
    template_name = "committees/synchronise/upload.html"
    title = gettext_lazy("Synchronise with a file")
    intro = gettext_lazy("Nothing is written before you have seen what would change.")
    submit_label = gettext_lazy("Upload and compare")

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs_to(Crumb(_("Synchronise")))

    def get_back_url(self) -> str:
        return reverse("committees:roster", args=[self.committee.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = Synchronisation.objects.filter(committee=self.committee).light().select_related("created_by")
        rows = [(each, TONES[State(each.state)]) for each in earlier.order_by("-pk")[:EARLIER]]
        return super().get_context_data(**{"earlier": rows, "steps": steps(State.UPLOADED, 0)} | kwargs)

    def form_valid(self, form: RosterFileForm) -> HttpResponse:
        user, upload = user_of(self.request), form.cleaned_data["file"]
        made = workflow.upload(
            self.committee,
            by=user,
            name=upload.name,
            file=keep(upload),
            sheets=[look.to_data() for look in form.looks],
            effective_on=form.cleaned_data["effective_on"],
        )
        usable = [look for look in form.looks if not look.problem]
        if len(usable) > 1:
            return HttpResponseRedirect(url_of("synchronisation-sheet", made))
        return self.redirect(go_on(workflow.choose_sheet(made, usable[0].to_data(), by=user), user))

    def redirect(self, url: str) -> HttpResponse:
        """On to the next step."""
        return self.done(_("The file has been read. Nothing has been written yet."), url)


def go_on(made: Synchronisation, user: Any) -> str:
    """Address of the step after the sheet: the columns, or the comparison when they are remembered."""
    preset = preset_for(made, made.committee)
    if preset.saved is None or not set(IDENTITY) & preset.mapping.columns.keys():
        return url_of("synchronisation-columns", made)
    work.proceed(workflow.map_columns(made, preset.mapping, by=user), by=user)
    return made.get_absolute_url()


class ChooseSheet(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Which sheet of the workbook is the roster."""

    form_class = SheetForm
    title = gettext_lazy("Which sheet is the roster")
    submit_label = gettext_lazy("Take this sheet")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"synchronisation": self.object}

    def get_back_url(self) -> str:
        return self.start_url

    def act(self, form: SheetForm) -> HttpResponse:
        user = user_of(self.request)
        return HttpResponseRedirect(
            go_on(workflow.choose_sheet(self.object, form.cleaned_data["sheet"], by=user), user)
        )


class ChooseColumns(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Which column of the file says what, and of which day the roster is."""

    form_class = RosterColumnsForm
    template_name = "committees/synchronise/columns.html"
    title = gettext_lazy("Which column says what")
    submit_label = gettext_lazy("Compare with the roster")

    def get_object(self, queryset: QuerySet[Synchronisation] | None = None) -> Synchronisation:
        found = super().get_object(queryset)
        if not found.headers:
            raise Http404
        return found

    @cached_property
    def preset(self) -> Preset:
        """What is filled in to begin with."""
        return preset_for(self.object, self.committee)

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": self.object.effective_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"table_import": self.object, "kind": RosterKind(self.committee), "mapping": self.preset.mapping}
        return super().get_form_kwargs() | own

    def get_back_url(self) -> str:
        return self.object.get_absolute_url() if self.object.mapping else self.start_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"steps": steps(State.UPLOADED), "preset": self.preset}
        return super().get_context_data(**page | kwargs)

    def act(self, form: RosterColumnsForm) -> HttpResponse:
        user = user_of(self.request)
        work.proceed(workflow.map_columns(self.object, by=user, **form.cleaned_data), by=user)
        return HttpResponseRedirect(self.object.get_absolute_url())
