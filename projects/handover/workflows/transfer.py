"""Lines of a transfer, and the certificate that sums them up.

All functions raise PermissionDenied, StateConflict, or ValidationError with a message for the user.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.workflows.guards import explained
from projects.handover.checklist import checklist, is_complete
from projects.handover.enums import HANDING_OVER, CertificateState
from projects.handover.models import HandoverCertificate, TransferLine
from projects.models import Project
from projects.workflows.guards import lock
from projects.workflows.telling import concerned
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    HandoverCertificate,
    [
        Move(
            "revoke",
            sources=[CertificateState.VALID],
            target=CertificateState.REVOKED,
            permission="handover.issue_certificate",
            stamp="revoked",
        )
    ],
)


@transaction.atomic
def save(line: TransferLine, *, by: User) -> TransferLine:
    """Write a line. What a valid certificate sums up stands."""
    _opened(line.project, by)
    if line.pk is None:
        line.created_by = by
    line.full_clean()
    with explained(TransferLine):
        line.save()
    return line


@transaction.atomic
def remove(line: TransferLine, *, by: User) -> None:
    """Take a line away; its history is kept."""
    _opened(line.project, by)
    line.delete()


def _opened(project: Project, by: User) -> Project:
    locked = lock(project, by=by)
    if HandoverCertificate.objects.valid().filter(project=locked).exists():
        raise ValidationError(
            _("The certificate of handover sums up these lines. Revoke it first if something is to be put right.")
        )
    return locked


@transaction.atomic
def issue(project: Project, *, by: User, handed_over_on: date, received_by: str) -> HandoverCertificate:
    """Certify that the project was handed over; refused while a line is open or the project is at an earlier stage."""
    locked = lock(project, by=by, permission="handover.issue_certificate")
    if locked.stage not in HANDING_OVER:
        raise ValidationError(_("A project is handed over at stage S10. Move it there first."))
    if handed_over_on > timezone.localdate():
        raise ValidationError({"handed_over_on": _("The day lies in the future: choose today or an earlier day.")})
    if not is_complete(checklist(locked.transfer_lines.all())):
        raise ValidationError(_("The checklist is not complete yet."))
    number = f"{locked.code}-H{locked.handover_certificates.count() + 1}"
    with explained(HandoverCertificate):
        made: HandoverCertificate = HandoverCertificate.objects.create(
            project=locked, number=number, handed_over_on=handed_over_on, received_by=received_by, issued_by=by
        )
    record(made, move="issue", by=by, effective_on=handed_over_on)
    notify("handover_certified", made, recipients=concerned(locked).exclude(pk=by.pk))
    return made


def revoke(certificate: HandoverCertificate, *, by: User, reason: str) -> HandoverCertificate:
    """The certificate is wrong: it is void, and the lines can be changed again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with FLOW.moving(certificate, "revoke", by=by, reason=reason) as locked:
        pass
    return locked
