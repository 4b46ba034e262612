"""Tokens for the API: shown once, kept as a hash, ended at any time by their owner."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from knox.models import AuthToken

from temp_portal.core.views import FormView

LIFETIMES = {1: gettext_lazy("1 day"), 30: gettext_lazy("30 days"), 180: gettext_lazy("180 days")}


class TokenForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), choices=list(LIFETIMES.items()), coerce=int, initial=30
    )


class TokensView(FormView):
    """The user's tokens and a form for a new one."""

    template_name = "accounts/tokens.html"
    title = gettext_lazy("API tokens")
    form_class = TokenForm
    login_required = True
    submit_label = gettext_lazy("Make a token")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        token, value = AuthToken.objects.create(self.request.user, timedelta(days=form.cleaned_data["days"]))
        return self.render_to_response(self.get_context_data(new_token=value, new_expiry=token.expiry))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tokens = AuthToken.objects.filter(user=self.request.user).order_by("-created")
        return super().get_context_data(tokens=tokens, **kwargs)


class EndTokenView(View):
    """End one of the user's own tokens."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={reverse('accounts:tokens')}")
        get_object_or_404(AuthToken, user=request.user, digest=pk).delete()
        messages.success(request, _("The token is ended. Programs that use it are refused from now on."))
        return redirect("accounts:tokens")
