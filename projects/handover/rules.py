"""Who may do what with transfer, handover and the reviews after it. Who may change a project: `projects.rules`."""

from typing import Any

import rules

from projects.handover.models import HandoverCertificate, Review, TransferLine
from projects.models import Project
from temp_portal.accounts.permissions import signed_in

Target = Project | TransferLine | HandoverCertificate | Review


def _project_of(target: Target | None) -> Project | None:
    return target if target is None or isinstance(target, Project) else target.project


@rules.predicate
def keeps(user: Any, target: Target | None = None) -> bool:
    """The user may change the project."""
    return bool(user.has_perm("projects.change_project", _project_of(target)))


@rules.predicate
def knows(user: Any, target: Target | None = None) -> bool:
    """The user knows more of the project than the public."""
    project = _project_of(target)
    if not signed_in(user):
        return False
    return project is None or Project.objects.known_to(user).filter(pk=project.pk).exists()


rules.add_perm("handover.keep_lines", keeps)
rules.add_perm("handover.issue_certificate", keeps)
rules.add_perm("handover.read_certificate", knows)
rules.add_perm("handover.do_review", keeps)
