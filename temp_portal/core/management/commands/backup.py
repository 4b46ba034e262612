from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from temp_portal.core.backup.programs import ProgramFailed
from temp_portal.core.backup.workflow import backup


class Command(BaseCommand):
    help = "Save the database and the private files into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write, for example portal.tar")

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            outcome = backup(file.absolute())
        except (ProgramFailed, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from None
        size = filesizeformat(outcome.size)
        self.stdout.write(f"Saved the database and {outcome.files} files ({size}) to {file}.")
