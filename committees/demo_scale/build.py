from typing import Final

from committees.demo_scale.accounts import ENTERPRISE, SECRETARY, STAFF, create_users, grant_roles
from committees.demo_scale.applications import ApplicationWriter
from committees.demo_scale.foundings import FoundingWriter
from committees.demo_scale.seats import SeatWriter
from committees.models import (
    Application,
    Appointment,
    Committee,
    CompositionRule,
    Filing,
    Position,
    Seat,
    SeatPeriod,
    Term,
)
from temp_portal.audit.models import Transition
from temp_portal.core.scale import Scale

TABLES: Final = (
    Committee,
    Filing,
    Term,
    Position,
    CompositionRule,
    Seat,
    SeatPeriod,
    Appointment,
    Application,
    Transition,
)

_A_LINE: Final = 500


def load(scale: Scale) -> None:
    """Write accounts, committees, rosters and applications; leaves `users` and `first_committee` in what was made."""
    users = create_users()
    staff, secretary, enterprise = (str(users[account.email].pk) for account in (STAFF, SECRETARY, ENTERPRISE))
    foundings = FoundingWriter(scale, staff)
    applications = ApplicationWriter(scale, secretary, enterprise)
    seats = SeatWriter(scale, staff, applications)
    for number in range(scale.committees):
        seats.fill(foundings.found(number))
        if (number + 1) % _A_LINE == 0 or number + 1 == scale.committees:
            scale.progress(f"Committees with their seats: {number + 1:,} of {scale.committees:,}")
    for table in (*foundings.tables, *applications.tables, *seats.tables):
        table.flush()
    grant_roles(scale, users, foundings.first)
    scale.made |= {"users": users, "first_committee": foundings.first}
