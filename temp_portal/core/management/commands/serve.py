from argparse import ArgumentParser
from collections.abc import Mapping
from os import getpid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from temp_portal.core import demo
from temp_portal.core.supervisor import data, ports, roles
from temp_portal.core.supervisor.processes import MARK, end_marked
from temp_portal.core.supervisor.supervisor import Lock, Running, StartFailed, Supervisor
from temp_portal.settings.env import env


class Command(BaseCommand):
    help = "Serve the portal on this machine: web server, workers and scheduler under one process."
    # A start takes seconds; `make check` and `doctor` do the checking.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=env.str("HOST", "127.0.0.1"), help="address to listen on (HOST)")
        parser.add_argument("--port", type=int, default=env.int("PORT", None, minimum=1), help="port (PORT)")

    def handle(self, *, host: str, port: int | None, **_options: Any) -> None:
        lock = Lock(settings.VAR_DIR / "run")
        try:
            with lock.held(), ports.reserved(host, port) as chosen:
                self.serve(lock, host, chosen)
        except BlockingIOError:
            running = lock.running()
            where = running.address if running and running.address else "an address that it is about to print"
            raise CommandError(f"The portal of this checkout already runs at {where}; `make stop` stops it.") from None
        except (StartFailed, ports.PortUnavailable) as problem:
            raise CommandError(str(problem)) from None

    def serve(self, lock: Lock, host: str, port: int) -> None:
        """Run the portal until it is told to stop."""
        folder = lock.path.parent.resolve()
        if end_marked(str(folder)):
            self.say("Ended what an earlier run had left behind.")
        data.prepare(with_demo=env.bool("DEMO", True), say=self.say)
        connections.close_all()
        address = f"http://{host}:{port}"
        variables = {MARK: str(folder), "SITE_URL": env.str("SITE_URL", address)}
        supervisor = Supervisor(str(folder), self.say)
        supervisor.listen_to_signals()
        try:
            self.start(supervisor, host, port, folder, variables)
            if not supervisor.stopping.is_set():
                lock.write(Running(getpid(), address))
                self.greet(address)
            supervisor.watch()
        finally:
            supervisor.end()
            self.say("The portal has stopped.")

    def start(self, supervisor: Supervisor, host: str, port: int, folder: Path, variables: Mapping[str, str]) -> None:
        """Start the web server and, once it serves, what works behind it."""
        web = roles.web(host, port, variables)
        supervisor.start([web])
        supervisor.wait_until_ready(web, host, port)
        if not supervisor.stopping.is_set():
            supervisor.start(roles.background(folder / "schedule", variables))

    def greet(self, address: str) -> None:
        """Print where the portal is, who may sign in, and how to stop it."""
        self.say(f"\nThe portal is at {address}")
        accounts = demo.accounts()
        width = max((len(account.email) for account in accounts), default=0)
        if accounts:
            self.say("\nDemonstration accounts (address, password, purpose):")
        for account in accounts:
            self.say(f"  {account.email:{width}}  {account.password}  {account.purpose}")
        self.say("\nStop it with Ctrl-C here, or with `make stop`.")

    def say(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()
