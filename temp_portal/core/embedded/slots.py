"""Numbers that keep test processes apart: each has its own database, broker, cache and folder."""

import fcntl
import os
from typing import Final

from temp_portal.core.embedded.layout import Layout

SLOTS: Final = 32  # two databases of Valkey each

_held: list[int] = []


def take(layout: Layout) -> int:
    """Return the lowest number that no living process holds, and hold it to the end of this process.

    TEST_SLOT names the number instead, for a program that works on the data of the test that started it.
    Raises ``RuntimeError`` when all are taken.
    """
    given = os.environ.get("TEST_SLOT", "")
    if given.isdigit():
        return int(given)
    folder = layout.home / "slots"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(SLOTS):
        lock = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        _held.append(lock)
        return number
    raise RuntimeError(f"{SLOTS} test processes run on {layout.home} already: wait for one of them to end.")
