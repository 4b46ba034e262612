"""Somebody says to speak for an organisation of the register; its representatives or the Secretariat answer."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import CLAIM_ANSWERED_WITHIN, ClaimState
from members.models.organisation import Organisation
from members.querysets import ClaimQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class Claim(Stateful):
    """One person's wish to represent one organisation, and what became of it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="claims", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name=_("claimed by")
    )
    post = models.CharField(_("post"), max_length=200)
    statement = models.TextField(_("what shows that you may speak for the organisation"))
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.OPEN, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["state", "created_at", "id"], name="claim_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(state=ClaimState.OPEN),
                name="claim_one_open",
                violation_error_message=_("You have asked for this organisation already; you will be answered."),
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ClaimState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="claim_decided_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.REFUSED) | ~Q(decision_reason=""), name="claim_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.user}"

    def get_absolute_url(self) -> str:
        return reverse("members:claim", args=[self.pk])

    @property
    def answer_due_at(self) -> datetime:
        """Until when the organisation's own representatives have to answer; then the Secretariat does."""
        return self.created_at + CLAIM_ANSWERED_WITHIN

    @property
    def is_overdue(self) -> bool:
        return self.state == ClaimState.OPEN and self.answer_due_at <= timezone.now()
