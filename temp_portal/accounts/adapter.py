from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from temp_portal.accounts.models import User
from temp_portal.accounts.protection import after_first_sign_in


class AccountAdapter(DefaultAccountAdapter):
    """Mails about the account in the account's own language; a second factor offered once to who has signed up."""

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **login: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, signup=signup, **login)
        if signup and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(after_first_sign_in(request, user, response.url))
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        user = context.get("user")
        language = user.language if isinstance(user, User) else translation.get_language() or "en"
        with translation.override(language):
            super().send_mail(template_prefix, email, context)
