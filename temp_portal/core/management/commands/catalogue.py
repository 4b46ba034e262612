"""`manage.py catalogue`: file new strings in the catalogues; `--check` tells what is missing."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from temp_portal.core import extraction


class Command(BaseCommand):
    help = "Updates the translation catalogues from the sources, or checks them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when anything is missing")

    def handle(self, *_args: Any, **options: Any) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        if not options["check"]:
            for language in languages:
                extraction.update_catalogue(language)
        found = [f"{code}: {problem}" for code in languages for problem in extraction.problems(code)]
        for problem in found:
            self.stdout.write(problem)
        if found and options["check"]:
            raise CommandError(f"{len(found)} entries of the catalogues need attention.")
