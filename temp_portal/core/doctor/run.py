"""All examinations, one after the other: what cannot be asked is a finding as well."""

from collections.abc import Callable, Iterator
from smtplib import SMTPException
from typing import Final

from django.db import DatabaseError
from kombu.exceptions import KombuError
from redis import RedisError

from temp_portal.core.doctor import database, installation, services
from temp_portal.core.doctor.findings import Finding, Level

# Subject, examination, and what to do when it cannot be made at all.
EXAMINATIONS: Final[list[tuple[str, Callable[[], Iterator[Finding]], str]]] = [
    ("Installation", installation.examine, "Run: make setup"),
    (
        "PostgreSQL",
        database.examine,
        "Check that the server runs and that DATABASE_URL (and DATABASE_REPLICA_URL) name it.",
    ),
    ("Broker", services.broker, "Check that the server runs and that REDIS_URL names it."),
    ("Cache", services.cached, "Check that the server runs and that REDIS_URL names it."),
    ("Workers", services.workers, "Check that the broker runs and that REDIS_URL names it."),
    ("Mail", services.mail, "Check EMAIL_URL: host, port, encryption, account and password."),
    ("Files", services.storage, "Check STORAGE_URL, and that the portal's account may write there."),
]


def examine() -> Iterator[Finding]:
    """Yield all findings, each as soon as it is there."""
    for subject, examination, advice in EXAMINATIONS:
        try:
            yield from examination()
        except (DatabaseError, RedisError, KombuError, SMTPException, OSError) as problem:
            yield Finding(Level.FAIL, subject, " ".join(str(problem).split()) or type(problem).__name__, advice)
