"""Dated facts with two times: when they hold (`valid`) and when the portal knew them (`recorded_at`, `superseded_at`).

A correction closes the row and adds another; nothing is overwritten. So every figure can be recomputed as it stood at
a report's cut-off (design: what is stored; domain brief §8).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import ClockTimestamp


class FactQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Rows that are the portal's present knowledge."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, moment: datetime | None) -> Self:
        """Rows that were the portal's knowledge at `moment`; present knowledge without one."""
        if moment is None:
            return self.current()
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment),
            recorded_at__lte=moment,
        )

    def on(self, day: date) -> Self:
        """Rows whose validity contains `day`."""
        return self.filter(valid__contains=day)

    def supersede(self, *, by: Any, reason: str = "", within: Any = None) -> int:
        """Close the rows of this set, as part of the Recording `within`; returns how many. Their content stays."""
        return self.current().update(
            superseded_at=ClockTimestamp(), superseded_by=by, superseded_reason=reason, superseded_in=within
        )


def append_only(*, closing: bool, derived: Sequence[str] = ()) -> pgtrigger.Trigger:
    """Trigger that refuses deletion and change; with `closing`, the superseded columns may be filled, once.

    derived: columns of an open row that are no part of the fact, but copied for the sake of lists.
    """
    if not closing:
        return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
    copied = "".join(f"\n                closed.{column} := NEW.{column};" for column in derived)
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        # Compared as rows: as documents they take a hundred times as long, which many seats at once make felt.
        declare=[("closed", "RECORD")],
        func=f"""
            IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL THEN
                closed := OLD;
                closed.superseded_at := NEW.superseded_at;
                closed.superseded_by_id := NEW.superseded_by_id;
                closed.superseded_in_id := NEW.superseded_in_id;
                closed.superseded_reason := NEW.superseded_reason;{copied}
                IF closed IS NOT DISTINCT FROM NEW THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION 'a recorded fact is never changed or deleted: close the row and add another'
                USING ERRCODE = 'restrict_violation';
        """,
    )


class Fact(models.Model):
    """Base of every dated fact. Subclasses add what the fact is about, and exclusion constraints over current rows."""

    valid = DateRangeField(_("valid"), help_text=_("Days on which this holds, the last one excluded."))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    # Rows of a recording are found by the records that it touched, so neither key needs an index of its own.
    recorded_in = models.ForeignKey(
        "audit.Recording",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("recorded in"),
    )
    reason = models.TextField(_("reason"), blank=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("superseded by"),
    )
    superseded_in = models.ForeignKey(
        "audit.Recording",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("superseded in"),
    )
    superseded_reason = models.TextField(_("reason of the correction"), blank=True)

    class Meta:
        abstract = True
        triggers = [append_only(closing=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="%(class)s_valid_range",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
                name="%(class)s_superseded_after_recorded",
            ),
        ]


__all__ = ["Fact", "FactQuerySet", "append_only"]
