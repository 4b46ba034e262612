"""Who must keep away from an application: for whom the applicant is a part of the own group, or who said so."""

from typing import Any

from committees.models import Application, ConflictOfInterest
from members.groups import in_one_group
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import signed_in


def represents_group(user: Any, application: Application) -> bool:
    """The user represents the organisation that applies, or one of its group."""
    if not signed_in(user) or not user.has_role(Role.REPRESENTATIVE):
        return False
    own = list(Organisation.objects.represented_by(user).values_list("pk", flat=True))
    return bool(in_one_group(application.organisation, own))


def declared(user: Any, application: Application) -> bool:
    """The user has declared a conflict of interest."""
    return signed_in(user) and ConflictOfInterest.objects.filter(application=application, user=user).exists()
