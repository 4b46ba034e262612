"""Certificates of membership: issued to a sitting member, one at a time; revoked when lost or wrong.

Both raise PermissionDenied, or ValidationError with a message for the user; revoking twice is a StateConflict.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import CertificateState
from committees.models import Certificate, Committee, Seat
from committees.workflows.guards import explained, lock, lock_seat
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    Certificate,
    [
        Move(
            "revoke",
            sources=[CertificateState.VALID],
            target=CertificateState.REVOKED,
            permission="committees.revoke_certificate",
            stamp="revoked",
        )
    ],
)


@transaction.atomic
def issue(seat: Seat, *, by: User) -> Certificate:
    """Give the member a certificate with the committee's next number of the year."""
    committee = lock(seat.committee)
    locked = lock_seat(seat, by)
    if locked.has_ended:
        raise ValidationError(_("This membership has ended."))
    number = _next_number(committee)
    with explained(Certificate):
        made: Certificate = Certificate.objects.create(seat=locked, number=number, issued_by=by)
    record(made, move="issue", by=by)
    notify("certificate_issued", made, recipients=_representatives(locked))
    return made


def _representatives(seat: Seat) -> QuerySet[User]:
    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, seat.organisation_id)


def _next_number(committee: Committee) -> str:
    """The committee's next number of the year; its locked row keeps another one from taking the same."""
    year = timezone.localdate().year
    earlier = Certificate.objects.filter(seat__committee=committee, issued_at__year=year).count()
    return f"{committee.slug.upper()}-{year}-{earlier + 1:04d}"


def revoke(certificate: Certificate, *, by: User, reason: str) -> Certificate:
    """Declare a certificate void for good; a new one may be issued."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with FLOW.moving(certificate, "revoke", by=by, reason=reason) as locked:
        pass
    return locked
