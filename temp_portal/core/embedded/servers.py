"""Both servers of a layout, shared by any number of processes: the first in starts them, the last out stops them."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from temp_portal.core.embedded import programs as wheel_programs
from temp_portal.core.embedded.layout import Layout, is_private
from temp_portal.core.embedded.postgres import Postgres
from temp_portal.core.embedded.valkey import Valkey


class Lease:
    """The use of the servers by this process, from ``take`` to ``release`` (or to the end of the process)."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._held: int | None = None
        self._holder = 0

    def take(self) -> None:
        """Return once both servers answer; raises ``RuntimeError`` saying what stands in the way."""
        if self._held is not None:
            return
        _make_home(self.layout)
        held = _open_lock(self.layout.home / "lease")
        try:
            fcntl.flock(held, fcntl.LOCK_SH)
            _start(self.layout)
        except BaseException:
            os.close(held)
            raise
        self._held, self._holder = held, os.getpid()

    def release(self) -> None:
        """Give the use up; the last process to do so stops the servers."""
        # A forked child shares the lock: it must neither give it up nor stop what its parent uses.
        if self._held is None or self._holder != os.getpid():
            return
        os.close(self._held)
        self._held = None
        with suppress(BlockingIOError):
            stop(self.layout)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take the lease for the length of a block."""
        self.take()
        try:
            yield
        finally:
            self.release()


def stop(layout: Layout, *, force: bool = False) -> None:
    """Stop both servers, if they run. Raises ``BlockingIOError`` while a process uses them, unless ``force``."""
    if not layout.data.exists():
        return
    with nullcontext() if force else _locked(layout.home / "lease", wait=False):
        programs = wheel_programs.locate(layout.account)
        with _locked(layout.home / "lock"):
            Valkey(layout, programs).stop()
            Postgres(layout, programs).stop()


def is_running(layout: Layout) -> bool:
    """Tell whether either server runs."""
    if not layout.data.exists():
        return False
    programs = wheel_programs.locate(layout.account)
    return Valkey(layout, programs).is_listening() or (Postgres(layout, programs).cluster / "postmaster.pid").exists()


def _start(layout: Layout) -> None:
    programs = wheel_programs.locate(layout.account)
    with _locked(layout.home / "lock"):
        _make_folders(layout)
        postgres, valkey = Postgres(layout, programs), Valkey(layout, programs)
        if not valkey.is_ready():
            valkey.start()
        if not postgres.is_ready():
            postgres.start()


def _make_home(layout: Layout) -> None:
    try:
        layout.home.mkdir(parents=True, exist_ok=True)
        os.close(_open_lock(layout.home / "lock"))
    except PermissionError:
        raise RuntimeError(
            f"{layout.home} belongs to another user. Run the portal as that user, or give the folder to yourself: "
            f"chown -R {os.geteuid()} '{layout.var}'"
        ) from None


def _make_folders(layout: Layout) -> None:
    if not layout.data.exists():
        target = layout.data if layout.account.reaches(layout.home) else _outside(layout)
        target.mkdir(parents=True, exist_ok=True)
        target.chmod(0o700)
        layout.account.own(target)
        if target != layout.data:
            layout.data.unlink(missing_ok=True)
            layout.data.symlink_to(target)
    _make_sockets(layout)


def _outside(layout: Layout) -> Path:
    digest = hashlib.sha256(os.fsencode(layout.home)).hexdigest()[:12]
    wheel_programs.SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
    wheel_programs.SYSTEM_FOLDER.chmod(0o755)
    return wheel_programs.SYSTEM_FOLDER / f"{layout.instance}-{digest}"


def _make_sockets(layout: Layout) -> None:
    folder = layout.sockets
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        layout.account.own(folder)
    if not is_private(folder, layout.account.uid):
        raise RuntimeError(f"{folder} is not a private folder of the servers' account: remove it and start again.")
    record = layout.socket_record
    if not record.is_symlink() or record.readlink() != folder:
        record.unlink(missing_ok=True)
        record.symlink_to(folder)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)
