"""Demonstration data: invented, the same at every load, in three languages.

Each app may have a `demo_data` module with `load(world)` and, where it makes accounts, `ACCOUNTS`. They are called from
the lowest layer up; what one made the next finds in `world`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

PASSWORD = "demonstration"
SEED = 20190813
YEARS = 3


@dataclass(frozen=True)
class Account:
    """An account to sign in with. `purpose` says in a few words what it shows."""

    email: str
    name: str
    purpose: str
    password: str = PASSWORD


@dataclass
class World:
    """What the modules share: one source of chance, today's date, and what was made so far, by name."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    today: date = field(default_factory=timezone.localdate)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> date:
        """First day of the history."""
        return self.today.replace(year=self.today.year - YEARS, day=1)

    def day_between(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.chance.randrange((last - first).days + 1))

    def moment(self, day: date) -> datetime:
        """A moment of a working day, in the portal's time zone, never later than now."""
        clock = time(self.chance.randrange(9, 18), self.chance.randrange(60))
        return min(timezone.make_aware(datetime.combine(day, clock)), timezone.now())


def load() -> World:
    """Load every app's demonstration data into the database, all or none; returns what was made."""
    world = World()
    with transaction.atomic():
        for module in _modules():
            if hasattr(module, "load"):
                module.load(world)
    return world


def accounts() -> list[Account]:
    """The demonstration accounts of all apps."""
    return [account for module in _modules() for account in getattr(module, "ACCOUNTS", [])]


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "demo_data"):
            yield import_module(f"{config.name}.demo_data")
