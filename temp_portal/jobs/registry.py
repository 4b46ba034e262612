"""Which long pieces of work there are. Every app names its own in its `jobs.py`, which is found at start-up.

    @job("reports.quarterly", label=_("Quarterly report"), permission="reports.build_report")
    def build(run: JobRun) -> None:
        for done, table in enumerate(tables):
            run.progress(done, len(tables), Unit.TABLES)
            …
        run.attach(path, "report.xlsx")

The function may be called again after its worker was killed: it takes up where its last `run.checkpoint(…)` left off.
It tells a person what went wrong by raising `JobFailed`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from temp_portal.jobs.run import JobRun

Work = Callable[["JobRun"], object]
#: Whether this user may fetch the result of this job.
ResultFor = Callable[[Any, Any], bool]


class JobFailed(Exception):
    """The work cannot be done; the message says why, in the language of the person who asked for it."""


@dataclass(frozen=True)
class Sort:
    """A kind of job: its name for people, the work, the right one needs to start it and to have its result.

    `announce`: its owner is told when it has finished, not only when it has failed. `attempts` counts the workers
    that may die over it, or lose the database, before it fails.

    `result_for` says who may fetch the result, where that is not everybody with the right; `result_days` for how many
    days, where that is fewer than JOBS_FILES_DAYS.
    """

    name: str
    label: "StrOrPromise"
    work: Work
    permission: str = ""
    queue: str = "jobs"
    attempts: int = 3
    announce: bool = False
    result_for: ResultFor | None = None
    result_days: int | None = None


_sorts: Final[dict[str, Sort]] = {}


def job(
    name: str,
    *,
    label: "StrOrPromise",
    permission: str = "",
    queue: str = "jobs",
    attempts: int = 3,
    announce: bool = False,
    result_for: ResultFor | None = None,
    result_days: int | None = None,
) -> Callable[[Work], Work]:
    """Decorator: register the function as the work of one kind of job. ImproperlyConfigured for a name in use."""

    def decorate(work: Work) -> Work:
        if name in _sorts:
            raise ImproperlyConfigured(f"The kind of job “{name}” is registered twice.")
        _sorts[name] = Sort(name, label, work, permission, queue, attempts, announce, result_for, result_days)
        return work

    return decorate


def get(name: str) -> Sort:
    """The kind of that name. Raises ImproperlyConfigured when no app has registered it."""
    try:
        return _sorts[name]
    except KeyError:
        raise ImproperlyConfigured(f"No app's jobs.py registers the kind of job “{name}”.") from None


def find(name: str) -> Sort | None:
    """The kind of that name, or None: old rows may name one that is gone."""
    return _sorts.get(name)


def every() -> list[Sort]:
    """All kinds, by name."""
    return [_sorts[name] for name in sorted(_sorts)]
