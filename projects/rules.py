"""Who may do what with projects (design: roles). Who reads which project stands in `ProjectQuerySet.visible_to`."""

from typing import Any

import rules

from committees.rules import is_chair_of, is_secretary_of
from projects.models import Project, Sponsorship
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_leader, is_secretariat, scope_ids, signed_in


@rules.predicate
def is_sponsor_secretary(user: Any, project: Project | None = None) -> bool:
    """The user is secretary of a committee that stands behind the project (of any committee, without a project)."""
    if not signed_in(user) or not user.has_role(Role.SECRETARY):
        return False
    own = scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY)
    return project is None or Sponsorship.objects.filter(project=project, committee_id__any=own).exists()


@rules.predicate
def represents_lead(user: Any, project: Project | None = None) -> bool:
    """The user represents the lead enterprise (any organisation, without a project)."""
    if not signed_in(user):
        return False
    if project is None:
        return user.has_role(Role.REPRESENTATIVE)
    return user.has_role_on(ScopeKind.ORGANISATION, project.lead_id, Role.REPRESENTATIVE)


@rules.predicate
def reads_money(user: Any, project: Project | None = None) -> bool:
    """The user may read the project's amounts."""
    return project is None or Project.objects.money_visible_to(user).filter(pk=project.pk).exists()


@rules.predicate
def sees_project(user: Any, project: Project | None = None) -> bool:
    """The project is among those that the user may see."""
    return project is None or Project.objects.visible_to(user).filter(pk=project.pk).exists()


keeps_project = is_sponsor_secretary | is_secretariat

rules.add_perm("projects.view_project", sees_project)
rules.add_perm("projects.create_project", keeps_project)
rules.add_perm("projects.change_project", keeps_project)
# The lead enterprise reports; a secretary may do it for an enterprise that cannot.
rules.add_perm("projects.report_progress", represents_lead | keeps_project)
rules.add_perm("projects.see_money", reads_money)
rules.add_perm("projects.record_money", keeps_project)
rules.add_perm("projects.view_rates", is_secretary_of | is_chair_of | is_secretariat | is_leader)
rules.add_perm("projects.keep_rates", is_secretariat)
