"""Who may do what with organisations, their ownership, and the wish to represent them (design: roles)."""

from typing import Any

import rules

from members.groups import in_one_group
from members.models import Claim, Invitation, Organisation, Ownership, OwnershipStatement
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.accounts.permissions import is_reviewer, is_secretariat, signed_in


@rules.predicate
def represents(
    user: Any, target: Organisation | Ownership | OwnershipStatement | Claim | Invitation | None = None
) -> bool:
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
def made_it(user: Any, statement: OwnershipStatement | None = None) -> bool:
    """The user is the one who made the statement."""
    return statement is not None and statement.made_by_id == user.pk


@rules.predicate
def in_its_group(user: Any, ownership: Ownership | None = None) -> bool:
    """The user represents an organisation of the same group."""
    if ownership is None or not signed_in(user) or not user.has_role(Role.REPRESENTATIVE):
        return False
    own = list(Organisation.objects.represented_by(user).values_list("pk", flat=True))
    return bool(in_one_group(ownership.organisation, own))


@rules.predicate
def claims_it(user: Any, claim: Claim | None = None) -> bool:
    return claim is not None and claim.user_id == user.pk


@rules.predicate
def falls_to_staff(_user: Any, claim: Claim | None = None) -> bool:
    """Nobody represents the organisation, or those who do have not answered in time."""
    return claim is not None and Claim.objects.for_staff().filter(pk=claim.pk).exists()


@rules.predicate
def is_invited(user: Any, invitation: Invitation | None = None) -> bool:
    """The letter is for this user, and its link works still."""
    if invitation is None or invitation.user_id != user.pk:
        return False
    return Invitation.objects.acceptable().filter(pk=invitation.pk).exists()


@rules.predicate
def acts_beside(user: Any, grant: RoleGrant | None = None) -> bool:
    """The user acts today for the organisation over which the grant is held."""
    return (
        grant is not None
        and signed_in(user)
        and grant.scope_kind == ScopeKind.ORGANISATION
        and user.has_role_on(ScopeKind.ORGANISATION, grant.scope_id, Role.REPRESENTATIVE)
    )


verifies = is_reviewer | is_secretariat

rules.add_perm("members.change_own_organisation", represents)
rules.add_perm("members.view_ownerships", verifies)
# Four eyes (domain brief §2): whoever recorded an ownership does not verify it, nor does who speaks for its group.
rules.add_perm("members.verify_ownership", verifies & ~recorded_it & ~represents & ~in_its_group)
rules.add_perm("members.decide_statement", verifies & ~made_it & ~represents)
# A claim goes to those who represent the organisation today; the Secretariat answers where there is nobody who does.
rules.add_perm("members.view_claims", is_secretariat)
rules.add_perm("members.decide_claim", (represents | is_secretariat & falls_to_staff) & ~claims_it)
rules.add_perm("members.withdraw_claim", claims_it)
rules.add_perm("members.manage_representatives", represents)
rules.add_perm("members.end_representation", acts_beside)
rules.add_perm("members.accept_invitation", is_invited)
rules.add_perm("members.merge_records", is_secretariat)
rules.add_perm("members.record_event", is_secretariat)
rules.add_perm("members.correct_organisation", is_secretariat)
# "members.record_person" and "members.keep_person" are for who works with the members: see `committees.rules`.
