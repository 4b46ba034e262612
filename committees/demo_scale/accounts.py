"""The accounts that look at the big world, beside those of the small demonstration."""

from typing import Final

from allauth.account.models import EmailAddress

from members.demo_scale import Firms
from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.db import date_range
from temp_portal.core.demo import Account
from temp_portal.core.scale import Scale

STAFF: Final = Account("scale-staff@example.org", "Guo Lin", "Secretariat staff: all committees")
SECRETARY: Final = Account("scale-secretary@example.org", "Yan Hui", "secretary of twenty committees")
ENTERPRISE: Final = Account("scale-enterprise@example.org", "Lu Qing", "representative of an enterprise")
ACCOUNTS: Final = (STAFF, SECRETARY, ENTERPRISE)

_COMMITTEES_OF_ONE_SECRETARY: Final = 20


def create_users() -> dict[str, User]:
    """Create the accounts with verified addresses, by address."""
    users = {}
    for account in ACCOUNTS:
        user = User.objects.create_user(account.email, account.password, name=account.name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        users[account.email] = user
    return users


def grant_roles(scale: Scale, users: dict[str, User], first_committee: int) -> None:
    """Give every account the role it shows."""
    firms: Firms = scale.made["firms"]
    kept = range(first_committee, first_committee + min(_COMMITTEES_OF_ONE_SECRETARY, scale.committees))
    grants = [(STAFF, Role.STAFF, None), (ENTERPRISE, Role.REPRESENTATIVE, firms.organisation(0))]
    grants += [(SECRETARY, Role.SECRETARY, committee) for committee in kept]
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=users[account.email],
            role=role,
            scope_kind=SCOPE_OF_ROLE[role],
            scope_id=scope,
            valid=date_range(scale.first_day),
        )
        for account, role, scope in grants
    )
