"""The record of breaches: written and kept up to date by the Secretariat; the history keeps every wording."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.privacy.models import Breach
from temp_portal.audit.models import Transition

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@transaction.atomic
def keep_breach(breach: Breach | None, *, by: "User", **fields: Any) -> Breach:
    """Record a breach, or change the record. Raises PermissionDenied, ValidationError (what the database refuses)."""
    if not by.has_perm("privacy.keep_breaches"):
        raise PermissionDenied
    locked = Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk) if breach else Breach(created_by=by)
    before = "" if breach is None else _state(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    Transition.objects.create(
        subject_type=Breach._meta.label_lower,
        subject_id=locked.pk,
        move="record" if breach is None else "change",
        from_state=before,
        to_state=_state(locked),
        effective_on=timezone.localdate(),
        by=by,
    )
    return locked


def _state(breach: Breach) -> str:
    return "closed" if breach.closed_at else "open"
