"""Long work on personal data: the copy that a person takes along, and the erasure that two people decided."""

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation
from members.privacy.collecting import about_organisation, about_user
from members.privacy.files.copy import write_copy
from members.privacy.models import Erasure
from members.privacy.workflows import erasures, exports
from temp_portal.jobs.registry import JobFailed, job
from temp_portal.jobs.run import JobRun

if TYPE_CHECKING:
    from temp_portal.accounts.models import User
    from temp_portal.jobs.models import Job

#: Days for which the copy can be fetched.
COPY_DAYS: Final = 7


def may_have_copy(user: "User", made: "Job") -> bool:
    """Only who asked for the copy has it, and that of an organisation only while representing it."""
    if made.created_by_id != user.pk:
        return False
    if "organisation" not in made.params:
        return True
    organisation = Organisation.objects.filter(pk=made.params["organisation"]).first()
    return organisation is not None and user.has_perm("privacy.export_organisation", organisation)


@job(
    exports.JOB,
    label=gettext_lazy("Copy of personal data"),
    announce=True,
    result_for=may_have_copy,
    result_days=COPY_DAYS,
)
def copy(run: JobRun) -> dict[str, Any]:
    """One archive: JSON for programs, and a PDF in each language for people."""
    if "organisation" not in run.params:
        subject = about_user(run.by)
    else:
        organisation = Organisation.objects.get(pk=run.params["organisation"])
        if not run.by.has_perm("privacy.export_organisation", organisation):
            raise JobFailed(_("You no longer represent this organisation."))
        subject = about_organisation(organisation)
    archive = write_copy(subject, progress=run.progress)
    run.attach(archive, f"my-data-{timezone.localdate().isoformat()}.zip")
    return {}


@job(erasures.JOB, label=gettext_lazy("Erasure of personal data"), permission="privacy.propose_erasure", announce=True)
def erase(run: JobRun) -> dict[str, Any]:
    """Erase in one transaction: all of it or nothing."""
    done = erasures.carry_out(Erasure.objects.get(pk=run.params["erasure"]), by=run.by)
    return {"url": done.get_absolute_url()}
