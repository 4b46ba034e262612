"""Entrepreneurs: the list, the page with their assessments, and the forms. Every reading of a person is recorded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View

from members.models import Person
from projects.introductions.columns import ENTREPRENEURS
from projects.introductions.enums import Criterion
from projects.introductions.forms.entrepreneurs import AssessForm, EntrepreneurForm
from projects.introductions.models import Assessment, Entrepreneur, Introduction
from projects.introductions.people import known_people, seen
from projects.introductions.views.places import InPipeline, WithinPipeline
from projects.introductions.workflows import entrepreneurs
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.readings import read_all
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, KeysetPage, ListView
from temp_portal.core.lists.counting import RowCount
from temp_portal.core.search import SearchQuery
from temp_portal.core.tabular.export import Format
from temp_portal.core.views import Crumb, DetailView, ObjectFormView

OPTIONS = 20


class PickPerson(View):
    """Options of the person picker for `?q=`: people with whom the user works anyway; nothing for a visitor."""

    def get(self, request: HttpRequest) -> JsonResponse:
        query = SearchQuery(request.GET.get("q", "").replace("\x00", ""))
        if query.is_blank or not request.user.has_perm("introductions.add_introduction"):
            return JsonResponse([], safe=False)
        rows = known_people(request.user).filter(query.matches("search_key")).order_by("name", "pk")[:OPTIONS]
        return JsonResponse([{"value": str(row.pk), "text": str(row)} for row in rows], safe=False)


class EntrepreneurList(InPipeline, ListView[Entrepreneur]):
    title = gettext_lazy("Entrepreneurs")
    place = "entrepreneurs"
    columns = ENTREPRENEURS
    default_sort = "entrepreneur"
    empty = Empty(gettext_lazy("No entrepreneur is on record yet: each comes with the first introduction."))

    def get_queryset(self) -> QuerySet[Entrepreneur]:
        rows = Entrepreneur.objects.visible_to(self.request.user).with_names().with_scores()
        found: QuerySet[Entrepreneur] = rows.annotate(introduction_count=Count("introductions"))
        return found

    def paginated(self) -> tuple[KeysetPage[Entrepreneur], RowCount]:
        page, count = super().paginated()
        seen(page.rows, by=self.request.user, place=self.request.path)
        return page, count

    def export(self, fmt: Format) -> HttpResponseBase:
        read_all(Person, self.get_matching(), "person", by=self.request.user, place=self.request.path)
        return super().export(fmt)


class OfEntrepreneur(WithinPipeline):
    """A page about one entrepreneur; 404 for whoever does not see one of the introductions."""

    object: Any
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Entrepreneur]:
        found: QuerySet[Entrepreneur] = Entrepreneur.objects.visible_to(self.request.user).with_names()
        return found

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Introductions"), reverse("introductions:list")),
            Crumb(_("Entrepreneurs"), reverse("introductions:entrepreneurs")),
            Crumb(str(self.object), self.object.get_absolute_url()),
        ]

    def get_back_url(self) -> str:
        """Where forms lead back to."""
        address: str = self.object.get_absolute_url()
        return address


class EntrepreneurPage(OfEntrepreneur, DetailView[Entrepreneur]):
    template_name = "introductions/entrepreneur.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        seen([self.object], by=user, place=self.request.path)
        history = list(Assessment.objects.filter(entrepreneur=self.object).select_related("assessed_by"))
        last = {each.criterion: each for each in reversed(history)}
        introductions = Introduction.objects.visible_to(user).filter(entrepreneur=self.object)
        page = {
            "scores": [(criterion, last.get(criterion.value)) for criterion in Criterion],
            "history": history,
            "introductions": introductions.with_names().with_since().order_by("-pk"),
            "assesses": user.has_perm("introductions.assess_entrepreneur", self.object),
            "adds": user.has_perm("introductions.add_introduction"),
        }
        return super().get_context_data(**page | kwargs)


class EntrepreneurForms(MoveFormMixin, OfEntrepreneur, ObjectFormView[Entrepreneur]):
    """A form about one entrepreneur."""

    rule = "introductions.assess_entrepreneur"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs(), Crumb(self.get_title())]


class EditEntrepreneur(EntrepreneurForms):
    form_class = EntrepreneurForm
    title = gettext_lazy("Who the entrepreneur is")
    submit_label = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        entrepreneurs.change(form.instance, by=user_of(self.request))
        return self.done(_("The particulars have been saved."), self.get_back_url())


class Assess(EntrepreneurForms):
    form_class = AssessForm
    title = gettext_lazy("Assess the entrepreneur")
    submit_label = gettext_lazy("Record the assessment")
    intro = gettext_lazy("Earlier assessments stay on record; the last one of a criterion counts.")

    def act(self, form: Any) -> HttpResponse:
        entrepreneurs.assess(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The assessment has been recorded."), self.get_back_url())
