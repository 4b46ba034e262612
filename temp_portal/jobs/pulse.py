"""The sign of life of a running job: renews the lease, writes the progress, and hears of a cancellation.

It beats in a thread with a connection of its own, so the work may sit in one long transaction or one long statement.
"""

import threading
from types import TracebackType
from typing import Any, Final, Self

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from temp_portal.jobs.models import Job
from temp_portal.jobs.workflows import LEASE

log = structlog.get_logger(__name__)

BEAT_SECONDS: Final = min(1.0, LEASE.total_seconds() / 4)


class Pulse:
    """Beats while the job's function runs. `threaded=False` beats on every `show` instead, on the same connection."""

    def __init__(self, job: Job, *, threaded: bool = True) -> None:
        self._mine = Job.objects.filter(pk=job.pk, token=job.token)
        self._shown: dict[str, Any] = {}
        self._threaded = threaded
        self._thread = threading.Thread(target=self._beat_until_stopped, name=f"pulse of job {job.pk}", daemon=True)
        self._stopped = threading.Event()
        self.cancelled = threading.Event()
        self.lost = threading.Event()

    def show(self, done: int, total: int | None, unit: str, message: str) -> None:
        """What the next beat writes."""
        shown: dict[str, Any] = {"progress_done": done, "progress_unit": unit}
        if total is not None:
            shown["progress_total"] = total
        if message:
            shown["message"] = message
        # One assignment: the thread sees the old or the new, never a mixture.
        self._shown = self._shown | shown
        if not self._threaded:
            self.beat()

    def beat(self) -> None:
        """Renew the lease and write the progress; find out whether the job is still ours and still wanted."""
        now = timezone.now()
        shown = self._shown
        if not self._mine.update(heartbeat_at=now, lease_until=now + LEASE, **shown):
            self.lost.set()
        elif self._mine.filter(cancel_requested_at__isnull=False).exists():
            self.cancelled.set()

    def _beat_until_stopped(self) -> None:
        try:
            while not self._stopped.wait(BEAT_SECONDS):
                self._try_to_beat()
        finally:
            connection.close()

    def _try_to_beat(self) -> None:
        try:
            self.beat()
        except (DatabaseError, InterfaceError) as error:
            # The lease outlives a few missed beats; if the database stays away, the work itself notices.
            log.warning("pulse_missed", error=str(error))
            connection.close()

    def __enter__(self) -> Self:
        if self._threaded:
            self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._threaded:
            self._stopped.set()
            self._thread.join()
        if not self.lost.is_set() and self._shown:
            self._mine.update(**self._shown)
