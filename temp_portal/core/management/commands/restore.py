from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from temp_portal.core.backup.archive import BadArchive
from temp_portal.core.backup.programs import ProgramFailed
from temp_portal.core.backup.workflow import NotEmpty, restore
from temp_portal.core.supervisor.preparation import pending_migrations


class Command(BaseCommand):
    help = "Put back the database and the private files from an archive made by `backup`."
    # The tables may not be there yet.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to read")
        parser.add_argument("--force", action="store_true", help="replace the data that is there")

    def handle(self, *, file: Path, force: bool, **_options: Any) -> None:
        try:
            outcome = restore(file.absolute(), force=force)
        except NotEmpty:
            raise CommandError("The portal holds data. --force replaces it; make a backup of it first.") from None
        except BadArchive as problem:
            raise CommandError(f"Nothing was changed. {problem}") from None
        except ProgramFailed as problem:
            raise CommandError(f"The database is as it was. Stop the portal and try again. {problem}") from None
        self.stdout.write(f"Put back the database and {outcome.files} files as of {outcome.made_at}.")
        if pending_migrations():
            self.stdout.write("The archive is of an older version. Now run: manage.py migrate")
