"""What every measure needs: the scale, how often, how long, and who reads."""

from dataclasses import dataclass, field
from functools import cached_property

from committees.demo_scale import STAFF
from temp_portal.accounts.models import User
from tests.benchmarks.reader import Reader, administrator
from tests.benchmarks.timing import Call, medians

#: Rows of an export or import, recipients of a notice, as the design measures them.
ROWS = 100_000
FEW = 50


@dataclass
class Bench:
    """The measuring of one database.

    is_smallest: of the scales of this sitting; the slowest peers are asked there only.
    quick: shows that everything runs; its figures mean little.
    kept: figures that a later measure compares with.
    """

    database: str
    seats: int
    is_smallest: bool = True
    quick: bool = False
    kept: dict[str, float] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return min(ROWS, self.seats)

    @property
    def rounds(self) -> int:
        return 1 if self.quick else 15

    @property
    def patience(self) -> float:
        """Seconds for all rounds of one comparison."""
        return 0 if self.quick else 20

    def upto(self, count: int) -> int:
        """So many of what is slow by the piece; few when it need only be shown to run."""
        return min(count, FEW if self.quick else self.rows)

    def medians(self, calls: dict[str, Call], rounds: int | None = None) -> dict[str, float]:
        """Median seconds of each call."""
        return medians(calls, rounds=min(rounds or self.rounds, self.rounds), patience=self.patience)

    @cached_property
    def staff(self) -> Reader:
        """A member of the Secretariat."""
        return Reader(User.objects.get(email=STAFF.email))

    @cached_property
    def admin(self) -> Reader:
        """The administrator who opens the peers' pages."""
        return Reader(administrator())
