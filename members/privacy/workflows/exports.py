"""Asking for a copy of what is held about oneself or one's organisation. A job makes it."""

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied

from members.models import Organisation
from temp_portal.jobs.workflows import start

if TYPE_CHECKING:
    from temp_portal.accounts.models import User
    from temp_portal.jobs.models import Job

JOB: Final = "privacy.copy"


def export_own(*, by: "User") -> "Job":
    """Have a copy made of everything about oneself; while one is being made, that one."""
    return start(JOB, {"user": by.pk}, by=by, key=f"user {by.pk}")


def export_organisation(organisation: Organisation, *, by: "User") -> "Job":
    """The same about an organisation that `by` represents. Raises PermissionDenied."""
    if not by.has_perm("privacy.export_organisation", organisation):
        raise PermissionDenied
    return start(JOB, {"organisation": organisation.pk}, by=by, key=f"organisation {organisation.pk} {by.pk}")
