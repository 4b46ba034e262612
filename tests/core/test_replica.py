"""Where the operator names a replica, whole lists are read from it, and from nothing else."""

from collections.abc import Iterator

import pytest
from django.db import connections

from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture(scope="module", autouse=True)
def replica(django_db_setup: None) -> Iterator[None]:
    """A second name for the test database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings, "replica", connections.settings["default"])
        yield
        connections["replica"].close()
        del connections["replica"]


def test_downloads_come_from_the_replica_and_pages_do_not(client):
    OrganisationFactory.create_batch(3, country="KZ")
    client.get("/organisations/")
    assert connections["replica"].connection is None
    body = b"".join(client.get("/organisations.csv?country=KZ").streaming_content)
    assert body.count(b"Kazakhstan") == 3
    assert connections["replica"].connection is not None
