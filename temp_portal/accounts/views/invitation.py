"""Taking up an invitation: name and password, then signed in."""

from typing import Any

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy

from temp_portal.accounts.forms import InvitationForm
from temp_portal.accounts.invitations import invited
from temp_portal.accounts.models import User
from temp_portal.accounts.workflows import open_account
from temp_portal.core.views import FormView


class AcceptInvitation(FormView):
    """A link that is no longer good says what to do instead of a form."""

    form_class = InvitationForm
    template_name = "accounts/invitation.html"
    title = gettext_lazy("Welcome to the portal")
    submit_label = gettext_lazy("Set the password and sign in")
    invited_user: User | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invited_user = invited(kwargs["token"])
        if self.invited_user is None:
            return self.render_to_response({"title": self.get_title(), "is_over": True}, status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.invited_user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"invited_user": self.invited_user} | kwargs)

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        user = open_account(form.user, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        response: HttpResponse = perform_login(self.request, user, signup=True)
        return response
