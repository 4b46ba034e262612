"""`manage.py demo`: fill an empty portal with believable, invented data."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from temp_portal.core import demo


class Command(BaseCommand):
    help = "Loads the demonstration data and prints the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are users already")

    def handle(self, *_args: Any, **options: Any) -> None:
        if get_user_model().objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are users already: demonstration data goes into an empty portal only.")
        with transaction.atomic():
            demo.load()
        for account in demo.accounts():
            self.stdout.write(f"{account.email:28} {account.password}  {account.purpose}")
