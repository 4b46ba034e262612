"""What the members concerned are told of what happens to their membership, in the transaction in which it happens."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from committees.enums import SeatExit
from committees.models import Seat
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.kinds import every_language, translations

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Move of a seat → kind of notice.
KINDS: Final = {
    "suspend": "membership_suspended",
    "resume": "membership_resumed",
    "resign": "membership_ended",
    "expel": "membership_ended",
    "lapse": "membership_ended",
    "take_back": "membership_taken_back",
}
ENDED_AS: Final = {"resign": SeatExit.RESIGNED, "expel": SeatExit.EXPELLED, "lapse": SeatExit.LAPSED}


def acting_for(organisations: Collection[int]) -> "QuerySet[User]":
    """Active users who represent any of the organisations today."""
    grants = RoleGrant.objects.live().filter(
        role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id__in=organisations
    )
    users: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return users


def secretaries_of(committee_id: int) -> "QuerySet[User]":
    """Active users who keep the committee."""
    users: QuerySet[User] = User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, committee_id)
    return users


def tell(
    move: str, seats: Sequence[Seat], *, effective_on: date, reason: str = "", document: str = "", heard: str = ""
) -> None:
    """One notice to all who represent these members of one committee; nothing for a move of which nobody is told."""
    if move not in KINDS or not seats:
        return
    told = {"effective_on": effective_on, "reason": reason, "document": document, "heard": heard}
    if len(seats) == 1:
        organisation = seats[0].organisation
        names = {organisation.legal_name_language or "en": organisation.legal_name}
        told["organisation"] = names | translations(organisation, "name")
    if move in ENDED_AS:
        told["how"] = every_language(ENDED_AS[move].label)
    notify(
        KINDS[move],
        seats[0].committee,
        recipients=acting_for({seat.organisation_id for seat in seats}),
        context=told,
    )
