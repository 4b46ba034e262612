"""Choosing for which organisation one acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from members.acting import act_for
from members.models import Organisation


class ActFor(View):
    """Takes one of the own organisations and goes back to where one came from."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login"))
        wanted = request.POST.get("organisation", "")
        own = Organisation.objects.represented_by(request.user)
        organisation = get_object_or_404(own, pk=wanted if wanted.isdecimal() and len(wanted) < 19 else None)
        act_for(request, organisation)
        messages.success(request, _("You now act for %(organisation)s.") % {"organisation": organisation})
        return HttpResponseRedirect(self.back(request))

    def back(self, request: HttpRequest) -> str:
        wanted = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return wanted if safe else reverse("accounts:me")
