"""Who may do what with entrepreneurs and introductions. Who reads which stands in the querysets."""

from typing import Any

import rules

from projects.introductions.models import Entrepreneur, Introduction
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_leader, is_secretariat, role_predicate, signed_in


@rules.predicate
def keeps_it(user: Any, introduction: Introduction | None = None) -> bool:
    """The user is officer of the target district or secretary of its committee (of any, without an introduction)."""
    if not signed_in(user):
        return False
    if introduction is None:
        return user.has_role(Role.SECRETARY, Role.DISTRICT_OFFICER)
    return _keeps_committee(user, introduction) or (
        introduction.district_id is not None
        and user.has_role_on(ScopeKind.DISTRICT, introduction.district_id, Role.DISTRICT_OFFICER)
    )


def _keeps_committee(user: Any, introduction: Introduction) -> bool:
    committee: int | None = introduction.committee_id
    return committee is not None and user.has_role_on(ScopeKind.COMMITTEE, committee, Role.SECRETARY)


@rules.predicate
def works_with(user: Any, entrepreneur: Entrepreneur | None = None) -> bool:
    """The user keeps an introduction of the entrepreneur, or has put the entrepreneur on record."""
    if not signed_in(user) or not user.has_role(Role.SECRETARY, Role.DISTRICT_OFFICER):
        return False
    if entrepreneur is None or entrepreneur.created_by_id == user.pk:
        return True
    kept: bool = Introduction.objects.kept_by(user).filter(entrepreneur=entrepreneur).exists()
    return kept


reads = role_predicate(Role.SECRETARY, Role.CHAIR, Role.DISTRICT_OFFICER)

rules.add_perm("introductions.view_pipeline", reads | is_leader | is_secretariat)
rules.add_perm("introductions.add_introduction", keeps_it | is_secretariat)
rules.add_perm("introductions.change_introduction", keeps_it | is_secretariat)
rules.add_perm("introductions.assess_entrepreneur", works_with | is_secretariat)
