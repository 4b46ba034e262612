"""Admitting a member without an online application: find the organisation, then say what the committee decided."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.composition import OBSERVER, Effect, composition_of, effect
from committees.forms.seats import AdmitForm, FindMemberForm
from committees.models import Seat
from committees.views.places import InCommittee
from committees.workflows import seats
from members.models import Identifier, Organisation
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.search import SearchQuery
from temp_portal.core.views import Crumb, FormView

#: Organisations shown of those that match.
HITS = 20


class Admit(MoveFormMixin, InCommittee, FormView):
    """`?q=` finds organisations, `?organisation=` chooses one; the form then records the decision."""

    template_name = "committees/admit.html"
    form_class = AdmitForm
    rule = "committees.admit_member"
    for_officers = True
    login_required = True
    title = gettext_lazy("Admit a member")
    submit_label = gettext_lazy("Admit and give a seat")

    @cached_property
    def organisation(self) -> Organisation | None:
        """Who was chosen; 404 for what is no organisation."""
        chosen = self.request.GET.get("organisation", "")
        if not chosen:
            return None
        rows = Organisation.objects.visible_to(self.request.user).with_ownership()
        found: Organisation = get_object_or_404(rows, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)
        return found

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), self._roster_url()),
            Crumb(_("Admit a member")),
        ]

    def get_back_url(self) -> str:
        return self.request.path if self.organisation else self._roster_url()

    def get_form(self, form_class: Any = None) -> Any:
        if self.organisation is None:
            return FindMemberForm(self.request.GET if "q" in self.request.GET else None)
        return AdmitForm(organisation=self.organisation, **self.get_form_kwargs())

    def get_initial(self) -> dict[str, Any]:
        if self.organisation is None:
            return {}
        return {"functional_role": seats.default_role(self.organisation, timezone.localdate())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        if self.organisation is None:
            return page | {"candidates": self._candidates(), "find": page["form"], "hits": HITS}
        return page | {"organisation": self.organisation, "effects": self._effects(page["form"])}

    def act(self, form: Any) -> HttpResponse:
        record = {name: form.cleaned_data[name] for name in ("effective_on", "document", "reason")}
        if self.organisation is None:
            return self.form_invalid(form)
        seat = seats.admit(self.committee, self.organisation, by=user_of(self.request), **record, **form.particulars())
        return self.done(_("%(member)s has its seat.") % {"member": self.organisation}, seat.get_absolute_url())

    def _candidates(self) -> list[Organisation]:
        """Organisations that match what was typed, by name or number; `is_member` says that they sit here already."""
        typed = self.request.GET.get("q", "").replace("\x00", "").strip()
        if not typed:
            return []
        own = Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk"))
        number = Identifier.objects.filter(own, value__iexact="".join(typed.split()))
        sits = Seat.objects.sitting().filter(own, committee=self.committee)
        rows = (
            Organisation.objects.visible_to(self.request.user)
            .unmerged()
            .filter(SearchQuery(typed).matches("search_key") | Q(Exists(number)))
            .with_ownership()
            .annotate(is_member=Exists(sits))
        )
        return list(rows.order_by("legal_name", "pk")[: HITS + 1])

    def _effects(self, form: Any) -> list[Effect]:
        """What the admission does to the composition, with a vote unless the form says otherwise."""
        voting = not form.is_bound or "voting" in form.data
        chosen: Any = self.organisation
        group = chosen.ownership_group if voting else OBSERVER
        return effect(composition_of(self.committee, timezone.localdate()), group)

    def _roster_url(self) -> str:
        return reverse("committees:roster", args=[self.committee.slug])
