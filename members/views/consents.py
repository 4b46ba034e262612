"""What a person has agreed to, and taking it back."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import workflows
from members.consents import CONSENT_TEXTS
from members.enums import ASKED_PURPOSES, ConsentPurpose
from members.models import Consent
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, ObjectFormView, TemplateView


class ConsentList(TemplateView):
    """One's own consents with the texts as they read today."""

    template_name = "members/consents.html"
    title = gettext_lazy("My consents")
    login_required = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Consent.objects.filter(person__user=user_of(self.request)).order_by("-given_at")
        asked = own.filter(purpose__in=ASKED_PURPOSES)
        page = {
            "rows": [(consent, CONSENT_TEXTS[ConsentPurpose(consent.purpose)]) for consent in asked],
            "notices": own.filter(purpose=ConsentPurpose.NOTICE),
        }
        return super().get_context_data(**page | kwargs)


class WithdrawConsent(MoveFormMixin, ObjectFormView[Consent]):
    """Asks once, then takes the consent back."""

    form_class = Form
    login_required = True
    title = gettext_lazy("Withdraw a consent")
    submit_label = gettext_lazy("Withdraw this consent")
    danger = True

    def get_queryset(self) -> QuerySet[Consent]:
        own = Consent.objects.filter(person__user=user_of(self.request), purpose__in=ASKED_PURPOSES)
        living = own.filter(withdrawn_at__isnull=True)
        return living.select_related("person")

    def get_intro(self) -> str:
        if self.object.purpose == ConsentPurpose.REPRESENTATION:
            return _(
                "Without it you cannot be named as a representative in an application. Applications that have been "
                "submitted are not affected."
            )
        return _("It holds no longer from the moment in which you withdraw it.")

    def get_back_url(self) -> str:
        return reverse("members:consents")

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("My consents"), reverse("members:consents")), Crumb(self.object.get_purpose_display())]

    def act(self, _form: Any) -> HttpResponse:
        workflows.withdraw_consent(self.object, by=user_of(self.request))
        return self.done(_("The consent has been withdrawn."), reverse("members:consents"))
