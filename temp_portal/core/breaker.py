"""Leaving a server alone that did not answer, so that one request after another does not wait for it."""

import time
from typing import Final


class Breaker:
    """Open for `pause` seconds after it was tripped; whoever asks the server looks first whether it is open."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._until

    def trip(self) -> None:
        """The server did not answer."""
        self._until = time.monotonic() + self.pause

    def reset(self) -> None:
        """Ask the server again."""
        self._until = 0.0


# Broker and cache are databases of one server: what has failed for one is not tried for the other.
redis: Final = Breaker(pause=5)
