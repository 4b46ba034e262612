"""PostgreSQL: version, character handling, extensions, tables, replica."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from temp_portal.core.doctor.findings import Finding, Level, graded, ok
from temp_portal.core.supervisor.preparation import pending_migrations

REQUIRED_MAJOR: Final = 16
TESTED_MAJOR: Final = 18
REQUIRED_EXTENSIONS: Final = ("btree_gist", "pg_trgm")
CLOCK_SECONDS: Final = 5.0


def examine() -> Iterator[Finding]:
    """Yield findings about the database; raises ``DatabaseError`` where it cannot be asked."""
    yield version()
    yield encoding()
    yield trigrams()
    yield letter_case()
    yield from extensions()
    yield time_zone()
    yield clock()
    yield migrations()
    yield from replica()


def version() -> Finding:
    """PostgreSQL's version."""
    major = connection.cursor().connection.server_version // 10_000
    text = str(_ask("SHOW server_version"))
    if major < REQUIRED_MAJOR:
        return Finding(Level.FAIL, "PostgreSQL", text, f"Upgrade it: {TESTED_MAJOR} is what the portal is tested with.")
    advice = f"The portal is tested with {TESTED_MAJOR}."
    return graded("PostgreSQL", text, good=major >= TESTED_MAJOR, advice=advice, otherwise=Level.WARN)


def encoding() -> Finding:
    """The encoding of the database."""
    name = str(_ask("SHOW server_encoding"))
    advice = "Create the database with ENCODING 'UTF8' and restore a backup into it."
    return graded("Encoding", name, good=name == "UTF8", advice=advice)


def trigrams() -> Finding:
    """Whether the search index sees Chinese: where LC_CTYPE is C, pg_trgm drops every letter beyond ASCII."""
    ctype = _ask("SELECT datctype FROM pg_database WHERE datname = current_database()")
    if not _ask("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"):
        return Finding(Level.FAIL, "Chinese in the search", "pg_trgm is not installed", "Run: manage.py migrate")
    found = _ask("SELECT array_length(show_trgm('特变'), 1)")
    seen = f"{found or 0} trigrams of 特变 with the character type {ctype}"
    advice = "Create the database anew with LC_CTYPE 'C.UTF-8' (see docs/operations.md) and restore a backup into it."
    return graded("Chinese in the search", seen, good=bool(found), advice=advice)


def letter_case() -> Finding:
    """Whether upper and lower case are one in Cyrillic."""
    found = bool(_ask("SELECT 'ЖЕЛЕЗО' ILIKE 'железо'"))
    advice = "Create the database anew with the builtin locale C.UTF-8 (see docs/operations.md)."
    return graded("Letter case in Cyrillic", "recognised" if found else "not recognised", good=found, advice=advice)


def extensions() -> Iterator[Finding]:
    """The extensions that tables, and those that operators, need."""
    installed = {name for (name,) in _rows("SELECT extname FROM pg_extension")}
    missing = [name for name in REQUIRED_EXTENSIONS if name not in installed]
    advice = "Run: manage.py migrate. Where the role may not: CREATE EXTENSION as the database's owner."
    seen = f"missing: {', '.join(missing)}" if missing else ", ".join(REQUIRED_EXTENSIONS)
    yield graded("Extensions", seen, good=not missing, advice=advice)
    loaded = "pg_stat_statements" in str(_ask("SHOW shared_preload_libraries"))
    advice = "Add pg_stat_statements to shared_preload_libraries to see which queries are slow."
    seen = "pg_stat_statements is loaded" if loaded else "pg_stat_statements is not loaded"
    yield graded("Query statistics", seen, good=loaded, advice=advice, otherwise=Level.WARN)


def time_zone() -> Finding:
    """Whether PostgreSQL knows the portal's time zone: quarters begin and end in it."""
    known = _ask("SELECT count(*) FROM pg_timezone_names WHERE name = %s", settings.TIME_ZONE)
    seen = f"{settings.TIME_ZONE}, now {timezone.localtime():%Y-%m-%d %H:%M %z}"
    advice = "Set TIME_ZONE to a name of the IANA time zone database, such as Asia/Shanghai."
    return graded("Time zone", seen, good=bool(known), advice=advice)


def clock() -> Finding:
    """Whether this machine and the database agree on the time."""
    moment = _ask("SELECT clock_timestamp()")
    apart = abs((timezone.now() - moment).total_seconds())
    seen = f"{apart:.1f} s from the database's"
    advice = "Keep all machines on network time: deadlines and leases compare their clocks."
    return graded("Clock", seen, good=apart <= CLOCK_SECONDS, advice=advice)


def migrations() -> Finding:
    """Whether the tables are those of this version."""
    pending = pending_migrations()
    seen = f"{len(pending)} pending, first {pending[0]}" if pending else "all applied"
    return graded("Migrations", seen, good=not pending, advice="Run: manage.py migrate")


def replica() -> Iterator[Finding]:
    """The replica for reports and public reads, where DATABASE_REPLICA_URL names one."""
    if "replica" not in connections:
        yield ok("Replica", "none named: reports read from the main database")
        return
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        in_recovery = bool(cursor.fetchone()[0])
    seen = "follows the main database" if in_recovery else "takes writes of its own"
    advice = "DATABASE_REPLICA_URL must name a streaming replica of the main database."
    yield graded("Replica", seen, good=in_recovery, advice=advice, otherwise=Level.WARN)


def _rows(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchall()


def _ask(query: str, *parameters: Any) -> Any:
    return _rows(query, *parameters)[0][0]
