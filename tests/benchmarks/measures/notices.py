"""P7: a notice to very many: written like one INSERT, sent over one connection."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from redis import Redis

from committees.models import Committee
from temp_portal.accounts.models import User
from temp_portal.notifications.delivery import deliver_due
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.enums import Channel, DeliveryState
from temp_portal.notifications.kinds import Kind, every, register
from temp_portal.notifications.models import Delivery, Notification
from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.peers.mails import TASK
from tests.benchmarks.processes import PATIENCE, environment, program, python
from tests.benchmarks.sink import MailServer, mail_server
from tests.benchmarks.timing import seconds

KIND = "benchmark"
DOMAIN = "bench.example.org"
#: Mails that the portal, and the peer at a hundred a second, are given.
MAILS, TASKS = 5_000, 500

_PEOPLE = """
    INSERT INTO accounts_user (
        email, password, name, language, time_zone, is_staff, is_active, is_superuser, created_at)
    SELECT 'reader' || number || '@' || %s, '!', 'Reader ' || number, 'en', 'Asia/Shanghai', false, true, false, now()
      FROM generate_series(1, %s) AS number
    ON CONFLICT DO NOTHING
"""
#: The rows that `notify` writes, without asking for anything: both channels of every recipient.
_BARE = """
    INSERT INTO notifications_delivery (notification_id, recipient_id, channel, state, due_at, sent_at)
    SELECT %s, id, channel, state, CASE state WHEN 'pending' THEN now() END, CASE state WHEN 'sent' THEN now() END
      FROM accounts_user CROSS JOIN (VALUES ('inbox', 'sent'), ('mail', 'pending')) AS way (channel, state)
     WHERE email LIKE %s
"""


def notices(bench: Bench) -> Iterator[Bar]:
    """Writing for everybody and for few, then sending."""
    _prepare(bench.rows)
    subject = Committee.objects.order_by("pk").first()
    assert subject is not None
    yield from _written(bench, subject)
    with TemporaryDirectory() as folder, mail_server() as server:
        yield from _sent(bench, subject, server, Path(folder) / "worker.log")


def _prepare(count: int) -> None:
    if KIND not in {kind.name for kind in every()}:
        register(Kind(KIND, label="Benchmark", subject="A notice", body="Something was decided."))
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [DOMAIN, count])
        cursor.execute("ANALYZE accounts_user")


def _people(count: int | None = None) -> Any:
    """The recipients, or the first so many of them."""
    people = User.objects.filter(email__endswith=DOMAIN)
    return people if count is None else people.filter(pk__in=people.order_by("pk").values("pk")[:count])


def _written(bench: Bench, subject: Committee) -> Iterator[Bar]:
    taken = bench.medians(
        {
            "bare": lambda: _taken_back(lambda: _bare(subject)),
            "notify": lambda: _taken_back(lambda: notify(KIND, subject, recipients=_people())),
        },
        rounds=5,
    )
    statements = {count: _statements(subject, count) for count in (1, bench.rows)}
    what = f"notice to {bench.rows:,} in the portal"
    yield Bar("P7", what, bench.seats, taken["notify"], "s", "bare INSERT … SELECT", taken["bare"], 1.3)
    many, one = float(statements[bench.rows]), float(statements[1])
    yield Bar("P7", f"{what}, statements", bench.seats, many, "×", "those for one recipient", one, 1)


def _taken_back(call: Any) -> None:
    with transaction.atomic():
        call()
        transaction.set_rollback(True)


def _bare(subject: Committee) -> None:
    row = Notification.objects.create(kind=KIND, subject_type=subject._meta.label_lower, subject_id=subject.pk)
    with connection.cursor() as cursor:
        cursor.execute(_BARE, [row.pk, f"%{DOMAIN}"])


def _statements(subject: Committee, count: int) -> int:
    """How many statements a notice to so many takes."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        notify(KIND, subject, recipients=_people(count))
        transaction.set_rollback(True)
    return len(seen)


def _sent(bench: Bench, subject: Committee, server: MailServer, log: Path) -> Iterator[Bar]:
    count, tasks = bench.upto(MAILS), bench.upto(TASKS)
    smtp = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
    with override_settings(**smtp, EMAIL_PORT=server.port), _written_for(subject, count):
        ours = count / seconds(lambda: _deliver(server, count))
    with _written_for(subject, tasks) as mails, _worker(bench, server, log):
        peer = tasks / seconds(lambda: _publish(server, mails))
    what = f"{count:,} mails, all counted at the server"
    yield Bar("P7", what, bench.seats, ours, "/s", f"a task for each of {tasks:,}", peer, 10, at_least=True)


@contextmanager
def _written_for(subject: Committee, count: int) -> Iterator[list[int]]:
    """A notice to so many, taken away at the end; gives the keys of its mails."""
    row = notify(KIND, subject, recipients=_people(count))
    mails = Delivery.objects.filter(notification=row, channel=Channel.MAIL)
    try:
        yield list(mails.values_list("pk", flat=True))
        waiting = mails.exclude(state=DeliveryState.SENT).count()
    finally:
        Delivery.objects.filter(notification=row).delete()
        row.delete()
    if waiting:
        raise RuntimeError(f"{waiting} of {count} mails are not recorded as sent")


def _deliver(server: MailServer, count: int) -> None:
    before = server.taken
    sent = deliver_due()
    server.wait_for(before + count)
    if (sent, server.taken) != (count, before + count):
        raise RuntimeError(f"{sent} mails were sent, {server.taken - before} arrived, {count} were written")


def _publish(server: MailServer, mails: list[int]) -> None:
    before = server.taken
    for pk in mails:
        current_app.send_task(TASK, args=[pk], queue="default")
    server.wait_for(before + len(mails), patience=PATIENCE + len(mails) / 10)


@contextmanager
def _worker(bench: Bench, server: MailServer, log: Path) -> Iterator[None]:
    """A worker for the peer's tasks alone; the portal's own are left lying."""
    variables = environment(bench.database, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
    command = python(
        "-m", "celery", "-A", "temp_portal", "worker", "--include", "tests.benchmarks.peers.mails", "--queues",
        "default", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip",
    )  # fmt: skip
    broker = Redis.from_url(settings.REDIS_URL)
    broker.flushdb()
    with program(command, variables, log):
        _wait_for_worker(log)
        yield
        # The last mail is taken a moment before its row says so.
        time.sleep(0.5)
    broker.flushdb()


def _wait_for_worker(log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while "ready." not in log.read_text():
        if time.monotonic() > until:
            raise RuntimeError(f"The worker does not start:\n{log.read_text()}")
        time.sleep(0.1)
