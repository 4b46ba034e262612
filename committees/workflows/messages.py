"""What a secretary writes to members, through the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Committee, Seat
from members.models import Person
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Addressed:
    """A member, and the accounts that act for it: its representatives in the portal, and the person behind the seat."""

    seat: Seat
    accounts: "Collection[int]"


def addressed(seats: Sequence[Seat]) -> list[Addressed]:
    """Whom a message to these members reaches. Two queries."""
    grants = RoleGrant.objects.live().filter(
        role=Role.REPRESENTATIVE,
        scope_kind=ScopeKind.ORGANISATION,
        scope_id__in={seat.organisation_id for seat in seats},
        user__is_active=True,
    )
    acting: dict[int, set[int]] = {}
    for organisation, user in grants.values_list("scope_id", "user_id"):
        acting.setdefault(organisation, set()).add(user)
    people = Person.objects.filter(pk__in={seat.representative_id for seat in seats}, user__is_active=True)
    accounts = {person: {user} for person, user in people.values_list("pk", "user_id")}
    return [
        Addressed(seat, acting.get(seat.organisation_id, set()) | accounts.get(seat.representative_id, set()))
        for seat in seats
    ]


@transaction.atomic
def send(committee: Committee, members: Sequence[Addressed], *, by: User, title: str, text: str, key: str) -> int:
    """Send one notice to all accounts of these members; returns their number. A second call with the key sends none.

    Raises PermissionDenied, and ValidationError when nobody would be reached.
    """
    if not by.has_perm("committees.keep_roster", committee):
        raise PermissionDenied
    accounts = {account for member in members for account in member.accounts}
    if not accounts:
        raise ValidationError(_("None of these members has an account in the portal."))
    notify(
        "committee_message",
        committee,
        recipients=User.objects.filter(pk__in=accounts),
        context={"title": title, "text": text, "sender": str(by)},
        key=f"message:{committee.pk}:{by.pk}:{key}",
    )
    return len(accounts)
