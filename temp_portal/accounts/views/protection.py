"""The offer of a second factor."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.accounts.protection import where_to_go_on
from temp_portal.core.views import TemplateView


class Protect(TemplateView):
    """A passkey, an app, or later; shown after the first sign-in."""

    template_name = "accounts/protect.html"
    title = gettext_lazy("Protect your account")
    login_required = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"go_on_url": where_to_go_on(self.request), "protected": is_mfa_enabled(user_of(self.request))}
        return super().get_context_data(**page | kwargs)
