"""The Secretariat's pages about records that may be one: found, compared, merged, taken apart."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.carried import carried_by
from members.duplicates import by_names
from members.forms.merging import MergeForm, UndoMergeForm
from members.models import (
    Merge,
    Mergeable,
    Organisation,
    OrganisationDismissal,
    OrganisationMerge,
    Person,
    PersonDismissal,
    PersonMerge,
)
from members.suspects import Suspicion, suspected_organisations, suspected_people
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.search import SearchQuery
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView

HITS = 20


class OfKind:
    """What differs between the pages of organisations and those of people."""

    record_model: ClassVar[Any]
    merge_model: ClassVar[Any]
    dismissal_model: ClassVar[Any]
    noun: ClassVar[str]
    plural: ClassVar[str | Promise]

    def url(self, name: str, *args: int) -> str:
        """Address of a page of this kind."""
        return reverse(f"members:{self.noun}-{name}", args=args)

    def crumbs(self, *last: str) -> Sequence[Crumb]:
        return [Crumb(self.plural, self.url("duplicates")), *(Crumb(label) for label in last)]


class OfOrganisations(OfKind):
    record_model = Organisation
    merge_model = OrganisationMerge
    dismissal_model = OrganisationDismissal
    noun = "organisation"
    plural = gettext_lazy("Organisations recorded twice")


class OfPeople(OfKind):
    record_model = Person
    merge_model = PersonMerge
    dismissal_model = PersonDismissal
    noun = "person"
    plural = gettext_lazy("People recorded twice")


class Duplicates(OfKind, TemplateView):
    """Pairs that may be one, with what speaks for it; and what was merged."""

    template_name = "members/duplicates.html"
    rule = "members.merge_records"
    suspicions: ClassVar[Callable[[], list[Suspicion]]]

    def get_title(self) -> str:
        return str(self.plural)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pairs = [
            (each, self.url("merge", each.one.pk, each.other.pk), self.url("dismiss", each.one.pk, each.other.pk))
            for each in type(self).suspicions()
        ]
        dismissals = self.dismissal_model.objects.standing().with_names()[:HITS]
        merges = self.merge_model.objects.with_names()[:HITS]
        undo = [(each, self.url("merge-undo", each.pk)) for each in merges]
        reopen = [(each, self.url("reopen", each.pk)) for each in dismissals]
        return super().get_context_data(**{"pairs": pairs, "merges": undo, "dismissed": reopen} | kwargs)


class OrganisationDuplicates(OfOrganisations, Duplicates):
    suspicions = staticmethod(suspected_organisations)


class PersonDuplicates(OfPeople, Duplicates):
    suspicions = staticmethod(suspected_people)


class Doubles(OfKind, TemplateView):
    """The record that is to be compared with this one: those of nearly the same name, or what is searched for."""

    template_name = "members/doubles.html"
    rule = "members.merge_records"
    kwargs: dict[str, Any]

    @cached_property
    def record(self) -> Mergeable:
        """The record, or 404."""
        found: Mergeable = get_object_or_404(self.record_model.objects.unmerged(), pk=self.kwargs["pk"])
        return found

    def get_title(self) -> str:
        return _("Is %(record)s recorded twice?") % {"record": self.record.own_name}

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs(self.record.own_name)

    def alike(self) -> list[Any]:
        """Those of nearly the same name."""
        query = SearchQuery(self.record.own_name)
        return list(self.others().filter(query.matches("search_key"))[:HITS])

    def others(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.record_model.objects.unmerged().exclude(pk=self.record.pk).order_by("pk")
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = SearchQuery(self.request.GET.get("q", "").replace("\x00", ""))
        found = self.alike() if query.is_blank else list(self.others().filter(query.matches("search_key"))[:HITS])
        page = {
            "typed": query.typed,
            "found": [(each, self.url("merge", self.record.pk, each.pk)) for each in found],
            "searched": not query.is_blank,
        }
        return super().get_context_data(**page | kwargs)


class OrganisationDoubles(OfOrganisations, Doubles):
    def alike(self) -> list[Any]:
        return by_names(self.record.all_names(), but=self.record.pk)


class PersonDoubles(OfPeople, Doubles):
    pass


class Compare(OfKind, MoveFormMixin, FormView):
    """Two records side by side, and the merge."""

    template_name = "members/merge.html"
    rule = "members.merge_records"
    form_class = MergeForm
    submit_label = gettext_lazy("Merge the two records")
    kwargs: dict[str, Any]

    @cached_property
    def pair(self) -> tuple[Any, Any]:
        """Both records, or 404."""
        rows = self.record_model.objects.select_related("merged_into")
        return get_object_or_404(rows, pk=self.kwargs["pk"]), get_object_or_404(rows, pk=self.kwargs["other"])

    def get_title(self) -> str:
        one, other = self.pair
        return _("Are %(one)s and %(other)s one?") % {"one": one.own_name, "other": other.own_name}

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs(_("Comparison"))

    def get_back_url(self) -> str:
        return self.url("duplicates")

    def get_form_kwargs(self) -> dict[str, Any]:
        one, other = self.pair
        return super().get_form_kwargs() | {"one": one, "other": other}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, other = self.pair
        carried = list(zip(carried_by(one), carried_by(other), strict=True))
        return super().get_context_data(**{"one": one, "other": other, "carried": carried} | kwargs)

    def act(self, form: Any) -> HttpResponse:
        merged, remaining = form.merged_and_remaining
        reason = form.cleaned_data["reason"]
        workflows.merge(merged, remaining, by=user_of(self.request), take=form.taken, reason=reason)
        names = {"merged": merged.own_name, "remaining": remaining.own_name}
        return self.done(_("“%(merged)s” was merged into “%(remaining)s”.") % names, remaining.get_absolute_url())


class MergeOrganisations(OfOrganisations, Compare):
    pass


class MergePeople(OfPeople, Compare):
    pass


class Undo(OfKind, MoveFormMixin, ObjectFormView[Merge]):
    """Takes two records apart, once it is said why."""

    form_class = UndoMergeForm
    login_required = True
    rule = "members.merge_records"
    danger = True
    submit_label = gettext_lazy("Take the two records apart")
    intro = gettext_lazy("Each record gets back what it was before. What was recorded of either since stays with it.")

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.merge_model.objects.visible_to(self.request.user).with_names()
        return rows

    def get_title(self) -> str:
        names = {"merged": self.object.merged.own_name, "remaining": self.object.remaining.own_name}
        return _("Undo the merge of %(merged)s into %(remaining)s") % names

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs(_("Undo a merge"))

    def get_back_url(self) -> str:
        return self.url("duplicates")

    def act(self, form: Any) -> HttpResponse:
        workflows.undo_merge(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The merge was undone."), self.url("duplicates"))


class UndoOrganisations(OfOrganisations, Undo):
    pass


class UndoPeople(OfPeople, Undo):
    pass
