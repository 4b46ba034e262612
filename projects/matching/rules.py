"""Who may do what with demands, capabilities, resources, capital and matches. Prices are a matter of the querysets."""

from typing import Any

import rules

from projects.matching.models import Listing, Match
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_leader, is_secretariat, role_predicate, signed_in


@rules.predicate
def represents_it(user: Any, listing: Listing | None = None) -> bool:
    """The user represents the organisation whose it is (any organisation, without one)."""
    if not signed_in(user):
        return False
    if listing is None:
        return user.has_role(Role.REPRESENTATIVE)
    return user.has_role_on(ScopeKind.ORGANISATION, listing.organisation_id, Role.REPRESENTATIVE)


@rules.predicate
def is_of_the_match(user: Any, match: Match | None = None) -> bool:
    """The user represents one of the two sides (any organisation, without a match)."""
    if match is None:
        return signed_in(user) and user.has_role(Role.REPRESENTATIVE)
    return bool(represents_it(user, match.demand) or represents_it(user, match.capability))


is_secretary = role_predicate(Role.SECRETARY)
reads = role_predicate(Role.CHAIR, Role.DISTRICT_OFFICER, Role.REPRESENTATIVE, Role.REVIEWER, Role.SECRETARY)
keeps = is_secretary | is_secretariat

rules.add_perm("matching.view_listings", reads | is_leader | is_secretariat)
rules.add_perm("matching.add_listing", represents_it | keeps)
rules.add_perm("matching.change_listing", represents_it | keeps)
rules.add_perm("matching.view_matches", is_of_the_match | keeps | is_leader)
# A human confirms each suggestion; the two sides may ask for it.
rules.add_perm("matching.suggest_match", is_of_the_match | keeps)
rules.add_perm("matching.move_match", keeps)
# An offer gets its capital and its project from those who bring the sides together.
rules.add_perm("matching.link_offer", keeps)
