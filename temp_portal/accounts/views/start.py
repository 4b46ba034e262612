"""Where one lands after signing in."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.accounts.start import render_blocks
from temp_portal.core.views import TemplateView


class StartPage(TemplateView):
    """What waits for whoever is signed in, by role; a second factor is offered until there is one."""

    template_name = "me/start.html"
    title = gettext_lazy("My page")
    login_required = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        page = {"blocks": render_blocks(self.request), "offers_second_factor": not is_mfa_enabled(user)}
        return super().get_context_data(**page | kwargs)
