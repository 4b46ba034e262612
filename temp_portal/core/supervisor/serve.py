"""The run of a portal on one machine, from start to stop."""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from temp_portal.core.supervisor import ports, roles
from temp_portal.core.supervisor.processes import MARK, Child, end_marked
from temp_portal.core.supervisor.record import Lock, Prepared, Running, SignIn
from temp_portal.core.supervisor.supervisor import StartFailed, Supervisor
from temp_portal.settings.env import env


class CannotServe(Exception):
    """The portal does not start; the text says why and what to do."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where to listen."""
    parser.add_argument("--host", default=env.str("HOST", "127.0.0.1"), help="address to listen on (or HOST)")
    parser.add_argument("--port", type=int, default=env.int("PORT", None, minimum=1), help="port (or PORT)")


def serve(folder: Path, host: str, port: int | None, say: Callable[[str], None]) -> None:
    """Run the portal until a signal stops it; ``folder`` is where it keeps its records. Raises ``CannotServe``."""
    lock = Lock(folder)
    try:
        with lock.held(), ports.reserved(host, port) as chosen:
            Portal(folder.resolve(), host, chosen, say).run(lock)
    except BlockingIOError:
        running = lock.running()
        where = running.address if running and running.address else "an address that it is about to print"
        raise CannotServe(f"The portal of this checkout already runs at {where}; `make stop` stops it.") from None
    except (StartFailed, ports.PortUnavailable) as problem:
        raise CannotServe(str(problem)) from None


class Portal:
    """One run of the portal."""

    def __init__(self, folder: Path, host: str, port: int, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.host = host
        self.port = port
        self.say = say
        self.address = f"http://{host}:{port}"
        self.variables = {MARK: str(folder), "SITE_URL": env.str("SITE_URL", self.address)}
        self.supervisor = Supervisor(str(folder), say)

    def run(self, lock: Lock) -> None:
        """Start everything, watch it, and end it all together."""
        if end_marked(str(self.folder)):
            self.say("Ended what an earlier run had left behind.")
        self.supervisor.listen_to_signals()
        try:
            accounts = self.start()
            if not self.supervisor.stopping.is_set():
                lock.write(Running(os.getpid(), self.address))
                self.greet(accounts)
            self.supervisor.watch()
        finally:
            self.supervisor.end()
            self.say("The portal has stopped.")

    def start(self) -> list[SignIn]:
        """Prepare the database and start the programs; returns the accounts for trying the portal."""
        record = self.folder / "prepared.json"
        web = roles.web(self.host, self.port, self.variables)
        preparation = roles.preparation(record)
        # A database that was prepared once is nearly always ready: the web server starts beside the check of it.
        early = record.exists()
        self.supervisor.start(preparation, *[web] * early)
        self.supervisor.finish(preparation)
        if self.supervisor.stopping.is_set():
            return []
        prepared = Prepared.read(record)
        self._start_web(web, early=early, migrated=prepared.migrated)
        self.supervisor.wait_until_ready(web, self.host, self.port)
        self.supervisor.start(*roles.background(self.folder / "schedule", self.variables))
        return prepared.accounts

    def _start_web(self, web: Child, *, early: bool, migrated: bool) -> None:
        if not early:
            self.supervisor.start(web)
        elif migrated:
            web.kill()
            web.start()

    def greet(self, accounts: list[SignIn]) -> None:
        """Print where the portal is, who may sign in, and how to stop it."""
        self.say(f"\nThe portal is at {self.address}")
        if accounts:
            self.say("\nDemonstration accounts (address, password, purpose):")
        width = max((len(account.email) for account in accounts), default=0)
        for account in accounts:
            self.say(f"  {account.email:{width}}  {account.password}  {account.purpose}")
        self.say("\nStop it with Ctrl-C here, or with `make stop`.")
