from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from temp_portal.core.supervisor.preparation import prepare
from temp_portal.settings.env import env


class Command(BaseCommand):
    help = "Bring the database up to date; fill an empty one with demonstration data, unless DEMO=0."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--record", type=Path, help="file for the outcome")

    def handle(self, *, record: Path | None, **_options: Any) -> None:
        prepared = prepare(with_demo=env.bool("DEMO", True), say=self.stdout.write)
        if record:
            prepared.write(record)
