"""What the workflows of projects share: the lock, and the mark by which a writer who comes second is told."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from projects.models import Project
from temp_portal.audit.workflow import StateConflict

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Letters of each mark: enough to notice a change, too few to tell what stood there.
MARK = 10


class OverwriteConflict(StateConflict):
    """Somebody else saved the record between reading and saving; `labels` name what differs."""

    def __init__(self, project: Project, labels: Iterable[str]) -> None:
        self.labels = list(labels)
        super().__init__(project, None)

    def message(self) -> str:
        project: Any = self.instance
        what = get_text_list(self.labels, _("and"))
        if project.changed_by is None:
            return _("This was changed since you opened it: %(what)s.") % {"what": what}
        return _("%(who)s changed this on %(when)s, after you opened it: %(what)s.") % {
            "who": project.changed_by,
            "when": timezone.localtime(project.changed_at).strftime("%Y-%m-%d %H:%M"),
            "what": what,
        }


def lock(project: Project, *, by: "User", permission: str = "projects.change_project") -> Project:
    """The project's row, locked: whoever changes anything of it passes here one by one. Raises PermissionDenied."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("changed_by")
    locked: Project = rows.get(pk=project.pk)
    if not by.has_perm(permission, locked):
        raise PermissionDenied
    return locked


def marks(values: Mapping[str, Any]) -> str:
    """A mark for each value, as text for a hidden field of a form."""
    return json.dumps({name: _mark(value) for name, value in values.items()})


def refuse_overwriting(project: Project, seen: str, values: Mapping[str, Any], labels: Mapping[str, Any]) -> None:
    """Raise OverwriteConflict with the names of what differs from what the writer had before the eyes."""
    try:
        before = json.loads(seen)
    except ValueError:
        before = {}
    differing = [name for name, value in values.items() if before.get(name) != _mark(value)]
    if differing:
        raise OverwriteConflict(project, dict.fromkeys(str(labels[name]) for name in differing))


def touch(project: Project, *, by: "User") -> None:
    """Note who changed the record. Saves it as it stands."""
    project.changed_at, project.changed_by = timezone.now(), by
    project.save()


def _mark(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:MARK]
