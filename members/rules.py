"""Who may do what with organisations, their ownership, and the wish to represent them (design: roles)."""

from typing import Any

import rules

from members.models import Claim, Organisation, Ownership
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_reviewer, is_secretariat, signed_in


@rules.predicate
def represents(user: Any, target: Organisation | Ownership | Claim | None = None) -> bool:
    """The user represents the organisation (any organisation, without one)."""
    if not signed_in(user):
        return False
    if target is None:
        return user.has_role(Role.REPRESENTATIVE)
    organisation = target.pk if isinstance(target, Organisation) else target.organisation_id
    return user.has_role_on(ScopeKind.ORGANISATION, organisation, Role.REPRESENTATIVE)


@rules.predicate
def recorded_it(user: Any, ownership: Ownership | None = None) -> bool:
    """The user is the one who put the ownership on record."""
    return ownership is not None and ownership.recorded_by_id == user.pk


@rules.predicate
def claims_it(user: Any, claim: Claim | None = None) -> bool:
    return claim is not None and claim.user_id == user.pk


verifies = is_reviewer | is_secretariat

rules.add_perm("members.change_own_organisation", represents)
rules.add_perm("members.view_ownerships", verifies)
# Four eyes: neither who recorded an ownership nor who speaks for the organisation verifies it (domain brief §2).
rules.add_perm("members.verify_ownership", verifies & ~recorded_it & ~represents)
rules.add_perm("members.decide_claim", is_secretariat & ~claims_it)
rules.add_perm("members.merge_records", is_secretariat)
# "members.record_person" and "members.keep_person" are for who works with the members: see `committees.rules`.
