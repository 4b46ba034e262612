"""P4 and P5: files of the list of all seats, over HTTP from the real web server."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

import orjson
from django.db import connection

from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.processes import MemoryWatch, environment, python, web_server

COLUMNS = (
    "organisation", "name_en", "name_zh_hans", "name_ru", "committee", "committee_address", "sector", "country",
    "region", "city", "registered_on", "ownership", "role", "chain", "representative", "since", "until", "standing",
    "voting", "document",
)  # fmt: skip

#: The same joined list with the same twenty columns, as somebody would hand it to psql.
FLOOR = """
COPY (
    SELECT o.legal_name, o.name_en, o.name_zh_hans, o.name_ru, c.name_en, c.slug, c.sector, o.country, o.region, o.city,
           o.registered_on, w.type, p.functional_role, p.chain_role, r.name, lower(s.valid), upper(s.valid),
           CASE WHEN p.suspended THEN 'suspended' ELSE 'sitting' END, p.voting, p.document
      FROM committees_seatperiod p
      JOIN committees_seat s ON s.id = p.seat_id
      JOIN members_organisation o ON o.id = s.organisation_id
      JOIN committees_committee c ON c.id = s.committee_id
      LEFT JOIN members_person r ON r.id = p.representative_id
      LEFT JOIN members_ownership w ON w.organisation_id = o.id AND w.superseded_at IS NULL
           AND w.verified_at IS NOT NULL AND w.valid @> current_date
     WHERE p.superseded_at IS NULL AND p.valid @> current_date
     ORDER BY p.id DESC
) TO STDOUT (FORMAT csv)
"""

_BLOCK = 1 << 16


class _Nowhere:
    """Takes what COPY writes, and counts the rows."""

    def __init__(self) -> None:
        self.rows = 0

    def write(self, _row: bytes) -> None:
        self.rows += 1


@dataclass
class Download:
    """seconds: until the last byte; first: until the first byte of the file; rise: megabytes over idle."""

    seconds: float
    first: float
    size: int
    rise: float


def copy_floor() -> int:
    """Run the floor; returns the number of rows."""
    sink = _Nowhere()
    with connection.cursor() as cursor:
        cursor.copy_expert(FLOOR, sink)
    return sink.rows


def files(bench: Bench) -> Iterator[Bar]:
    """Both formats, with the floor between them."""
    with TemporaryDirectory() as folder, web_server(bench.database, Path(folder) / "web.log") as (address, pid):
        rows = copy_floor()
        floor = bench.medians({"floor": copy_floor}, rounds=3)["floor"]
        yield from _format(bench, address, pid, "csv", rows, floor)
        yield from _format(bench, address, pid, "xlsx", rows, floor)
    if bench.is_smallest:
        yield from peers(bench, rows)


def _format(bench: Bench, address: str, pid: int, fmt: str, rows: int, floor: float) -> Iterator[Bar]:
    key, limit, memory = ("P4", 1.3, 16) if fmt == "csv" else ("P5", 4, 64)
    path = f"/seats.{fmt}?{urlencode({'cols': ','.join(COLUMNS)}, safe=',')}"
    _download(address, f"{path}&country=KG", pid, bench.staff.cookie)
    taken = [_download(address, path, pid, bench.staff.cookie) for _ in range(1 if bench.quick else 3)]
    middle = sorted(taken, key=lambda one: one.seconds)[len(taken) // 2]
    what = f"{fmt.upper()} of {rows:,} × {len(COLUMNS)} over HTTP"
    bench.kept[fmt] = middle.seconds
    yield Bar(key, what, bench.seats, middle.seconds, "s", "COPY of the same list", floor, limit)
    if fmt == "csv":
        yield Bar(key, f"{what}, first byte", bench.seats, max(one.first for one in taken), "s", limit=0.5)
    yield Bar(key, f"{what}, memory over idle", bench.seats, max(one.rise for one in taken), "MB", limit=memory)


def _download(address: str, path: str, pid: int, cookie: str) -> Download:
    """Fetch a file. Raises RuntimeError when the portal refuses."""
    link = HTTPConnection(urlsplit(address).netloc, timeout=600)
    with MemoryWatch(pid) as memory:
        began = time.perf_counter()
        link.request("GET", path, headers={"Cookie": cookie})
        response = link.getresponse()
        size = len(response.read(1))
        first = time.perf_counter() - began
        while block := response.read(_BLOCK):
            size += len(block)
        seconds = time.perf_counter() - began
    link.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answers {response.status}")
    return Download(seconds, first, size, memory.rise)


def peers(bench: Bench, rows: int) -> Iterator[Bar]:
    """The same rows by django-import-export, once: it takes minutes and much memory."""
    count = min(rows, bench.rows)
    command = python("-m", "tests.benchmarks.peers", str(count), "csv", "xlsx")
    done = subprocess.run(command, env=environment(bench.database), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-500:])
    for fmt, peer in orjson.loads(done.stdout).items():
        key, limit = ("P4", None) if fmt == "csv" else ("P5", 1 / 15)
        what, ours = f"{fmt.upper()} of {count:,}", bench.kept[fmt] * count / rows
        yield Bar(key, f"{what}, peer", bench.seats, ours, "s", "of import-export", peer["seconds"], limit)
        yield Bar(key, f"{what}, memory of import-export", bench.seats, peer["rise"], "MB")
