"""A person asks for a correction, objects, or wants to be erased; the Secretariat answers in time, with its reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from members.privacy.enums import RequestKind, RequestState
from members.privacy.querysets import PrivacyRequestQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class PrivacyRequest(Stateful):
    """Asked by `created_by` about `person`: oneself, or somebody of `organisation`, which the asker represents."""

    kind = models.CharField(_("what is asked"), max_length=12, choices=RequestKind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="privacy_requests", verbose_name=_("about")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the organisation")
    )
    text = models.TextField(_("what is wrong, or what shall no longer be done"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.OPEN, editable=False)
    due_on = models.DateField(_("answer due on"), editable=False)
    answer = models.TextField(_("answer with its reason"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="privacy_requests", verbose_name=_("asked by")
    )

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="privacyrequest_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="privacyrequest_answered_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("privacy:request", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        return self.state == RequestState.OPEN and self.due_on < timezone.localdate()
