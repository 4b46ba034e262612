"""Whom to tell of what happens to a project."""

from django.db.models import Q, QuerySet

from projects.models import Project
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User


def keepers_of(project: Project) -> "QuerySet[User]":
    """Active secretaries of the committees that stand behind the project."""
    grants = RoleGrant.objects.live().filter(
        role=Role.SECRETARY, scope_kind=ScopeKind.COMMITTEE, scope_id__in=project.sponsorships.values("committee")
    )
    return _holders(Q(pk__in=grants.values("user")))


def workers_on(project: Project) -> "QuerySet[User]":
    """The secretaries, and who represents the lead enterprise."""
    sponsors = Q(role=Role.SECRETARY, scope_kind=ScopeKind.COMMITTEE) & Q(
        scope_id__in=project.sponsorships.values("committee")
    )
    lead = Q(role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id=project.lead_id)
    grants = RoleGrant.objects.live().filter(sponsors | lead if project.lead_id else sponsors)
    return _holders(Q(pk__in=grants.values("user")))


def _holders(which: Q) -> "QuerySet[User]":
    users: QuerySet[User] = User.objects.filter(which, is_active=True)
    return users
