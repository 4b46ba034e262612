"""Taking up an invitation to represent an organisation."""

from http import HTTPStatus
from typing import Any

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members import workflows
from members.invitations import invitation_of
from members.models import Invitation
from temp_portal.accounts.forms import InvitationForm
from temp_portal.accounts.invitations import is_in_use
from temp_portal.accounts.permissions import signed_in, user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import FormView, RateLimit, RateLimitedMixin


class AcceptForm(InvitationForm):
    """Who has an account only presses the button."""

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            self.fields.clear()


@method_decorator(never_cache, name="dispatch")
class Join(RateLimitedMixin, MoveFormMixin, FormView):
    """A newcomer chooses name and password, who has an account signs in and agrees; the account of another address is
    turned away. A link that is no longer good says so, whatever the reason is.
    """

    form_class = AcceptForm
    template_name = "members/join.html"
    rate_limit = RateLimit("join", "30/min")
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = invitation_of(kwargs["token"])
        if found is None:
            return self.over()
        self.invitation = found
        return super().dispatch(request, *args, **kwargs)

    def over(self) -> HttpResponse:
        page = {"title": _("This invitation is no longer valid"), "is_over": True}
        return self.render_to_response(page, status=HTTPStatus.GONE)

    def get_title(self) -> str:
        return _("Represent %(organisation)s") % {"organisation": self.invitation.organisation}

    def is_newcomer(self) -> bool:
        return not is_in_use(self.invitation.user)

    def is_somebody_else(self) -> bool:
        return signed_in(self.request.user) and self.request.user.pk != self.invitation.user_id

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.invitation.user, "asks_password": self.is_newcomer()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newcomer = self.is_newcomer()
        page = {
            "invitation": self.invitation,
            "newcomer": newcomer,
            "somebody_else": self.is_somebody_else(),
            "must_sign_in": not newcomer and not self.request.user.is_authenticated,
            "login_url": f"{reverse('account_login')}?next={self.request.path}",
            "submit_label": _("Set the password and accept") if newcomer else _("Accept the invitation"),
        }
        return super().get_context_data(**page | kwargs)

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        if self.is_somebody_else() or (not self.is_newcomer() and not self.request.user.is_authenticated):
            return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.FORBIDDEN)
        return super().form_valid(form)

    def act(self, form: AcceptForm) -> HttpResponse:
        try:
            if not self.is_newcomer():
                workflows.accept_invitation(self.invitation, by=user_of(self.request))
                return self.done(self.joined(), reverse("accounts:me"))
            chosen = form.cleaned_data
            user = workflows.join_with_new_account(self.invitation, name=chosen["name"], password=chosen["password"])
        except StateConflict:  # taken up or taken back in another window
            return self.over()
        response: HttpResponse = perform_login(self.request, user, signup=True)
        return response

    def joined(self) -> str:
        return _("You now represent %(organisation)s.") % {"organisation": self.invitation.organisation}
