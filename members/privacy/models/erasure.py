"""Erasing a person: proposed by one member of the Secretariat, confirmed by another, done by a job."""

from typing import Any, cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from members.privacy.enums import ErasureScope, ErasureState
from members.privacy.models.request import PrivacyRequest
from members.privacy.querysets import ForSecretariatQuerySet
from temp_portal.audit.models import Stateful
from temp_portal.jobs.models import Job

LIVING = (ErasureState.PROPOSED, ErasureState.CONFIRMED)


class Erasure(Stateful):
    """One erasure and its record: `outcome` lists what was erased and what remains, in counts and never in names."""

    scope = models.CharField(_("whose data"), max_length=12, choices=ErasureScope)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("organisation")
    )
    request = models.ForeignKey(
        PrivacyRequest, models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("on request")
    )
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=ErasureState, default=ErasureState.PROPOSED, editable=False
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("job")
    )
    done_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    outcome = models.JSONField(_("what was erased and what remains"), default=list, encoder=DjangoJSONEncoder)

    objects = ForSecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=ErasureScope.PERSON, person__isnull=False, organisation__isnull=True)
                | Q(scope=ErasureScope.ORGANISATION, person__isnull=True, organisation__isnull=False),
                name="erasure_of_its_scope",
            ),
            models.CheckConstraint(
                condition=Q(state=ErasureState.PROPOSED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ErasureState.PROPOSED) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="erasure_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="erasure_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state=ErasureState.DONE, done_at__isnull=False)
                | (~Q(state=ErasureState.DONE) & Q(done_at__isnull=True)),
                name="erasure_done_at_when_done",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_with_reason"),
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=LIVING), name="erasure_one_of_person"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=LIVING), name="erasure_one_of_organisation"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    def get_absolute_url(self) -> str:
        return reverse("privacy:erasure", args=[self.pk])

    @property
    def subject(self) -> Person | Organisation:
        """Whose data is erased."""
        found: Any = self.person or self.organisation
        return cast("Person | Organisation", found)
