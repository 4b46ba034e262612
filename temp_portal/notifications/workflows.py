"""The states of a delivery: waiting → sent, or given up after the last attempt; and in the inbox, read.

Nobody decides these moves, so they take no user. A sender claims rows by moving `due_at` into the future under a row
lock that other senders step over: a row is in one sender's hands until its lease ends.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from temp_portal.notifications.enums import DeliveryState
from temp_portal.notifications.models import Delivery, MailOptOut
from temp_portal.notifications.querysets import DeliveryQuerySet

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

LEASE: Final = timedelta(minutes=5)
MAX_ATTEMPTS: Final = 10
LONGEST_PAUSE: Final = timedelta(hours=6)
SERVER_PAUSE: Final = timedelta(minutes=1)
# A mail that waited this long for a server that does not answer is no news any more.
LONGEST_WAIT: Final = timedelta(days=3)


@transaction.atomic
def claim(limit: int) -> list[Delivery]:
    """Take up to `limit` mails that are due; they are this caller's until the lease ends."""
    due = Delivery.objects.due().select_for_update(skip_locked=True, of=("self",))
    ids = list(due.values_list("pk", flat=True)[:limit])
    claimed = Delivery.objects.filter(pk__in=ids)
    claimed.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1)
    return list(claimed.select_related("notification", "recipient").order_by("pk"))


def mark_sent(deliveries: Collection[Delivery]) -> None:
    """The mail server has taken these."""
    waiting = _waiting(deliveries)
    waiting.update(state=DeliveryState.SENT, sent_at=timezone.now(), due_at=None, error="")


def postpone(delivery: Delivery, error: str) -> None:
    """This attempt failed: try again later, ever more seldom, and give up after the last attempt."""
    if delivery.attempts >= MAX_ATTEMPTS:
        give_up(delivery, error)
        return
    pause = min(timedelta(minutes=2**delivery.attempts), LONGEST_PAUSE)
    _waiting([delivery]).update(due_at=timezone.now() + pause, error=error)


def give_up(delivery: Delivery, error: str) -> None:
    """No further attempt; the reason stays with the row and is listed in the administration site."""
    _waiting([delivery]).update(state=DeliveryState.FAILED, due_at=None, error=error)


def put_back(deliveries: Sequence[Delivery], error: str = "") -> None:
    """Return what could not be tried. With an error the mail server is down: wait a little, and not for ever."""
    now = timezone.now()
    pause = SERVER_PAUSE if error else timedelta(0)
    waiting = _waiting(deliveries)
    if error:
        stale = waiting.filter(notification__created_at__lt=now - LONGEST_WAIT)
        stale.update(state=DeliveryState.FAILED, due_at=None, error=error)
    waiting.update(due_at=now + pause, attempts=F("attempts") - 1, error=error)


def try_again(deliveries: DeliveryQuerySet) -> int:
    """Give mails that were given up a new round of attempts; returns how many."""
    failed = deliveries.filter(state=DeliveryState.FAILED)
    return failed.update(state=DeliveryState.PENDING, due_at=timezone.now(), attempts=0)


def mark_read(deliveries: DeliveryQuerySet) -> int:
    """Mark those that are unread as read now; returns how many."""
    return deliveries.unread().update(read_at=timezone.now())


@transaction.atomic
def choose_mails(user: "User", *, off: Collection[str]) -> None:
    """Record which kinds of notice the user does not want by mail."""
    user.mail_opt_outs.exclude(kind__in=off).delete()
    MailOptOut.objects.bulk_create([MailOptOut(user=user, kind=kind) for kind in off], ignore_conflicts=True)


def _waiting(deliveries: Collection[Delivery]) -> DeliveryQuerySet:
    # A row that its lease let go to another sender, who has finished it, must not be touched again.
    return Delivery.objects.filter(pk__in=[row.pk for row in deliveries], state=DeliveryState.PENDING)
