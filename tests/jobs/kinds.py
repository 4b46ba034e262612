"""Kinds of job that exist for the tests alone; a worker learns them by `--include tests.jobs.kinds`."""

import os
import time
from pathlib import Path

from temp_portal.jobs.enums import Unit
from temp_portal.jobs.registry import JobFailed, job
from temp_portal.jobs.run import JobRun


@job("test.count", label="Counting", announce=True)
def count(run: JobRun) -> dict[str, object]:
    """Write each step's number into a file, one line a step, remembering how far it is."""
    journal = Path(run.params["journal"])
    journal.with_suffix(".pid").write_text(str(os.getpid()))
    for step in range(run.saved.get("steps", 0), run.params["steps"]):
        run.progress(step, run.params["steps"], Unit.ROWS, message="Freezing the figures")
        with journal.open("a") as lines:
            lines.write(f"{step}\n")
        run.checkpoint(steps=step + 1)
        time.sleep(run.params.get("pause", 0))
    return {"lines": run.params["steps"], "by": run.by.email}


@job("test.refuse", label="Refusing")
def refuse(run: JobRun) -> None:
    raise JobFailed(f"No figures for {run.params['quarter']}.")


@job("test.crash", label="Crashing")
def crash(run: JobRun) -> float:
    return 1 / 0


@job("test.file", label="Writing a file", permission="jobs.view_trace")
def write(run: JobRun) -> None:
    run.attach(b"a;b\n1;2\n", "Figures 2026.CSV")


@job("test.sleep", label="One long step")
def sleep(run: JobRun) -> None:
    time.sleep(run.params["seconds"])
