"""The functional role follows the ownership, where the secretary takes the proposal up."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.reclassified import role_proposals
from committees.workflows import seats
from committees.workflows.recordings import recording

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


def follow_ownership(committee: Committee, chosen: Collection[int], *, by: "User") -> int:
    """Give the chosen seats (keys) the proposed roles, in one recording; returns how many.

    What is proposed is worked out again under the committee's lock. Raises PermissionDenied, ValidationError.
    """
    with recording(committee, "change", by=by) as within:
        proposals = [each for each in role_proposals(committee) if each.period.seat_id in chosen]
        if not proposals:
            raise ValidationError(_("None of these proposals stands any more. Load the page again."))
        for each in proposals:
            seats.change(
                each.period.seat,
                by=by,
                effective_on=each.day,
                reason=_("The role follows the ownership"),
                document=each.ownership.evidence[:300],
                into=within,
                functional_role=each.role,
            )
    return len(proposals)
