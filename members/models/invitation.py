"""A representative asks somebody else by letter to represent the organisation as well."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import InvitationState
from members.models.organisation import Organisation
from members.querysets import InvitationQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class Invitation(Stateful):
    """One letter to one address for one organisation. Its link works until `expires_at`, once, and as long as whoever
    wrote it represents the organisation.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name=_("invited")
    )
    email = models.EmailField(_("address of the letter"))
    post = models.CharField(_("post"), max_length=200, blank=True)
    # Which notice the person was given before the letter was written.
    notice_version = models.CharField(_("version of the text"), max_length=20, blank=True, default="", db_default="")
    notice_language = models.CharField(_("language of the text"), max_length=10, blank=True, default="", db_default="")
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState, default=InvitationState.OPEN, editable=False
    )
    expires_at = models.DateTimeField(_("valid until"))
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False, verbose_name=_("invited by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(state=InvitationState.OPEN), name="invitation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=InvitationState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="invitation_decided_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.email}"

    def get_absolute_url(self) -> str:
        return reverse("members:representatives", args=[self.organisation_id])

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
