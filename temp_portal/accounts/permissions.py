"""The building stones of every app's `rules.py` and `visible_to`."""

from typing import TYPE_CHECKING, Any, TypeGuard

import rules
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant, User

if TYPE_CHECKING:
    AnyUser = User | AnonymousUser


def signed_in(user: "AnyUser") -> TypeGuard[User]:
    return user.is_authenticated


def user_of(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied for a visitor, whom pages with `login_required` never let through."""
    if not signed_in(request.user):
        raise PermissionDenied
    return request.user


def holds(user: "AnyUser", *roles: Role) -> bool:
    """Whether the user holds any of the roles today, whatever its scope."""
    return signed_in(user) and user.has_role(*roles)


def scope_ids(user: "AnyUser", kind: str, *roles: Role) -> ArraySubquery:
    """Ids of the records over which the user holds any of the roles, for `field__any=…`."""
    grants = RoleGrant.objects.filter(user=user.pk, role__in=roles, scope_kind=kind).live()
    return ArraySubquery(grants.values("scope_id"))


def role_predicate(*roles: Role) -> rules.Predicate:
    """Predicate: the user holds one of these roles (for roles whose scope is the whole platform)."""

    def held(user: "AnyUser", _target: Any = None) -> bool:
        return holds(user, *roles)

    return rules.Predicate(held, name=f"holds_{'_or_'.join(roles)}")


is_secretariat = role_predicate(Role.STAFF, Role.ADMINISTRATOR)
is_staff = role_predicate(Role.STAFF)
is_leader = role_predicate(Role.LEADER)
is_administrator = role_predicate(Role.ADMINISTRATOR)
is_reviewer = role_predicate(Role.REVIEWER)
