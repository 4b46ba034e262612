"""The administration site behind the portal's own sign-in and a second factor (design: pages and routes)."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _


class AdminSite(admin.AdminSite):
    """Open to whoever may administer and has a second factor; a session without one is led to set it up."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_mfa_enabled(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send on to what is missing. The site takes no password: its own form knows neither limits nor factors."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", resolve_url("admin:index")))
        if not super().has_permission(request):
            raise PermissionDenied
        if not is_mfa_enabled(request.user):
            messages.info(request, _("The administration site needs a second factor. Set one up, then open it again."))
            return redirect("mfa_index")
        return redirect("admin:index")
