"""`manage.py demo`: fill the portal with believable, invented data; with `--seats`, as much as is needed to measure."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from temp_portal.core import demo, scale


class Command(BaseCommand):
    help = "Loads the demonstration data and prints the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are users already")
        parser.add_argument(
            "--seats",
            type=_count,
            metavar="N",
            help="load N seats with their committees and organisations instead: 1000000 takes some minutes",
        )
        parser.add_argument(
            "--add", action="store_true", help="with --seats: also into a portal that holds something already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["if_empty"] and get_user_model().objects.exists():
            return
        if options["seats"]:
            self._load_scale(options["seats"], add=options["add"])
            self._print(scale.scale_accounts())
            return
        if get_user_model().objects.exists():
            raise CommandError("There are users already: demonstration data goes into an empty portal only.")
        demo.load()
        self._print(demo.accounts())

    def _load_scale(self, seats: int, *, add: bool) -> None:
        addresses = [account.email for account in scale.scale_accounts()]
        if get_user_model().objects.filter(email__in=addresses).exists():
            raise CommandError("Seats were loaded before: this is done once only.")
        if not add and _holds_something():
            raise CommandError("The portal is not empty. Add --add to load the seats beside what is there.")
        scale.load_scale(seats, self.stdout.write)

    def _print(self, accounts: list[demo.Account]) -> None:
        for account in accounts:
            self.stdout.write(f"{account.email:28} {account.password}  {account.purpose}")


def _holds_something() -> bool:
    return any(model._default_manager.exists() for model in (get_user_model(), *scale.scale_tables()))


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a number of seats: give a whole number from 1 on.")
    return int(text)
