"""Demonstration data by the hundred thousand, for measuring: written by COPY, without the models' own `save`.

Each app may have a `demo_scale` module with `TABLES`, the models it writes, `load(scale)` and, where it makes accounts,
`ACCOUNTS`. They are called from the lowest layer up, all in one transaction; what one made the next finds in `made`.
The same number of seats on the same day gives the same rows.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from importlib import import_module
from random import Random
from types import ModuleType
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from temp_portal.core.bulk import rebuilt_afterwards, refresh_statistics
from temp_portal.core.demo import SEED, YEARS, Account

SEATS_PER_COMMITTEE: Final = 200
SEATS_PER_ORGANISATION: Final = 5
SEATS_PER_PROJECT: Final = 100
#: A committee's members and applicants are different organisations, even in the smallest world.
FEWEST_ORGANISATIONS: Final = 2 * SEATS_PER_COMMITTEE
_INDEXES_A_LINE: Final = 40
#: Committees were founded up to this long before the history begins.
EARLIER_DAYS: Final = 700

Progress = Callable[[str], object]


@dataclass
class Scale:
    """What the modules share: how much there is to be, one source of chance, the calendar, and what was made so far.

    Days are numbers from 0, the first day of the calendar, to `last`, yesterday: so everything lies in the past.
    """

    seats: int
    progress: Progress = print
    chance: Random = field(default_factory=lambda: Random(SEED))
    today: date = field(default_factory=timezone.localdate)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def committees(self) -> int:
        return math.ceil(self.seats / SEATS_PER_COMMITTEE)

    @property
    def organisations(self) -> int:
        return max(self.seats // SEATS_PER_ORGANISATION, FEWEST_ORGANISATIONS)

    @property
    def projects(self) -> int:
        return math.ceil(self.seats / SEATS_PER_PROJECT)

    @cached_property
    def first_day(self) -> date:
        return self.today.replace(year=self.today.year - YEARS, day=1) - timedelta(days=EARLIER_DAYS)

    @cached_property
    def start(self) -> int:
        """The day on which the history of three years begins."""
        return EARLIER_DAYS

    @cached_property
    def last(self) -> int:
        return (self.today - self.first_day).days - 1

    @cached_property
    def days(self) -> list[str]:
        """Every day of the calendar as text, `last` included."""
        return [(self.first_day + timedelta(days=number)).isoformat() for number in range(self.last + 1)]

    def between(self, first: int, last: int) -> int:
        """A day from `first` to `last`, both included."""
        return first + int(self.chance.random() * (last - first + 1))

    def moment(self, day: int) -> str:
        """A moment of the day, in UTC; texts of moments sort like the moments."""
        minute = int(self.chance.random() * 480)
        return f"{self.days[min(day, self.last)]} {1 + minute // 60:02d}:{minute % 60:02d}:00+00"

    def since(self, day: int) -> str:
        """The range of days from `day` on."""
        return f"[{self.days[day]},)"

    def from_until(self, first: int, end: int) -> str:
        """The range of days from `first` to the day before `end`."""
        return f"[{self.days[first]},{self.days[end]})"


def load_scale(seats: int, progress: Progress = print) -> Scale:
    """Load a world of so many seats beside whatever the database holds; returns what was made."""
    scale = Scale(seats, progress)
    tables = scale_tables()
    began = time.monotonic()

    def rebuilt(done: int, total: int) -> None:
        if done % _INDEXES_A_LINE == 0 or done == total:
            progress(f"Indexes and constraints: {done} of {total} after {time.monotonic() - began:.0f} s")

    with rebuilt_afterwards(tables, rebuilt):
        for module in scale_modules():
            module.load(scale)
    refresh_statistics(tables)
    progress(f"Loaded in {time.monotonic() - began:.0f} s")
    return scale


def scale_modules() -> list[ModuleType]:
    """The `demo_scale` modules, from the lowest layer up."""
    return [
        import_module(f"{config.name}.demo_scale")
        for config in apps.get_app_configs()
        if module_has_submodule(config.module, "demo_scale")
    ]


def scale_tables() -> list[type[models.Model]]:
    """The models that are written."""
    return list(dict.fromkeys(table for module in scale_modules() for table in module.TABLES))


def scale_accounts() -> list[Account]:
    """The accounts that are made."""
    return [account for module in scale_modules() for account in getattr(module, "ACCOUNTS", [])]
