"""One Valkey server on a private socket: started, asked and stopped."""

import socket
import subprocess
import time
from typing import Final

from temp_portal.core.embedded.layout import Layout
from temp_portal.core.embedded.postgres import ENVIRONMENT, tail
from temp_portal.core.embedded.programs import Programs

DATABASES: Final = 64  # two for each process of a parallel test run
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 10.0


class Valkey:
    """The server of one layout. Callers hold the layout's lock while they start or stop it."""

    def __init__(self, layout: Layout, programs: Programs) -> None:
        self.layout = layout
        self.programs = programs
        data = layout.data.resolve()
        self.folder = data / "valkey"
        self.log = data / "valkey.log"

    def is_ready(self) -> bool:
        """Tell whether the server answers commands."""
        return self._ask(b"PING\r\n").startswith(b"+PONG")

    def start(self) -> None:
        """Bring the server up; raises ``RuntimeError`` with the end of its log."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.layout.account.own(self.folder)
        launched = subprocess.run(
            [self.programs.valkey, *self._options()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **self.layout.account.process_user,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if launched.returncode or time.monotonic() > deadline:
                said = f"{launched.stdout}{tail(self.log)}"
                raise RuntimeError(f"Valkey does not start. The end of {self.log}:\n{said}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server, if it runs, once its log of writes is on disk."""
        self._ask(b"SHUTDOWN\r\n")
        deadline = time.monotonic() + STOP_SECONDS
        while self.is_listening() and time.monotonic() < deadline:
            time.sleep(0.02)

    def is_listening(self) -> bool:
        """Tell whether a process holds the socket, ready or not."""
        with socket.socket(socket.AF_UNIX) as connection:
            return connection.connect_ex(str(self.layout.valkey_socket)) == 0

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.layout.valkey_socket),
            "unixsocketperm": "700",
            "daemonize": "yes",
            "dir": str(self.folder),
            "databases": str(DATABASES),
            "save": "",
            "appendonly": "no" if self.layout.instance == "test" else "yes",
            "maxmemory-policy": "noeviction",
            "logfile": str(self.log),
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def _ask(self, command: bytes) -> bytes:
        """Return the start of the answer, empty when nobody answers within three seconds."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(3)
            try:
                connection.connect(str(self.layout.valkey_socket))
                connection.sendall(command)
                return connection.recv(64)
            except OSError:
                return b""
