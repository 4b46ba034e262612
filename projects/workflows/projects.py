"""A project is created and described.

All functions raise PermissionDenied, ValidationError with a message for the user, or OverwriteConflict when somebody
else saved the same record first.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.workflows.guards import explained
from members.models import Organisation
from projects.enums import ParticipantRole, Stage
from projects.models import Participant, Project, ProjectCountry, Sponsorship
from projects.workflows.guards import lock, marks, refuse_overwriting, touch
from temp_portal.audit.workflow import record

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

DATES: Final = ("start_planned", "start_actual", "end_planned", "end_actual")
DESCRIPTION: Final = (
    *(f"{name}_{language}" for name in ("title", "summary") for language in ("en", "zh_hans", "ru")),
    "sector_scheme",
    "sector_code",
    "sector_name",
    "visibility",
    *DATES,
    *(f"{name}_precision" for name in DATES),
    "in_totals",
    "parent",
)
#: Where a project that is entered by hand begins.
FIRST: Final = (Stage.S0, Stage.S1)


@transaction.atomic
def create(
    *,
    by: "User",
    code: str,
    committees: Collection[Committee],
    countries: Collection[str] = (),
    lead: Organisation | None = None,
    stage: Stage = Stage.S0,
    since: date | None = None,
    **description: Any,
) -> Project:
    """Enter a project as a lead or an idea. `description` takes the names in DESCRIPTION."""
    if not by.has_perm("projects.create_project"):
        raise PermissionDenied
    if stage not in FIRST:
        raise ValidationError({"stage": _("A new project begins as a lead or an idea.")})
    if since and since > timezone.localdate():
        raise ValidationError({"since": _("The day lies in the future: choose today or an earlier day.")})
    project = Project(code=code, stage=stage, lead=lead, created_by=by)
    _describe(project, description)
    project.validate_unique()
    with explained(Project):
        project.save()
    _sponsor(project, committees, by)
    ProjectCountry.objects.bulk_create(ProjectCountry(project=project, country=each) for each in sorted(countries))
    if lead is not None:
        Participant.objects.create(project=project, organisation=lead, role=ParticipantRole.LEAD)
    record(project, move="create", by=by, effective_on=since)
    return project


@transaction.atomic
def describe(
    project: Project, *, by: "User", seen: str, committees: Collection[Committee], **description: Any
) -> Project:
    """Change what is said of a project. `seen` is the `version` that the writer had before the eyes.

    The earlier text stays in the row's history.
    """
    locked = lock(project, by=by)
    refuse_overwriting(locked, seen, _values(locked), _labels())
    _describe(locked, description)
    with explained(Project):
        touch(locked, by=by)
    _sponsor(locked, committees, by)
    return locked


def version(project: Project) -> str:
    """A mark of each thing that `describe` changes."""
    return marks(_values(project))


def _values(project: Project) -> dict[str, Any]:
    stored = {name: project.serializable_value(name) for name in DESCRIPTION}
    return stored | {"committees": sorted(project.sponsorships.values_list("committee", flat=True))}


def _labels() -> dict[str, Any]:
    return {name: Project._meta.get_field(name).verbose_name for name in (*DESCRIPTION, "committees")}  # type: ignore[union-attr]  # all of them are fields


def _describe(project: Project, description: dict[str, Any]) -> None:
    for name, value in description.items():
        if name not in DESCRIPTION:
            raise TypeError(f"{name} is no part of a project's description")
        setattr(project, name, value)
    parent = project.parent
    if parent is not None and (parent.parent_id or (project.pk and project.parts.exists())):
        raise ValidationError({"parent": _("A part of a project has no parts of its own.")})


def _sponsor(project: Project, committees: Collection[Committee], by: "User") -> None:
    """Add and remove sponsor committees; who writes has to keep the project afterwards."""
    chosen = {each.pk for each in committees}
    project.sponsorships.exclude(committee__in=chosen).delete()
    standing = set(project.sponsorships.values_list("committee_id", flat=True))
    Sponsorship.objects.bulk_create(
        Sponsorship(project=project, committee_id=each) for each in sorted(chosen - standing)
    )
    if not by.has_perm("projects.change_project", project):
        raise ValidationError({"committees": _("Choose at least one committee of which you are secretary.")})
