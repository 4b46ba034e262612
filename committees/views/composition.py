"""How a committee stands to its rules of composition, and what admissions would change."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from committees.composition import composition_of
from committees.composition.outlook import if_admitted, suggestions
from committees.composition.verdicts import results_of
from committees.forms.composition import AdmissionsForm, RuleForm
from committees.models import CompositionRule, Position, Seat
from committees.reclassified import role_proposals
from committees.views.places import InCommittee
from committees.views.settings import SettingsForm
from committees.workflows.composition import decide_rule
from committees.workflows.reclassified import follow_ownership
from temp_portal.accounts.permissions import user_of
from temp_portal.core.views import Crumb, FormView, TemplateView


class CompositionPage(InCommittee, TemplateView):
    """`?organisation=` names whom one thinks of admitting, as often as wanted."""

    template_name = "committees/composition/page.html"
    for_officers = True
    login_required = True
    place = "composition"

    def get_title(self) -> str:
        return _("Composition of %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Composition")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = timezone.localdate()
        form = AdmissionsForm(self.request.GET if "organisation" in self.request.GET else None)
        chosen = list(form.cleaned_data["organisation"]) if form.is_bound and form.is_valid() else []
        results = results_of(self.committee, day)
        page = {
            "form": form,
            "composition": composition_of(self.committee, day),
            "results": results,
            "chosen": chosen,
            "sitting": Seat.objects.on(day).filter(committee=self.committee, organisation__in=chosen).count(),
            "changes": if_admitted(self.committee, chosen, day) if chosen else [],
            "underfilled": Position.objects.filter(committee=self.committee).underfilled(day).order_by("rank"),
            "proposals": role_proposals(self.committee),
            "keeps": self.request.user.has_perm("committees.keep_roster", self.committee),
            "suggestions": suggestions(self.committee, results, day),
            "keep": "".join(f"organisation={each.pk}&" for each in chosen),
            "may_change": self.request.user.has_perm("committees.change_committee", self.committee),
        }
        return super().get_context_data(**page | kwargs)


class FollowOwnership(InCommittee, View):
    """Takes the ticked proposals up: the functional role follows the ownership."""

    for_officers = True
    login_required = True
    rule = "committees.keep_roster"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        chosen = {int(key) for key in request.POST.getlist("seat") if key.isdecimal() and len(key) < 19}
        try:
            count = follow_ownership(self.committee, chosen, by=user_of(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            text = ngettext("The role of %(count)s member follows.", "The roles of %(count)s members follow.", count)
            messages.success(request, text % {"count": count})
        return HttpResponseRedirect(reverse("committees:composition", args=[self.committee.slug]))


class EditRule(SettingsForm, FormView):
    """One rule: its present version to be decided anew, and every version before."""

    template_name = "committees/composition/rule.html"
    form_class = RuleForm
    submit_label = gettext_lazy("Record the decision")

    @cached_property
    def composed(self) -> CompositionRule:
        """The version that runs; 404 for a rule that the committee does not have."""
        rows = CompositionRule.objects.current().filter(committee=self.committee, valid__endswith__isnull=True)
        found: CompositionRule = get_object_or_404(rows, code=self.kwargs["code"])
        return found

    def get_title(self) -> str:
        return _("Rule %(code)s: %(label)s") % {"code": self.composed.code, "label": self.composed.get_code_display()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rule": self.composed}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = CompositionRule.objects.current().filter(committee=self.committee, code=self.composed.code)
        return super().get_context_data(**{"versions": versions.order_by("-valid")} | kwargs)

    def act(self, form: Any) -> HttpResponse:
        decide_rule(self.committee, self.composed.code, by=user_of(self.request), **form.decision())
        return self.done(_("The decision has been recorded. Earlier days keep the earlier version."), self.settings_url)
