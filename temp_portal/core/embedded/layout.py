"""Where one instance of the embedded servers keeps its data, sockets and locks.

``var/servers/<instance>/`` belongs to who runs the portal::

    pgpass      libpq's password file
    lock        held while starting
    lease       held, shared, by every process that uses the servers
    run         symbolic link to the private folder of the sockets
    data        what the servers write, owned by the account they run under; a symbolic link when that account
                cannot reach the checkout
"""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from temp_portal.core.embedded.account import Account, service_account

POSTGRES_PORT: Final = 5432  # names the socket only: nothing listens on the network
SOCKET_PATH_LIMIT: Final = 100  # sun_path holds 108 bytes on Linux, 104 elsewhere


@dataclass(frozen=True)
class Layout:
    """The paths of an instance (``main`` for the portal, ``test`` for the suite) below the folder ``var``."""

    var: Path
    instance: str = "main"

    @cached_property
    def home(self) -> Path:
        """The instance's folder."""
        return self.var.resolve() / "servers" / self.instance

    @property
    def password_file(self) -> Path:
        """libpq's password file, written at the first start."""
        return self.home / "pgpass"

    @property
    def data(self) -> Path:
        """What the servers write."""
        return self.home / "data"

    @cached_property
    def account(self) -> Account:
        """The account the servers run under."""
        return service_account(self.data)

    @property
    def socket_record(self) -> Path:
        """The symbolic link to the folder in use, so that programs with another TMPDIR find it."""
        return self.home / "run"

    @cached_property
    def sockets(self) -> Path:
        """The private folder of the sockets: the recorded one while it stands, else a name derived from the checkout.

        Short, since the path of a socket may hold about a hundred bytes.
        """
        if self.socket_record.is_symlink():
            recorded = self.socket_record.readlink()
            if is_private(recorded, self.account.uid):
                return recorded
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        name = f"temp-portal-{os.geteuid()}-{digest}"
        folder = Path(tempfile.gettempdir()) / name
        fits = len(os.fsencode(folder / f".s.PGSQL.{POSTGRES_PORT}.lock")) <= SOCKET_PATH_LIMIT
        return folder if fits else Path(os.sep, "tmp", name)

    @property
    def valkey_socket(self) -> Path:
        """Valkey's socket."""
        return self.sockets / "valkey.sock"


def is_private(folder: Path, owner: int) -> bool:
    """Tell whether ``folder`` is a real folder of the user ``owner`` that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    closed = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    return closed and status.st_uid == owner
