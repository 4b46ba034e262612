"""Whose a document is, and which roles keep and read the documents of an owner."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Who uploads, describes, replaces and withdraws the documents of an owner.
KEEPERS: Final[dict[str, tuple[Role, ...]]] = {
    ScopeKind.ORGANISATION: (Role.REPRESENTATIVE,),
    ScopeKind.COMMITTEE: (Role.SECRETARY,),
    ScopeKind.DISTRICT: (Role.DISTRICT_OFFICER,),
    ScopeKind.PLATFORM: (Role.STAFF, Role.ADMINISTRATOR),
}
#: Who reads them without being granted it by another app.
READERS: Final[dict[str, tuple[Role, ...]]] = KEEPERS | {ScopeKind.COMMITTEE: (Role.SECRETARY, Role.CHAIR)}
#: Who keeps and who reads the documents of every owner.
KEEPERS_OF_ALL: Final = (Role.STAFF, Role.ADMINISTRATOR)
READERS_OF_ALL: Final = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Scope:
    """An owner of documents, named as in a role grant: `Scope(ScopeKind.ORGANISATION, organisation.pk)`."""

    kind: str
    id: int | None = None

    def keepers(self) -> "QuerySet[User]":
        """Active users who keep the owner's documents today."""
        grants = RoleGrant.objects.live().filter(role__in=KEEPERS[self.kind], scope_kind=self.kind, scope_id=self.id)
        return User.objects.filter(is_active=True, pk__in=grants.values("user_id"))


def kept_scopes(user: User) -> list[Scope]:
    """The owners whose documents the user keeps through a role of their own."""
    return [
        Scope(grant.scope_kind, grant.scope_id) for grant in user.live_grants if grant.role in KEEPERS[grant.scope_kind]
    ]
