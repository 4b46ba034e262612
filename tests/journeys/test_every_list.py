"""Every list that takes no argument: with all its columns, in every order, and as a file of the demonstration's rows.

The lists come from the URL patterns, so a new one is in here by itself.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from temp_portal.accounts.models import User
from temp_portal.core.lists import ListView
from tests.factories.demonstration import load_demonstration

pytestmark = pytest.mark.django_db


def lists(patterns: Any, prefix: str = "/") -> Iterator[str]:
    """Addresses of all list pages without an argument."""
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from lists(entry.url_patterns, path)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", None)
            if view and issubclass(view, ListView) and "<" not in path and path.endswith("/"):
                yield path


#: The local mailbox is served only where no mail server is named.
LISTS = sorted(set(lists(get_resolver().url_patterns)) - {"/mailbox/"})


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration()
        client = Client()
        client.force_login(User.objects.get(email="staff@example.org"), "django.contrib.auth.backends.ModelBackend")
        yield client
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", LISTS)
def test_every_column_is_shown_sorted_and_exported(staff, address):
    columns = staff.get(address).context["list"].columns
    everything = [("cols", column.name) for column in columns]
    orders = [f"{sign}{column.name}" for column in columns if column.sort for sign in ("", "-")]
    queries = [everything, *([("sort", order)] for order in orders)]
    assert [q for q in queries if staff.get(f"{address}?{urlencode(q)}").status_code != 200] == []
    file = staff.get(f"{address.rstrip('/')}.csv?{urlencode(everything)}")
    assert file.status_code == 200
    assert b"".join(file.streaming_content).startswith(b"\xef\xbb\xbf")


def test_there_are_lists_of_every_app():
    assert len(LISTS) > 30
