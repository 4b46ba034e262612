"""P1–P3: the list of all seats against the Django admin and a page written by hand."""

from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from committees.models import SeatPeriod
from members.models import Organisation
from temp_portal.core.lists.keyset import Position
from temp_portal.core.search import SearchQuery
from tests.benchmarks.bars import Bar, Results
from tests.benchmarks.bench import Bench
from tests.benchmarks.timing import Call

SIZE = 100
DEEP = 1_000
PORTAL = "/seats/"
ADMIN = "/bench/admin/committees/seat/"

FIRST_PAGE = "list, first page of 100"
FILTERED = "list filtered by ownership and country"

_ROWS = """
    SELECT p.id, o.legal_name, o.country, c.slug, p.functional_role, p.chain_role, lower(s.valid), p.suspended
      FROM committees_seatperiod p
      JOIN committees_seat s ON s.id = p.seat_id
      JOIN members_organisation o ON o.id = s.organisation_id
      JOIN committees_committee c ON c.id = s.committee_id
     WHERE p.superseded_at IS NULL AND p.valid @> current_date
"""
_ORDER = " ORDER BY p.id DESC LIMIT 100"
_OWNED = """
   AND o.country = 'KZ' AND EXISTS (
       SELECT FROM members_ownership w WHERE w.organisation_id = o.id AND w.superseded_at IS NULL
          AND w.verified_at IS NOT NULL AND w.valid @> current_date AND w.type IN ('hmt', 'foreign', 'overseas'))
"""
#: Two ways to the same rows: from the newest on until a page is full, which suits what many share, …
_WALKED = """
   AND s.organisation_id IN (SELECT id FROM members_organisation WHERE search_key LIKE %s)
"""
#: … and from the hits, as a set of their own, which suits what few share.
_FOUND = """
   AND s.id = ANY(ARRAY(
       WITH hit AS MATERIALIZED (SELECT id FROM members_organisation WHERE search_key LIKE %s)
       SELECT committees_seat.id FROM committees_seat JOIN hit ON hit.id = organisation_id))
"""


def by_hand(condition: str = "", *params: object) -> str:
    """A page of rows by plain SQL and joined strings, without a frame around it."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + condition + _ORDER, params or None)
        rows = cursor.fetchall()
    cells = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def first_page(bench: Bench) -> Iterator[Bar]:
    """P1: the first page, and a filtered one."""
    address = f"{PORTAL}?size={SIZE}"
    yield from _compared(bench, FIRST_PAGE, address, f"{ADMIN}?", by_hand)
    chosen = f"{PORTAL}?{urlencode({'size': SIZE, 'ownership': 'foreign', 'country': 'KZ'})}"
    admin = urlencode({"organisation__ownerships__type__exact": "overseas", "organisation__country__exact": "KZ"})
    yield from _compared(bench, FILTERED, chosen, f"{ADMIN}?{admin}", lambda: by_hand(_OWNED))


def _compared(bench: Bench, what: str, portal: str, admin: str, floor: Call) -> Iterator[Bar]:
    taken = bench.medians(
        {"portal": lambda: bench.staff.get(portal), "admin": lambda: bench.admin.get(admin), "floor": floor}
    )
    yield Bar("P1", what, bench.seats, taken["portal"], "s", "of the Django admin", taken["admin"], 1 / 12)
    yield Bar("P1", f"{what}, by hand", bench.seats, taken["portal"], "s", "rows by hand", taken["floor"])


def growth(results: Results) -> Iterator[Bar]:
    """P1: the largest scale against the smallest."""
    small, large = min(results.scales), max(results.scales)
    if small == large:
        return
    for what in (FIRST_PAGE, FILTERED):
        here, there = results.find("P1", what, large), results.find("P1", what, small)
        if here and there:
            against = f"its own at {small:,} seats"
            yield Bar("P1", f"{what}, growth", large, here.value, "s", against, there.value, 1.3)


def deep_page(bench: Bench) -> Iterator[Bar]:
    """P2: page 1,000, as a reader who turned so many pages asks for it."""
    sitting = SeatPeriod.objects.current().on(timezone.localdate()).order_by("-pk")
    page = min(DEEP, sitting.count() // SIZE)
    before = (page - 1) * SIZE
    last = sitting.values_list("pk", flat=True)[before - 1]
    token = Position("", before, (last,)).dumps()
    first = f"{PORTAL}?size={SIZE}"
    taken = bench.medians(
        {
            "deep": lambda: bench.staff.get(f"{first}&after={token}"),
            "first": lambda: bench.staff.get(first),
            "admin": lambda: bench.admin.get(f"{ADMIN}?p={page}"),
        }
    )
    what = f"list, page {page:,}"
    yield Bar("P2", what, bench.seats, taken["deep"], "s", "of the Django admin", taken["admin"], 1 / 15)
    yield Bar("P2", f"{what}, depth", bench.seats, taken["deep"], "s", "its own first page", taken["first"], 2)


def search(bench: Bench) -> Iterator[Bar]:
    """P3: rare and common fragments of names, in each script."""
    for what, typed, limit in _fragments():
        yield from _searched(bench, what, typed, limit)


def _searched(bench: Bench, what: str, typed: str, limit: float) -> Iterator[Bar]:
    fragment = f"%{SearchQuery(typed).terms[0].fragment}%"
    portal, admin = urlencode({"size": SIZE, "q": typed}), urlencode({"q": typed})
    taken = bench.medians(
        {
            "portal": lambda: bench.staff.get(f"{PORTAL}?{portal}"),
            "admin": lambda: bench.admin.get(f"{ADMIN}?{admin}"),
            "from the newest": lambda: by_hand(_WALKED, fragment),
            "from the hits": lambda: by_hand(_FOUND, fragment),
        }
    )
    floor = min(taken["from the newest"], taken["from the hits"])
    yield Bar("P3", what, bench.seats, taken["portal"], "s", "of the Django admin", taken["admin"], limit)
    yield Bar("P3", f"{what}, by hand", bench.seats, taken["portal"], "s", "rows by hand", floor)


def _fragments() -> Iterator[tuple[str, str, float]]:
    """What is typed, taken from the names of a member from China: a root that few share, a trade that many share."""
    member = (
        Organisation.objects.filter(country="CN", seats__valid__contains=timezone.localdate()).order_by("pk").first()
    )
    assert member is not None, "no member from China sits anywhere"
    latin, trade = member.name_en.split()[:2]
    cyrillic = member.name_ru.partition("«")[2].partition("»")[0]
    yield "search, rare, two Chinese characters", member.legal_name[:2], 1 / 25
    yield "search, rare, pinyin", latin, 1 / 25
    yield "search, rare, Cyrillic", cyrillic, 1 / 25
    yield "search, common, two Chinese characters", member.legal_name[2:4], 1 / 10
    yield "search, common, Latin", trade, 1 / 10
