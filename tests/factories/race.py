"""Two people at once, each in a thread and a transaction of his own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

MEETING_SECONDS = 1.5


class Meeting:
    """A place in the code where both should meet. `wait` goes on alone when the other one is held up elsewhere."""

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)
        self.arrived = 0

    def wait(self) -> None:
        self.arrived += 1
        try:
            self._barrier.wait(MEETING_SECONDS)
        except threading.BrokenBarrierError:
            return

    def inside(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        """Let both meet when the function `name` of the module has its answer."""
        answers = getattr(module, name)

        def waiting(*args: Any, **options: Any) -> Any:
            answer = answers(*args, **options)
            self.wait()
            return answer

        monkeypatch.setattr(module, name, waiting)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in parallel; gives what each returned or raised, in order."""
    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(_disconnecting, call) for call in calls]
    return [future.exception() or future.result() for future in futures]


def _disconnecting(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connection.close()
