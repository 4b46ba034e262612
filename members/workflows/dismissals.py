"""A suspicion that two records are one is dismissed, and raised again."""

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.enums import DismissalState
from members.models import Dismissal, Mergeable, Organisation, OrganisationDismissal, PersonDismissal
from temp_portal.audit.workflow import Move, Workflow, record

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

RIGHT: Final = "members.merge_records"
_REOPEN: Final = Move(
    "reopen", sources=[DismissalState.DISMISSED], target=DismissalState.REOPENED, permission=RIGHT, stamp="reopened"
)


@transaction.atomic
def dismiss(one: Mergeable, other: Mergeable, *, by: "User", reason: str) -> Dismissal:
    """Record that the two are not one; the pair is suspected no longer.

    Raises PermissionDenied; ValidationError without a reason, for one record, or when it has been said already.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say how it is known: it stays on record.")})
    if one.pk == other.pk:
        raise ValidationError(_("Choose two different records."))
    model: Any = OrganisationDismissal if isinstance(one, Organisation) else PersonDismissal
    first, second = sorted((one, other), key=lambda each: each.pk)
    try:
        with transaction.atomic():
            made: Dismissal = model.objects.create(one=first, other=second, reason=reason, dismissed_by=by)
    except IntegrityError:
        raise ValidationError(_("Somebody has said already that these two are not one.")) from None
    record(made, move="dismiss", by=by, reason=reason)
    return made


def reopen(dismissal: Dismissal, *, by: "User") -> Dismissal:
    """Let the pair be suspected again. Raises PermissionDenied and StateConflict."""
    with Workflow(type(dismissal), [_REOPEN]).moving(dismissal, "reopen", by=by) as locked:
        pass
    return locked
