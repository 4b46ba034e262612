"""Certificates of membership: issued and revoked by the committee, had by the member, checked by anybody."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.files.certificate import write_certificate
from committees.forms.fields import reason
from committees.history import last_day
from committees.models import Certificate
from committees.views.places import InCommittee
from committees.views.seats import SeatAction
from committees.workflows import certificates
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, DetailView, ObjectFormView, RateLimit, RateLimitedMixin

#: The address is known to who holds the paper: it goes into no index, no log of another site, no cache.
PRIVATE_HEADERS: Final = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class CertificatePage(RateLimitedMixin, DetailView[Certificate]):
    """For whoever holds the paper: since when the membership is valid or when it ended, of whom, in which committee."""

    template_name = "committees/certificate.html"
    slug_field = slug_url_kwarg = "token"
    title = gettext_lazy("Certificate of membership")
    # Whoever tries tokens one after the other is held up; who scans a certificate is not.
    rate_limit = RateLimit("certificate", "30/min")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        for name, value in PRIVATE_HEADERS.items():
            response.headers[name] = value
        return response

    def get_queryset(self) -> QuerySet[Certificate]:
        rows: QuerySet[Certificate] = Certificate.objects.select_related("seat__organisation", "seat__committee")
        return rows

    def get_title(self) -> str:
        return str(self.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seat = self.object.seat
        void = self.object.revoked_at is not None or seat.is_annulled
        page = {"void": void, "seat": seat, "ended_on": None if void else last_day(seat)}
        return super().get_context_data(**page | kwargs)


class CertificateFile(DetailView[Certificate]):
    """The paper itself, for the committee and for the member's representatives."""

    login_required = True

    def get_queryset(self) -> QuerySet[Certificate]:
        rows = Certificate.objects.visible_to(self.request.user).valid().filter(seat__valid__isempty=False)
        found: QuerySet[Certificate] = rows.select_related("seat__organisation", "seat__committee")
        return found

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return write_certificate(self.object)


class IssueCertificate(SeatAction):
    form_class = forms.Form
    title = gettext_lazy("Issue a certificate of membership")
    submit_label = gettext_lazy("Issue the certificate")

    def get_intro(self) -> str:
        message = _(
            "%(member)s. The certificate gets the committee's next number and an address at which it is checked."
        )
        return message % {"member": self.object.organisation}

    def act(self, form: Any) -> HttpResponse:
        made = certificates.issue(self.object, by=user_of(self.request))
        return self.done(_("Issued: %(number)s.") % {"number": made.number}, self.get_back_url())


class RevokeForm(forms.Form):
    """Why a certificate is void."""

    reason = reason(required=True)


class RevokeCertificate(MoveFormMixin, InCommittee, ObjectFormView[Certificate]):
    """A certificate that is lost or wrong is void for good."""

    form_class = RevokeForm
    title = gettext_lazy("Revoke the certificate")
    submit_label = gettext_lazy("Revoke the certificate")
    danger = True
    for_officers = True
    login_required = True
    rule = "committees.revoke_certificate"

    def get_queryset(self) -> QuerySet[Certificate]:
        rows: QuerySet[Certificate] = Certificate.objects.filter(seat__committee=self.committee)
        return rows.select_related("seat__organisation", "seat__committee")

    def get_intro(self) -> str:
        return labelled(self.object.number, self.object.seat.organisation)

    def get_back_url(self) -> str:
        return self.object.seat.get_absolute_url()

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(str(self.object.seat.organisation), self.get_back_url()),
        ]

    def get_places(self) -> tuple[()]:
        return ()

    def act(self, form: Any) -> HttpResponse:
        certificates.revoke(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The certificate is void. A new one can be issued."), self.get_back_url())
