"""Recording what a stage has to show, and taking back what was wrong."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import Project, StageEvidence
from projects.stages import kinds_of
from projects.workflows.guards import lock

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@transaction.atomic
def record(
    project: Project, *, by: "User", kind: str, text: str, document: str = "", dated_on: date | None = None
) -> StageEvidence:
    """Record evidence of the present stage. Raises ValidationError where the stage asks for no such thing."""
    locked = lock(project, by=by)
    if kind not in kinds_of(locked.stage):
        raise ValidationError({"kind": _("The project's stage does not ask for this.")})
    if dated_on and dated_on > timezone.localdate():
        raise ValidationError({"dated_on": _("The day lies in the future.")})
    evidence = StageEvidence(
        project=locked,
        stage=locked.stage,
        kind=kind,
        text=text.strip(),
        document=document.strip(),
        dated_on=dated_on,
        recorded_by=by,
    )
    evidence.full_clean(exclude=["recorded_at"])
    evidence.save()
    return evidence


@transaction.atomic
def take_back(evidence: StageEvidence, *, by: "User") -> StageEvidence:
    """It no longer counts, and stays on record. Raises ValidationError once a stage was left on it."""
    project = lock(evidence.project, by=by)
    locked = StageEvidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if locked.withdrawn_at is not None:
        raise ValidationError(_("This evidence has been taken back already."))
    if locked.stage != project.stage:
        raise ValidationError(_("The project has left this stage on it: it stays as it is."))
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.save()
    return locked
