"""Who may do what with personal data (domain brief §9)."""

from typing import Any

import rules

from members.models import Organisation, Person
from members.privacy.models import Erasure, PrivacyRequest
from members.rules import represents
from temp_portal.accounts.permissions import is_secretariat, signed_in


@rules.predicate
def proposed_it(user: Any, erasure: Erasure | None = None) -> bool:
    return erasure is not None and erasure.proposed_by_id == user.pk


@rules.predicate
def is_about_oneself(user: Any, target: PrivacyRequest | Erasure | None = None) -> bool:
    """The request or erasure is the user's own: somebody else has to decide it."""
    if target is None:
        return False
    asked = isinstance(target, PrivacyRequest) and target.created_by_id == user.pk
    return asked or (target.person is not None and target.person.user_id == user.pk)


@rules.predicate
def is_oneself(user: Any, person: Person | None = None) -> bool:
    return signed_in(user) and (person is None or person.user_id == user.pk)


@rules.predicate
def speaks_for(user: Any, organisation: Organisation | None = None) -> bool:
    """The user represents this very organisation today."""
    return organisation is not None and bool(represents(user, organisation))


rules.add_perm("privacy.view_desk", is_secretariat)
rules.add_perm("privacy.keep_notices", is_secretariat)
rules.add_perm("privacy.keep_breaches", is_secretariat)
rules.add_perm("privacy.answer_request", is_secretariat & ~is_about_oneself)
rules.add_perm("privacy.propose_erasure", is_secretariat)
# Four eyes: who proposed it does not confirm it, nor does the person concerned.
rules.add_perm("privacy.decide_erasure", is_secretariat & ~proposed_it & ~is_about_oneself)
rules.add_perm("privacy.withdraw_erasure", is_secretariat)
rules.add_perm("privacy.export_organisation", speaks_for)
