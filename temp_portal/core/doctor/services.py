"""Broker, cache, workers, mail and files."""

from collections.abc import Iterator
from typing import Final

import redis
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.utils.crypto import get_random_string

from temp_portal.core.doctor.findings import Finding, Level, graded, ok

SECONDS: Final = 2
REQUIRED_REDIS: Final = (6, 2)


def broker() -> Iterator[Finding]:
    """Yield findings about the broker; raises ``redis.RedisError`` where it cannot be asked in time."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    info = client.info("server")
    name, number = ("Valkey", info["valkey_version"]) if "valkey_version" in info else ("Redis", info["redis_version"])
    recent = tuple(int(part) for part in info["redis_version"].split(".")[:2]) >= REQUIRED_REDIS
    yield graded(
        "Broker", f"{name} {number}", good=recent, advice="Upgrade it: Valkey 9 is what the portal is tested with."
    )
    policy = client.info("memory").get("maxmemory_policy", "unknown")
    advice = "Set maxmemory-policy noeviction: under memory pressure the broker would drop work that waits."
    yield graded("Broker's memory", policy, good=policy == "noeviction", advice=advice, otherwise=Level.WARN)


def cached() -> Iterator[Finding]:
    """Yield whether the cache keeps what is put into it."""
    key, value = f"doctor:{get_random_string(12)}", get_random_string(12)
    cache.set(key, value, timeout=10)
    kept = cache.get(key) == value
    cache.delete(key)
    yield graded("Cache", "keeps values" if kept else "forgets values", good=kept, advice="Check REDIS_URL.")


def workers() -> Iterator[Finding]:
    """Yield how many workers answer."""
    with current_app.connection_for_write(connect_timeout=SECONDS) as connection:
        answers = current_app.control.ping(timeout=1, connection=connection) or []
    advice = "Start the portal (make run) or a worker: celery -A temp_portal worker -Q default,notices,jobs"
    yield graded("Workers", f"{len(answers)} answer", good=bool(answers), advice=advice, otherwise=Level.WARN)


def mail() -> Iterator[Finding]:
    """Yield whether the mail server lets the portal in; raises ``OSError`` or ``SMTPException`` where it does not."""
    if "smtp" not in settings.EMAIL_BACKEND:
        yield ok("Mail", "kept in the portal's own mailbox; EMAIL_URL names a server that sends it")
        return
    connection = get_connection(timeout=5)
    connection.open()
    connection.close()
    yield ok("Mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} lets the portal in")


def storage() -> Iterator[Finding]:
    """Yield whether files can be written, read and removed; raises ``OSError`` where they cannot."""
    content = get_random_string(24).encode()
    name = default_storage.save("doctor.txt", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            kept = file.read() == content
    finally:
        default_storage.delete(name)
    advice = "Check STORAGE_URL: what is written there does not come back."
    yield graded("Files", str(getattr(default_storage, "location", "")), good=kept, advice=advice)
