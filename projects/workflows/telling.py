"""Who is told of a project's moves, in the transaction in which they happen."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from projects.enums import Stage
from projects.models import Project, Sponsorship
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.kinds import every_language

if TYPE_CHECKING:
    from django.db.models import QuerySet


def concerned(project: Project) -> "QuerySet[User]":
    """Active users who represent the lead enterprise, or are secretary of a sponsor committee."""
    sponsors = Sponsorship.objects.filter(project=project).values("committee_id")
    acting = Q(role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id=project.lead_id)
    keeping = Q(role=Role.SECRETARY, scope_kind=ScopeKind.COMMITTEE, scope_id__in=sponsors)
    grants = RoleGrant.objects.live().filter(acting | keeping)
    users: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return users


def keepers_of(project: Project) -> "QuerySet[User]":
    """Active secretaries of the committees that stand behind the project."""
    sponsors = Sponsorship.objects.filter(project=project).values("committee_id")
    grants = RoleGrant.objects.live().filter(role=Role.SECRETARY, scope_kind=ScopeKind.COMMITTEE, scope_id__in=sponsors)
    users: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return users


def tell_of_move(project: Project, *, source: str, by: User, effective_on: date, reason: str) -> None:
    """A notice to all who are concerned, except who moved it."""
    context = {
        "before": every_language(Stage(source).label),
        "stage": every_language(Stage(project.stage).label),
        "effective_on": effective_on,
        "reason": reason,
    }
    notify("project_moved", project, recipients=concerned(project).exclude(pk=by.pk), context=context)
