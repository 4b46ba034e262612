"""The account the servers run under: PostgreSQL refuses to run as root, so root hands them to another."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class ProcessUser(TypedDict, total=False):
    """Arguments of ``subprocess`` that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A user and group id; ``borrowed`` when it is not the account of this process."""

    uid: int
    gid: int
    borrowed: bool

    @property
    def process_user(self) -> ProcessUser:
        """Return what ``subprocess`` needs to run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}

    def own(self, path: Path) -> None:
        """Give ``path`` to this account."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Tell whether the account may enter the folder ``path``, all its parents included."""
        if not self.borrowed:
            return os.access(path, os.X_OK)
        enter = ["/bin/sh", "-c", 'cd "$1"', "sh", str(path)]
        found = subprocess.run(enter, cwd="/", stderr=subprocess.DEVNULL, check=False, **self.process_user)
        return found.returncode == 0


def service_account(data: Path) -> Account:
    """Return the account for servers whose files are in ``data``: one's own; for root their owner, at first ``nobody``.

    Raises ``RuntimeError`` on a system without the account ``nobody``.
    """
    if os.geteuid():
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    if data.exists() and data.stat().st_uid:
        return Account(data.stat().st_uid, data.stat().st_gid, borrowed=True)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise RuntimeError(
            "PostgreSQL refuses to run as root and there is no account 'nobody': run the portal as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, borrowed=True)
