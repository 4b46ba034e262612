"""Erasing with four eyes: proposed → confirmed by another person (a job erases) → done; or declined."""

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Organisation, Person
from members.privacy.enums import ErasureScope, ErasureState
from members.privacy.erasing import erase, subject_of
from members.privacy.models import Erasure, PrivacyRequest
from members.workflows.claims import secretariat
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.jobs.workflows import start
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from collections.abc import Mapping

JOB: Final = "privacy.erase"

flow = Workflow(
    Erasure,
    [
        Move(
            "confirm",
            sources=[ErasureState.PROPOSED],
            target=ErasureState.CONFIRMED,
            permission="privacy.decide_erasure",
            stamp="decided",
        ),
        Move(
            "decline",
            sources=[ErasureState.PROPOSED],
            target=ErasureState.DECLINED,
            permission="privacy.decide_erasure",
            stamp="decided",
        ),
    ],
)


@transaction.atomic
def propose(subject: Person | Organisation, *, by: User, reason: str, request: PrivacyRequest | None = None) -> Erasure:
    """Propose to erase a person, or all contacts of an organisation; another one of the Secretariat is told.

    Raises PermissionDenied; ValidationError without a reason, for somebody who is erased already, or while another
    proposal waits.
    """
    if not by.has_perm("privacy.propose_erasure"):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the record of the erasure.")})
    if isinstance(subject, Person) and subject.erased_at is not None:
        raise ValidationError(_("This person has been erased already."))
    of: Mapping[str, object] = (
        {"scope": ErasureScope.PERSON, "person": subject.remaining}
        if isinstance(subject, Person)
        else {"scope": ErasureScope.ORGANISATION, "organisation": subject.remaining}
    )
    try:
        with transaction.atomic():
            made = Erasure.objects.create(**of, reason=reason, request=request, proposed_by=by)
    except IntegrityError:
        raise ValidationError(_("An erasure of these data waits already.")) from None
    record(made, move="propose", by=by, reason=reason)
    notify("erasure_proposed", made, recipients=secretariat().exclude(pk=by.pk))
    return made


@transaction.atomic
def confirm(erasure: Erasure, *, by: User) -> Erasure:
    """Let the job erase. Raises PermissionDenied for who proposed it or whom it is about, StateConflict."""
    with flow.moving(erasure, "confirm", by=by) as locked:
        locked.job = start(JOB, {"erasure": locked.pk}, by=by, key=str(locked.pk))
    return locked


def decline(erasure: Erasure, *, by: User, reason: str) -> Erasure:
    """Leave the data as they are. Raises ValidationError without a reason, PermissionDenied, StateConflict."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the record of the erasure.")})
    with flow.moving(erasure, "decline", by=by, reason=reason) as locked:
        pass
    return locked


@transaction.atomic
def carry_out(erasure: Erasure, *, by: User) -> Erasure:
    """Erase what was confirmed and write down what was done. The job calls it; a second attempt does nothing."""
    locked = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if locked.state != ErasureState.CONFIRMED:
        return locked
    locked.outcome = [line.as_json() for line in erase(subject_of(locked), by=by)]
    locked.state = ErasureState.DONE
    locked.done_at = timezone.now()
    locked.save(update_fields=["outcome", "state", "done_at"])
    record(locked, move="erase", source=ErasureState.CONFIRMED, by=by)
    return locked
