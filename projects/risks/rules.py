"""Who may do what with the risk register. Who may change a project or report on it: `projects.rules`."""

from typing import Any

import rules

from projects.models import Project
from projects.risks.models import Risk
from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import role_predicate, signed_in

Target = Project | Risk


def _project_of(target: Target | None) -> Project | None:
    return target.project if isinstance(target, Risk) else target


@rules.predicate
def works_on(user: Any, target: Target | None = None) -> bool:
    """The user changes the project or reports on it."""
    return bool(user.has_perm("projects.report_progress", _project_of(target)))


@rules.predicate
def knows(user: Any, target: Target | None = None) -> bool:
    """The user knows more of the project than the public."""
    project = _project_of(target)
    if not signed_in(user):
        return False
    return project is None or Project.objects.known_to(user).filter(pk=project.pk).exists()


rules.add_perm("risks.view_register", knows)
rules.add_perm("risks.keep_register", works_on)
rules.add_perm("risks.view_exposure", role_predicate(Role.STAFF, Role.ADMINISTRATOR, Role.LEADER, Role.CHAIR))
