"""Who gives and ends roles (design: roles). Both are asked of a grant, saved or about to be."""

from typing import Any

import rules

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from temp_portal.accounts.permissions import is_administrator, is_secretariat


@rules.predicate
def concerns_administrators(_user: Any, grant: RoleGrant | None = None) -> bool:
    """The role opens everything: only those who hold it give it or end it."""
    return grant is not None and grant.role == Role.ADMINISTRATOR


@rules.predicate
def concerns_oneself(user: Any, grant: RoleGrant | None = None) -> bool:
    return grant is not None and grant.user_id == user.pk


within_rank = ~concerns_administrators | is_administrator

rules.add_perm("accounts.manage_roles", is_secretariat)
rules.add_perm("accounts.grant_role", is_secretariat & within_rank)
rules.add_perm("accounts.end_role", is_secretariat & within_rank & ~concerns_oneself)
