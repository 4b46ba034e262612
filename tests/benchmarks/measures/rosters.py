"""A committee's roster page: what the number of its seats costs."""

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse

from committees.enums import CommitteeState, FunctionalRole, SeatEntry, Sector
from committees.models import Committee
from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench

LARGE, SMALL = 5_000, 50

_SEATS = """
    WITH seat AS (
        INSERT INTO committees_seat (committee_id, organisation_id, valid, functional_role, chain_role, voting,
                                     suspended, ended_as, representative_id, created_at)
        SELECT %(committee)s, o.id, daterange(current_date - 30, NULL), %(role)s, '', true, false, '', r.person_id,
               now()
          FROM members_organisation o
          LEFT JOIN LATERAL (
              SELECT person_id FROM members_representative WHERE organisation_id = o.id ORDER BY id LIMIT 1
          ) r ON true
         WHERE o.id %% 3 = 0
         ORDER BY o.id LIMIT %(count)s
        RETURNING id, organisation_id, valid, functional_role, representative_id
    )
    INSERT INTO committees_seatperiod (seat_id, valid, functional_role, chain_role, voting, suspended, exit, entry,
                                       representative_id, document, reason, superseded_reason, country)
    SELECT seat.id, valid, functional_role, '', true, false, '', %(entry)s, representative_id, '', '', '', country
      FROM seat JOIN members_organisation o ON o.id = organisation_id
"""


def rosters(bench: Bench) -> Iterator[Bar]:
    """Two committees that differ in size alone."""
    large, small = _address(LARGE), _address(SMALL)
    taken = bench.medians({"large": lambda: bench.staff.get(large), "small": lambda: bench.staff.get(small)})
    yield Bar(
        "P1", f"roster of {LARGE:,} seats", bench.seats, taken["large"], "s", f"one of {SMALL}", taken["small"], 1.5
    )


def _address(count: int) -> str:
    """The roster page of a committee with so many seats, or as many as there are organisations; made where missing."""
    committee, is_new = Committee.objects.get_or_create(
        slug=f"bench-{count}",
        defaults={"name_en": f"Committee of {count}", "sector": Sector.values[0], "state": CommitteeState.ACTIVE},
    )
    if is_new:
        values = {"committee": committee.pk, "count": count, "role": FunctionalRole.NONE, "entry": SeatEntry.ADMITTED}
        with connection.cursor() as cursor:
            cursor.execute(_SEATS, values)
            cursor.execute("ANALYZE committees_seat; ANALYZE committees_seatperiod")
    return reverse("committees:roster", args=[committee.slug])
