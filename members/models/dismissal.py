"""Two records that look like one and are not: who found that out, when, and why."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.enums import DismissalState
from members.models.organisation import Organisation
from members.models.person import Person
from members.querysets import DismissalQuerySet
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp

REOPENING = ["state", "reopened_at", "reopened_by"]


class Dismissal(Stateful):
    """Base of both kinds: a suspicion that is not raised again. The record with the smaller key is `one`."""

    one: Any
    other: Any
    one_id: int
    other_id: int

    state = models.CharField(
        _("state"), max_length=10, choices=DismissalState, default=DismissalState.DISMISSED, editable=False
    )
    reason = models.TextField(_("reason"))
    dismissed_at = models.DateTimeField(_("dismissed at"), db_default=ClockTimestamp(), editable=False)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("dismissed by")
    )
    reopened_at = models.DateTimeField(_("raised again at"), null=True, blank=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("raised again by"),
    )

    objects = DismissalQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="%(class)s_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_with_reason"),
            models.CheckConstraint(
                condition=Q(state=DismissalState.DISMISSED, reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(state=DismissalState.REOPENED, reopened_at__isnull=False, reopened_by__isnull=False),
                name="%(class)s_reopened_pair",
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(state=DismissalState.DISMISSED),
                name="%(class)s_stands_once",
                violation_error_message=_("Somebody has said already that these two are not one."),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="as_recorded", exclude=REOPENING)]

    def __str__(self) -> str:
        return f"{self.one.own_name} ≠ {self.other.own_name}"


class OrganisationDismissal(Dismissal):
    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("one record"))
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("the other record"))

    class Meta(Dismissal.Meta):
        verbose_name = _("pair of organisations that are not one")
        verbose_name_plural = _("pairs of organisations that are not one")


class PersonDismissal(Dismissal):
    one = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("one record"))
    other = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("the other record"))

    class Meta(Dismissal.Meta):
        verbose_name = _("pair of people who are not one")
        verbose_name_plural = _("pairs of people who are not one")
