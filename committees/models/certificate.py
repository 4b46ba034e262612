"""What a member hangs on the wall, and what anybody may check of it."""

import secrets

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import CertificateState
from committees.models.seat import Seat
from committees.querysets import CertificateQuerySet
from temp_portal.audit.models import Stateful


def new_token() -> str:
    """192 random bits, as they stand in an address."""
    return secrets.token_urlsafe(24)


class Certificate(Stateful):
    """A membership certificate. Who knows its token learns whether the membership is valid, and nothing more."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="certificates", verbose_name=_("seat"))
    number = models.CharField(_("number"), max_length=100, unique=True)
    token = models.CharField(_("token"), max_length=40, unique=True, default=new_token, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CertificateState, default=CertificateState.VALID, editable=False
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CertificateState.VALID, revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(state=CertificateState.REVOKED, revoked_at__isnull=False, revoked_by__isnull=False),
                name="certificate_revoked_pair",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state=CertificateState.VALID),
                name="certificate_one_valid",
                violation_error_message=_("The member has a valid certificate already."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="as_issued", fields=["seat", "number", "token", "issued_at", "issued_by"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("committees:certificate", args=[self.token])

    @property
    def committee_id(self) -> int:
        """The committee whose rules hold for it."""
        return self.seat.committee_id

    @property
    def organisation_id(self) -> int:
        """The organisation whose representatives may have it."""
        return self.seat.organisation_id
