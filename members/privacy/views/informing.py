"""The notices on personal data by country, and where people put themselves on record."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.informing import OFF_BY_DEFAULT, in_force, may_register_oneself, notice_for
from members.models import PrivacyNotice, SelfRegistration
from members.privacy import workflows
from members.privacy.forms import ChooseCountryForm, NoticeForm, ReasonForm
from members.privacy.views.desk import OnDesk
from members.privacy.workflows.informing import fields_of_text
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.country_names import country_name
from temp_portal.core.views import FormView

#: How the general notice is named in addresses.
GENERAL = "general"


class Notices(OnDesk, FormView):
    """Every notice in force, every country with a decision of its own, and the choice of a country."""

    form_class = ChooseCountryForm
    template_name = "privacy/notices.html"
    title = gettext_lazy("Notices on personal data")
    place = "notices"
    submit_label = gettext_lazy("Go on")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decided = {str(row.country): row for row in SelfRegistration.objects.all()}
        codes = sorted({*OFF_BY_DEFAULT, *decided}, key=country_name)
        written = in_force()
        page = {
            "notices": [(code, name_of(code), row) for code, row in sorted(written.items())],
            "first": None if "" in written else notice_for(""),
            "countries": [(code, country_name(code), may_register_oneself(code), decided.get(code)) for code in codes],
        }
        return super().get_context_data(**page | kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("privacy:notice", args=[form.cleaned_data["country"] or GENERAL]))


class OfCountry(OnDesk, MoveFormMixin, FormView):
    """About the country named in the address."""

    rule = "privacy.keep_notices"
    place = "notices"

    @property
    def country(self) -> str:
        """Its code; "" for the general notice. 404 for what is no country."""
        code = str(self.kwargs["country"])
        if code == GENERAL:
            return ""
        if not country_name(code):
            raise Http404
        return code

    def get_back_url(self) -> str:
        return reverse("privacy:notices")


class Notice(OfCountry):
    """A new version of the notice; the earlier ones stay on record below."""

    form_class = NoticeForm
    template_name = "privacy/notice.html"
    intro = gettext_lazy(
        "A new version is in force at once. Who confirmed an earlier one is asked to read it at the next occasion."
    )
    submit_label = gettext_lazy("Bring the new version into force")

    def get_title(self) -> str:
        return _("Notice: %(country)s") % {"country": name_of(self.country)}

    def get_initial(self) -> dict[str, Any]:
        row = in_force([self.country]).get(self.country)
        return {name: getattr(row, name) for name in fields_of_text()} if row else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = PrivacyNotice.objects.filter(country=self.country).select_related("created_by")
        page = {"code": self.country, "versions": versions.order_by("-number")}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        made = workflows.write_notice(self.country, by=user_of(self.request), **form.cleaned_data)
        message = _("Version %(number)s is in force.") % {"number": made.number}
        return self.done(message, reverse("privacy:notices"))


class Switch(OfCountry):
    """Allows or ends that people of the country put themselves on record."""

    form_class = ReasonForm
    template_name = "privacy/switch.html"

    def get_title(self) -> str:
        if not self.country:
            raise Http404
        return _("Self-registration: %(country)s") % {"country": name_of(self.country)}

    def get_intro(self) -> str:
        if may_register_oneself(self.country):
            return _("People of this country may put themselves on record at present.")
        return _("People of this country are entered by their organisation at present, which shows them the notice.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        allowed = may_register_oneself(self.country)
        row = SelfRegistration.objects.filter(country=self.country).first()
        history = Transition.objects.of(row).select_related("by").reverse() if row else []
        page = {
            "submit_label": _("End self-registration") if allowed else _("Allow self-registration"),
            "danger": allowed,
            "events": [
                {
                    "title": _("Allowed") if each.to_state == "on" else _("Ended"),
                    "at": each.at,
                    "by": each.by,
                    "quote": each.reason,
                }
                for each in history
            ],
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        allowed = not may_register_oneself(self.country)
        by, reason = user_of(self.request), form.cleaned_data["reason"]
        workflows.set_self_registration(self.country, allowed=allowed, by=by, reason=reason)
        return self.done(_("The decision holds from now on."), reverse("privacy:notices"))


def name_of(country: str) -> str:
    """The country's name; for the general notice a word."""
    return country_name(country) if country else _("every country without a notice of its own")
