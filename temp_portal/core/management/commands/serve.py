from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from temp_portal.core.supervisor.serve import CannotServe, add_arguments, serve


class Command(BaseCommand):
    help = "Serve the portal on this machine: web server, workers and scheduler under one process."
    # A start takes seconds; `make check` and `doctor` do the checking.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *, host: str, port: int | None, **_options: Any) -> None:
        try:
            serve(settings.VAR_DIR / "run", host, port, self.say)
        except CannotServe as problem:
            raise CommandError(str(problem)) from None

    def say(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()
