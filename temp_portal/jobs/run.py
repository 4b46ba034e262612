"""What a job's function works with: parameters, progress, checkpoints, files, and whether to stop."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from temp_portal.core import files
from temp_portal.jobs.enums import Unit
from temp_portal.jobs.models import Job
from temp_portal.jobs.pulse import Pulse

FOLDER = "jobs"


class Cancelled(Exception):
    """The owner has cancelled the job."""


class LeaseLost(Exception):
    """The job is in another worker's hands: nothing more may be written for it."""


class JobRun:
    """One attempt at a job. `params` are those it was started with, `by` is the user, `saved` the last checkpoint."""

    def __init__(self, job: Job, pulse: Pulse) -> None:
        self._job = job
        self._pulse = pulse
        self.job_id: int = job.pk
        self.params: Mapping[str, Any] = job.params
        self.by = job.created_by
        self.saved: Mapping[str, Any] = dict(job.checkpoint)

    def progress(self, done: int, total: int | None = None, unit: str = Unit.STEPS, *, message: str = "") -> None:
        """Say how far the work is. Cheap: call it as often as you like. Raises Cancelled or LeaseLost.

        `message` is marked by `gettext_noop` and translated for whoever looks.
        """
        self._pulse.show(done, total, unit, message)
        self.stop_if_asked()

    @property
    def cancelled(self) -> bool:
        """Whether the owner wants it stopped, for work that tidies up before it stops."""
        return self._pulse.cancelled.is_set()

    def stop_if_asked(self) -> None:
        """Raise Cancelled or LeaseLost where that is so."""
        if self._pulse.lost.is_set():
            raise LeaseLost
        if self.cancelled:
            raise Cancelled

    def checkpoint(self, **data: Any) -> None:
        """Remember how far the work is, for an attempt after this one. Raises LeaseLost.

        Call it last inside the transaction that wrote the step: both are then kept or lost together. The row stays
        locked until that transaction ends.
        """
        if not Job.objects.filter(pk=self.job_id, token=self._job.token).update(checkpoint=data):
            raise LeaseLost
        self.saved = data

    def attach(self, source: Path | bytes | BinaryIO, name: str) -> None:
        """Make a finished file the job's result, offered under `name`. Raises LeaseLost."""
        stored = files.keep(source, folder=FOLDER, name=name)
        mine = Job.objects.filter(pk=self.job_id, token=self._job.token)
        if not mine.update(result_file=stored, result_name=name):
            files.discard(stored)
            raise LeaseLost
