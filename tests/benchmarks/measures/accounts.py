"""P10: how long an answer takes gives nothing away: a known address or claimed organisation against an unknown one."""

import statistics
from collections.abc import Callable, Iterator
from itertools import count

from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from members.models import Organisation
from members.workflows import make_representative
from temp_portal.accounts.models import User
from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.sink import mail_server
from tests.benchmarks.timing import seconds

TRIES, MOST_APART = 200, 0.02
KNOWN = "known.address@bench.example.org"
SECRET = "a long enough secret"

Ask = Callable[[str], object]


def answers(bench: Bench) -> Iterator[Bar]:
    """Sign-up, new password, claim and invitation, in turn for the known and the unknown; nothing is kept."""
    tries = 2 if bench.quick else TRIES
    smtp = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
    hasher = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # the one in use, not the quick one of the tests
    with mail_server() as server, transaction.atomic():
        with override_settings(**smtp, EMAIL_PORT=server.port, PASSWORD_HASHERS=hasher, ALLOWED_HOSTS=["*"]):
            for what, ask, known, unknown in _questions():
                apart = _apart(ask, known, unknown, tries)
                limit = None if bench.quick else MOST_APART
                yield Bar("P10", f"{what}: median apart over {tries} tries", bench.seats, apart, "s", limit=limit)
        transaction.set_rollback(True)


def _apart(ask: Ask, known: Callable[[], str], unknown: Callable[[], str], tries: int) -> float:
    """Seconds between the medians."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _try in range(tries):
        for times, subject in zip(taken, (known(), unknown()), strict=True):
            cache.clear()  # or the limits of requests would answer
            times.append(seconds(lambda subject=subject: _taken_back(ask, subject)))
    first, second = (statistics.median(times) for times in taken)
    return abs(first - second)


def _taken_back(ask: Ask, subject: str) -> None:
    with transaction.atomic():
        ask(subject)
        transaction.set_rollback(True)


def _questions() -> Iterator[tuple[str, Ask, Callable[[], str], Callable[[], str]]]:
    """(what is asked, how, with what is known, with what is not)."""
    numbers = count()
    person = User.objects.create_user(KNOWN, SECRET, name="Known")
    person.emailaddress_set.create(email=KNOWN, verified=True, primary=True)

    def known() -> str:
        return KNOWN

    def unknown() -> str:
        return f"unknown{next(numbers)}@bench.example.org"

    yield "sign-up", _signs_up, known, unknown
    yield "new password", _forgets, known, unknown
    own, other = Organisation.objects.unmerged().filter(country="CN").order_by("pk")[:2]
    make_representative(own, person, by=person)
    claimant = Client()
    claimant.force_login(User.objects.create_user("claimant@bench.example.org", SECRET))
    yield "claim", lambda key: _claims(claimant, key), lambda: str(own.pk), lambda: str(other.pk)
    inviting = Client()
    inviting.force_login(person)
    second = User.objects.create_user("second@bench.example.org", SECRET)
    second.emailaddress_set.create(email=second.email, verified=True, primary=True)
    page = reverse("members:representative-invite", args=[own.pk])
    yield "invitation", lambda address: _invites(inviting, page, address), lambda: second.email, unknown


def _signs_up(address: str) -> None:
    _answered(Client().post(reverse("account_signup"), {"name": "N", "email": address, "password1": SECRET}))


def _forgets(address: str) -> None:
    _answered(Client().post(reverse("account_reset_password"), {"email": address}))


def _claims(client: Client, key: str) -> None:
    _answered(client.post(reverse("committees:apply-claim", args=[key]), {"post": "P", "statement": "S"}))


def _invites(client: Client, page: str, address: str) -> None:
    _answered(client.post(page, {"email": address, "language": "en", "notice_confirmed": "on"}))


def _answered(response: object) -> None:
    """Raises RuntimeError when the question was not taken: then the times mean nothing."""
    if getattr(response, "status_code", 0) != 302:
        raise RuntimeError(f"The form was not accepted: {response}")
