"""What a portal writes down about itself in ``var/run``, for the next start and for `make stop`."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class SignIn:
    """An account for trying the portal."""

    email: str
    password: str
    purpose: str


@dataclass(frozen=True)
class Prepared:
    """The outcome of a preparation: whether tables changed, and the demonstration accounts in the database."""

    migrated: bool
    accounts: list[SignIn]

    def write(self, path: Path) -> None:
        """Keep this in a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what ``write`` kept."""
        kept = json.loads(path.read_text())
        return cls(kept["migrated"], [SignIn(**account) for account in kept["accounts"]])


@dataclass(frozen=True)
class Running:
    """The supervisor's process and where the portal answers; the address is empty while it starts."""

    pid: int
    address: str = ""


class Lock:
    """The file that the supervisor of a checkout holds while it runs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "serve.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for a block; raises ``BlockingIOError`` when another supervisor holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.write(Running(os.getpid()))
            yield

    def write(self, running: Running) -> None:
        """Record what runs."""
        self.path.write_text(json.dumps(asdict(running)))

    def running(self) -> Running | None:
        """Return what runs, None when no supervisor holds the lock."""
        # The holder writes within a moment of taking the lock; until then there is nothing to read.
        while self.is_held():
            if text := self.path.read_text():
                return Running(**json.loads(text))
        return None

    def is_held(self) -> bool:
        """Tell whether a supervisor runs."""
        if not self.path.exists():
            return False
        with self.path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
