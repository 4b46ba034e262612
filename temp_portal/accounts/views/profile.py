"""One's own name and language."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.forms import ProfileForm
from temp_portal.accounts.permissions import user_of
from temp_portal.core.views import Crumb, FormView


class Profile(FormView):
    """Saving also switches the pages to the chosen language."""

    form_class = ProfileForm
    login_required = True
    title = gettext_lazy("My profile")
    submit_label = gettext_lazy("Save the profile")

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(_("My profile"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": user_of(self.request)}

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        user = form.save()
        with translation.override(user.language):
            response = self.done(_("Your profile has been saved."), reverse("accounts:me"))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
