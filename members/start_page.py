"""What waits for people of the registry: those who decide on claims, those who verify, those who claimed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members.columns import CLAIM_TONES
from members.models import Claim, Ownership, OwnershipStatement
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import holds
from temp_portal.accounts.start import block

SHOWN_DAYS = 30


@block("me/registry.html", order=30)
def registry(user: User) -> dict[str, Any] | None:
    """For the Secretariat and reviewers: how many ownerships and claims wait."""
    if not holds(user, Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER):
        return None
    decides = user.has_perm("members.view_claims")
    return {
        "unverified": Ownership.objects.to_verify(user).count(),
        "decides": decides,
        "statements": OwnershipStatement.objects.for_decision(user).waiting().count(),
        "merges": user.has_perm("members.merge_records"),
        "claims": Claim.objects.for_staff().count() if decides else 0,
    }


@block("me/asked_of_us.html", order=12)
def asked_of_us(user: User) -> dict[str, Any] | None:
    """Claims of others on the user's own organisations, which the user answers."""
    if not user.has_role(Role.REPRESENTATIVE):
        return None
    claims = list(Claim.objects.waiting().on_organisations_of(user).with_names().order_by("created_at"))
    return {"claims": [(claim, CLAIM_TONES[claim.state]) for claim in claims]} if claims else None


@block("me/claims.html", order=15)
def own_claims(user: User) -> dict[str, Any] | None:
    """The user's own claims that wait, and those answered of late."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    rows = Claim.objects.recent(user, since).select_related("organisation")
    claims = [(claim, CLAIM_TONES[claim.state]) for claim in rows]
    return {"claims": claims} if claims else None
