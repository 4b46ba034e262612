"""Who may do what with the progress of projects. Who may change a project or report on it: `projects.rules`."""

from typing import Any

import rules

from projects.models import Project
from projects.progress.models import Milestone, ProgressUpdate
from temp_portal.accounts.permissions import signed_in

Target = Project | Milestone | ProgressUpdate


def _project_of(target: Target | None) -> Project | None:
    return target if target is None or isinstance(target, Project) else target.project


@rules.predicate
def keeps(user: Any, target: Target | None = None) -> bool:
    """The user may change the project."""
    return bool(user.has_perm("projects.change_project", _project_of(target)))


@rules.predicate
def reports(user: Any, target: Target | None = None) -> bool:
    """The user may report on the project."""
    return bool(user.has_perm("projects.report_progress", _project_of(target)))


@rules.predicate
def knows(user: Any, target: Target | None = None) -> bool:
    """The user knows more of the project than the public."""
    project = _project_of(target)
    if not signed_in(user):
        return False
    return project is None or Project.objects.known_to(user).filter(pk=project.pk).exists()


rules.add_perm("progress.keep_milestones", keeps)
rules.add_perm("progress.fill_in_update", reports)
rules.add_perm("progress.decide_update", keeps)
rules.add_perm("progress.view_updates", knows)
rules.add_perm("progress.comment", reports)
