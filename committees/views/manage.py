"""Creating a committee and changing its description."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from committees.forms.committees import EditForm, NewCommitteeForm
from committees.models import Committee
from committees.views.places import InCommittee
from committees.workflows import committees
from members.models import Organisation
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.search import SearchQuery
from temp_portal.core.views import Crumb, FormView, ObjectFormView

#: Options of the organisation picker.
OPTIONS = 30


class NewCommittee(MoveFormMixin, FormView):
    """A proposal, or an existing committee in whatever state it is."""

    template_name = "committees/form.html"
    form_class = NewCommitteeForm
    rule = "committees.create_committee"
    login_required = True
    title = gettext_lazy("Create a committee")
    intro = gettext_lazy("Only the names, the sector and the state are compulsory; everything else can be added later.")
    submit_label = gettext_lazy("Create the committee")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Committees"), reverse("committees:catalogue")), Crumb(_("New committee"))]

    def get_back_url(self) -> str:
        return reverse("committees:catalogue")

    def act(self, form: Any) -> HttpResponse:
        made = committees.create(
            by=user_of(self.request), slug=form.cleaned_data["slug"], history=form.history(), **form.description()
        )
        message = _("The committee has been created with its usual offices.")
        return self.done(message, reverse("committees:settings", args=[made.slug]))


class Describe(MoveFormMixin, InCommittee, ObjectFormView[Committee]):
    """Names, mandate, sector, who stands behind it, rules, office."""

    template_name = "committees/form.html"
    form_class = EditForm
    rule = "committees.change_committee"
    for_officers = True
    login_required = True
    title = gettext_lazy("Description of the committee")
    submit_label = gettext_lazy("Save the description")

    def get_queryset(self) -> QuerySet[Committee]:
        rows: QuerySet[Committee] = Committee.objects.kept_by(self.request.user)
        return rows

    def get_initial(self) -> dict[str, Any]:
        return {"seen": committees.version(self.committee)}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:1], Crumb(str(self.committee), self.get_back_url()), Crumb(_("Description"))]

    def get_places(self) -> tuple[()]:
        return ()

    def get_back_url(self) -> str:
        return reverse("committees:settings", args=[self.committee.slug])

    def act(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        committees.describe(self.committee, by=user_of(self.request), seen=seen, **form.description())
        return self.done(_("The description has been saved."), self.get_back_url())


class PickOrganisation(View):
    """Options of the organisation picker for `?q=`, as the script of long selects wants them."""

    def get(self, request: HttpRequest) -> JsonResponse:
        query = SearchQuery(request.GET.get("q", "").replace("\x00", ""))
        if query.is_blank:
            return JsonResponse([], safe=False)
        rows = Organisation.objects.visible_to(request.user).unmerged().filter(query.matches("search_key"))
        found = [{"value": str(row.pk), "text": str(row)} for row in rows.order_by("legal_name", "pk")[:OPTIONS]]
        return JsonResponse(found, safe=False)


class PickCommittee(View):
    """Options of the committee picker for `?q=`; with `working=1` those that take members."""

    def get(self, request: HttpRequest) -> JsonResponse:
        query = SearchQuery(request.GET.get("q", "").replace("\x00", ""))
        if query.is_blank:
            return JsonResponse([], safe=False)
        rows = Committee.objects.visible_to(request.user).filter(query.matches("search_key"))
        if request.GET.get("working") == "1":
            rows = rows.working()
        found = [{"value": row.slug, "text": str(row)} for row in rows.order_by("slug")[:OPTIONS]]
        return JsonResponse(found, safe=False)
