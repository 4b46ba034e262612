"""Once a year every member is asked whether what the portal has of it is still right.

Opened and reminded of by the schedule: run daily, on one machine or on several, nobody is asked or reminded twice.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Confirmation, ConfirmationRound, Seat
from committees.workflows.telling import acting_for
from members.workflows import refuse_merged
from temp_portal.audit.models import Transition
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: (month, day) from which a year's question is open.
OPENS_ON: Final = (3, 1)
TIME_TO_ANSWER: Final = timedelta(days=60)
BETWEEN_REMINDERS: Final = timedelta(days=21)


@transaction.atomic
def open_due() -> ConfirmationRound | None:
    """Ask all who sit in a committee, once in a year from OPENS_ON; None before, and when it was done already."""
    today = timezone.localdate()
    if today < date(today.year, *OPENS_ON):
        return None
    # Of two schedulers one writes the row; the other waits for it here and finds it.
    asked, made = ConfirmationRound.objects.get_or_create(year=today.year, defaults={"due_on": today + TIME_TO_ANSWER})
    if not made:
        return None
    sitting = Seat.objects.sitting().order_by()
    standing = Coalesce("organisation__merged_into", "organisation")
    members = list(sitting.values_list(standing, flat=True).distinct())
    Confirmation.objects.bulk_create(Confirmation(round=asked, organisation_id=each) for each in sorted(members))
    notify("confirmation_asked", asked, recipients=acting_for(members), key=f"confirmation:{asked.year}")
    return asked


@transaction.atomic
def remind_due() -> int:
    """Remind who has not answered, every BETWEEN_REMINDERS; returns how many organisations."""
    now = timezone.now()
    asked = ConfirmationRound.objects.select_for_update(of=("self",)).order_by("-year").first()
    if asked is None or asked.opened_at > now - BETWEEN_REMINDERS:
        return 0
    long_ago = Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - BETWEEN_REMINDERS)
    late = Confirmation.objects.waiting().filter(long_ago, round=asked)
    members = list(late.values_list("organisation", flat=True))
    if members:
        key = f"confirmation:{asked.year}:{timezone.localdate()}"
        notify("confirmation_reminder", asked, recipients=acting_for(members), key=key)
        late.filter(organisation__in=members).update(reminded_at=now)
    return len(members)


@transaction.atomic
def confirm(confirmation: Confirmation, *, by: "User") -> Confirmation:
    """A representative says that everything is still right. Raises PermissionDenied, ValidationError if it was said."""
    locked = Confirmation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=confirmation.pk)
    if not by.has_perm("members.change_own_organisation", locked.organisation):
        raise PermissionDenied
    if locked.confirmed_at is not None:
        raise ValidationError(_("%(who)s has confirmed it already.") % {"who": locked.confirmed_by})
    refuse_merged(locked.organisation)
    locked.confirmed_at, locked.confirmed_by = timezone.now(), by
    locked.save(update_fields=["confirmed_at", "confirmed_by"])
    Transition.objects.create(
        subject_type=Confirmation._meta.label_lower,
        subject_id=locked.pk,
        move="confirm",
        from_state="waiting",
        to_state="confirmed",
        effective_on=timezone.localdate(),
        by=by,
    )
    return locked
