"""Applying the rules of retention, and telling what they will take next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from members.privacy.models import RetentionRun
from temp_portal.audit import retention
from temp_portal.audit.retention import Rule

log = structlog.get_logger(__name__)

#: How far the page looks ahead.
AHEAD: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A rule with what it would take today, and within the days ahead (today's included)."""

    rule: Rule
    now: int
    soon: int


def apply_rules(now: datetime | None = None) -> int:
    """Apply every rule, each in a transaction of its own: one that fails keeps no other from its work.

    Returns how many records were emptied or deleted. Running it again takes only what has become due meanwhile.
    """
    return sum(_apply(rule, now or timezone.now()) for rule in retention.rules())


def _apply(rule: Rule, now: datetime) -> int:
    try:
        with transaction.atomic():
            run, _new = RetentionRun.objects.get_or_create(rule=rule.name, day=timezone.localdate(now))
            # Of two schedulers the second one waits here, and finds nothing left.
            RetentionRun.objects.select_for_update().get(pk=run.pk)
            count = rule.action(rule.due(now))
            RetentionRun.objects.filter(pk=run.pk).update(count=F("count") + count)
    except DatabaseError:
        log.exception("retention_failed", rule=rule.name)
        return 0
    return count


def outlooks(now: datetime | None = None) -> Iterator[Outlook]:
    """What each rule would take."""
    moment = now or timezone.now()
    for rule in retention.rules():
        yield Outlook(rule, rule.due(moment).count(), rule.due(moment + AHEAD).count())
