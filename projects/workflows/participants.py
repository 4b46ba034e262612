"""Who takes part in a project, written as a whole: a consortium is right as a whole or not at all.

The participants say who leads; `Project.lead` is a copy of it for lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained
from members.enums import OrganisationKind
from members.models import Organisation
from projects.enums import CONSORTIUM_ROLES, ParticipantRole
from projects.models import Participant, Project
from projects.workflows.guards import lock, marks, refuse_overwriting, touch

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

WHOLE: Final = Decimal(100)
#: Enterprises of a consortium at least (domain brief §6.7).
ENTERPRISES: Final = 2


@dataclass(frozen=True, slots=True)
class Member:
    """One row: an organisation of the register or, unmatched, a name; its role, and its share in percent if known."""

    role: ParticipantRole
    organisation: Organisation | None = None
    name: str = ""
    source_type: str = ""
    share: Decimal | None = None

    @property
    def carries(self) -> bool:
        """Whether it belongs to those who carry the project together."""
        return self.role in CONSORTIUM_ROLES


@transaction.atomic
def save(project: Project, members: Sequence[Member], *, by: "User", seen: str, is_consortium: bool) -> Project:
    """Write who takes part. `seen` is the `version` that the writer had before the eyes.

    Raises PermissionDenied, OverwriteConflict, ValidationError with everything that a consortium lacks.
    """
    locked = lock(project, by=by)
    refuse_overwriting(locked, seen, _values(locked), _labels())
    faults = [*_faults(members), *(consortium_faults(members) if is_consortium else [])]
    if faults:
        raise ValidationError([ValidationError(fault) for fault in faults])
    lead = next((each.organisation for each in members if each.role == ParticipantRole.LEAD), None)
    locked.is_consortium, locked.lead = is_consortium, lead
    with explained(Participant):
        touch(locked, by=by)
        locked.participants.all().delete()
        Participant.objects.bulk_create(
            Participant(
                project=locked,
                organisation=each.organisation,
                name=each.name,
                source_type=each.source_type,
                role=each.role,
                share=each.share,
            )
            for each in members
        )
    return locked


def version(project: Project) -> str:
    """A mark of who takes part."""
    return marks(_values(project))


def consortium_faults(members: Sequence[Member]) -> list[str]:
    """What keeps these members from being a consortium; the database refuses the same."""
    carrying = [each for each in members if each.carries]
    leads = [each for each in carrying if each.role == ParticipantRole.LEAD and each.organisation]
    enterprises = {
        each.organisation.pk
        for each in carrying
        if each.organisation and each.organisation.kind == OrganisationKind.ENTERPRISE
    }
    faults = []
    if len(leads) != 1:
        faults.append(_("A consortium has exactly one lead enterprise of the register."))
    if len(enterprises) < ENTERPRISES:
        faults.append(_("A consortium has two enterprises or more among lead and partners."))
    if any(each.share is None for each in carrying):
        faults.append(_("Give the share of the lead and of every partner."))
    else:
        total = sum((each.share or Decimal(0) for each in carrying), Decimal(0))
        if total != WHOLE:
            faults.append(_("The shares of lead and partners make %(total)s %%, not 100 %%.") % {"total": total})
    return faults


def _faults(members: Sequence[Member]) -> list[str]:
    faults = []
    keys = [(each.role, each.organisation.pk if each.organisation else each.name) for each in members]
    if len(keys) != len(set(keys)):
        faults.append(_("Somebody stands here twice in the same role."))
    if sum(each.role == ParticipantRole.LEAD for each in members) > 1:
        faults.append(_("A project has one lead enterprise."))
    return faults


def _values(project: Project) -> dict[str, Any]:
    rows = project.participants.order_by("id").values_list("organisation", "name", "role", "share")
    return {"is_consortium": project.is_consortium, "participants": list(rows)}


def _labels() -> dict[str, Any]:
    return {"is_consortium": _("consortium"), "participants": _("participants")}
