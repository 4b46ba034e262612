"""Every route with every role: who gets the page (200), is sent on (302), has no right (403), finds nothing (404).

`table.txt` holds one line a route and method, with one code a role in the order of `ROLES`. A route that is missing
there fails; so does a line whose route is gone. POST is sent without data: 200 is a form that says what is missing.
"""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.permissions.routes import arguments, routes
from tests.permissions.world import ROLES, World, build

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "table.txt"
METHODS = ("GET", "POST")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")


def read_table() -> dict[tuple[str, str], list[int]]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return {(route, method): [int(code) for code in codes] for method, route, *codes in lines}


EXPECTED = read_table()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for the whole table; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield signed_in(build())
        transaction.set_rollback(True)


def signed_in(world: World) -> World:
    """The world with a session for each role."""
    for role, user in world.users.items():
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        world.sessions[role] = client.cookies
    return world


def codes(world: World, route: str, method: str) -> list[int]:
    """What each role gets, in the order of ROLES."""
    names = [one or other for one, other in PARAMETER.findall(routes()[route])]
    url = reverse(route, kwargs=arguments(world, route, names))
    return [status(world, role, method, url) for role in ROLES]


def status(world: World, role: str, method: str, url: str) -> int:
    cache.clear()  # rate limits count requests of all roles together
    client = Client(raise_request_exception=True)
    client.cookies.update(world.sessions[role])
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/json" if "/api/" in url else "text/plain")
        if response.streaming:
            list(response.streaming_content)  # reading it to the end closes its file
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize(("route", "method"), sorted(EXPECTED))
def test_who_may(world, route, method):
    found = dict(zip(ROLES, codes(world, route, method), strict=True))
    assert found == dict(zip(ROLES, EXPECTED[route, method], strict=True))


def test_no_route_is_missing():
    listed = {route for route, _method in EXPECTED}
    assert listed == set(routes())


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_open_the_administration_site(world, role):
    expected = 200 if role == "administrator" else 302
    assert status(world, role, "GET", "/admin/") == expected
    assert status(world, role, "GET", "/admin/accounts/user/") == expected
