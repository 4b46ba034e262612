"""The record of a merge: who, when, why, what the remaining record took from the merged one, what it had before."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.enums import MergeState
from members.models.organisation import Organisation
from members.models.person import Person
from members.querysets import MergeQuerySet
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp

UNDOING = ["state", "undone_at", "undone_by", "undo_reason"]


class Merge(Stateful):
    """Base of both kinds. `chosen` and `previous`: column of the remaining record → value after, and before;
    `grants`: keys of the role grants that the merge gave those who acted for the merged one."""

    merged: Any
    remaining: Any
    merged_id: int
    remaining_id: int

    state = models.CharField(_("state"), max_length=8, choices=MergeState, default=MergeState.MERGED, editable=False)
    chosen = models.JSONField(_("values taken"), default=dict, blank=True)
    previous = models.JSONField(_("values before"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    merged_at = models.DateTimeField(_("merged at"), db_default=ClockTimestamp(), editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("undone by"),
    )
    undo_reason = models.TextField(_("reason of the undoing"), blank=True)
    grants = models.JSONField(_("grants for the remaining record"), default=list, db_default=[], editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(merged=F("remaining")), name="%(class)s_of_two"),
            models.CheckConstraint(
                condition=Q(state=MergeState.MERGED, undone_at__isnull=True, undone_by__isnull=True)
                | Q(state=MergeState.UNDONE, undone_at__isnull=False, undone_by__isnull=False),
                name="%(class)s_undone_pair",
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(state=MergeState.MERGED), name="%(class)s_stands_once"
            ),
        ]
        # Frozen figures count by what was merged at their cut-off: a merge is undone, never changed or deleted.
        triggers = [
            pgtrigger.ReadOnly(name="as_recorded", exclude=UNDOING),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.merged.own_name} → {self.remaining.own_name}"


class OrganisationMerge(Merge):
    merged = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("merged record"))
    remaining = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("remaining record"))

    class Meta(Merge.Meta):
        verbose_name = _("merge of organisations")
        verbose_name_plural = _("merges of organisations")


class PersonMerge(Merge):
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("merged record"))
    remaining = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("remaining record"))

    class Meta(Merge.Meta):
        verbose_name = _("merge of people")
        verbose_name_plural = _("merges of people")
