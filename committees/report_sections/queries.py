"""The queries in `sql/`, put together. Parameters are those of `Basis.parameters` and what each file names."""

from functools import partial
from typing import Final

from committees.models import Committee
from temp_portal.reports.queries import sql
from temp_portal.reports.states import state_at

_load: Final = partial(sql, "committees.report_sections")

PERIODS: Final = _load("periods")
OWNERSHIPS: Final = _load("ownerships")
_RECLASSIFIED: Final = _load("reclassified", periods=PERIODS, ownerships=OWNERSHIPS)
_APPLICATION_EVENTS: Final = _load("application_events", ownerships=OWNERSHIPS)

SEATS: Final = _load("seats", periods=PERIODS)
OWNED: Final = _load("owned", periods=PERIODS, ownerships=OWNERSHIPS)
RECLASSIFICATIONS: Final = _load("reclassifications", reclassified=_RECLASSIFIED)
ORGANISATIONS: Final = _load("organisations", periods=PERIODS)
APPLICATIONS: Final = _load("applications", events=_APPLICATION_EVENTS)
STATES_OF_COMMITTEES: Final = _load("states_of_committees", states=state_at(Committee))
COMMITTEES: Final = _load("committees_by_state", states=state_at(Committee))

APPLICATION_PAGE: Final = _load("page_of_applications", events=_APPLICATION_EVENTS)


def _seats_behind(day: str, condition: str) -> str:
    behind = _load("behind_seats", periods=PERIODS, ownerships=OWNERSHIPS, day=day, condition=condition)
    return _load("page_of_seats", behind=behind)


def _reclassified_behind(side: str) -> str:
    return _load("page_of_seats", behind=_load("behind_reclassified", reclassified=_RECLASSIFIED, side=side))


#: What stands behind a column of T3: the day whose class counts, and the condition on the period.
SEAT_PAGES: Final = {
    "opening": _seats_behind("(%(start)s::date - 1)", "p.valid @> (%(start)s::date - 1)"),
    "closing": _seats_behind("(%(end)s::date - 1)", "p.valid @> (%(end)s::date - 1)"),
    "admitted": _seats_behind("p.begins", "p.entry = 'admitted' AND p.begins >= %(start)s AND p.begins < %(end)s"),
    "left": _seats_behind(
        "(p.ends - 1)", "p.exit IN ('resigned', 'lapsed') AND p.ends >= %(start)s AND p.ends < %(end)s"
    ),
    "expelled": _seats_behind("(p.ends - 1)", "p.exit = 'expelled' AND p.ends >= %(start)s AND p.ends < %(end)s"),
    "recl_in": _reclassified_behind("target"),
    "recl_out": _reclassified_behind("source"),
}
