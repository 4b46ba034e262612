"""A name is public with a consent of its own, and nowhere from the moment in which it is withdrawn."""

import re

import pytest
from django.urls import reverse

from committees.workflows import certificates
from members.models import Consent
from members.workflows import withdraw_consent
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, user_with
from tests.permissions.routes import arguments, routes
from tests.permissions.test_routes import PARAMETER
from tests.permissions.world import build

pytestmark = pytest.mark.django_db

NAME = re.compile("张伟|Zhang Wei|wei.zhang@|5555 0101", re.IGNORECASE)
#: Signing out would end the crawl; the rest takes a signed address of a mail.
NOT_CRAWLED = {"account_logout"}


@pytest.fixture
def addresses(house):
    """Every address of the portal, filled with the records that the person has to do with."""
    world = build()
    world.records |= {
        "person": house.person,
        "committee": house.committee,
        "firm": house.organisation,
        "seat": house.seat,
        "certificate": certificates.issue(house.seat, by=house.secretary),
    }
    found = {}
    for route, pattern in routes().items():
        names = [one or other for one, other in PARAMETER.findall(pattern)]
        if route not in NOT_CRAWLED:
            found[route] = reverse(route, kwargs=arguments(world, route, names))
    return found | {"a search": "/search/?q=Zhang"}


def naming(client, addresses):
    """Routes whose page or file names the person; the cache is left as it is."""
    found = set()
    for route, address in addresses.items():
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code == 200 and NAME.search(body.decode(errors="replace")):
            found.add(route)
    return found


@pytest.mark.parametrize("reader", ["visitor", "representative of another organisation"])
def test_a_withdrawn_name_stands_on_no_page_no_file_and_in_no_answer(client, house, addresses, reader):
    if reader != "visitor":
        client.force_login(user_with(Role.REPRESENTATIVE, OrganisationFactory.create()))
    public = naming(client, addresses)
    assert {"committees:committee", "committees:person"} <= public
    withdraw_consent(Consent.objects.get(person=house.person, purpose="publication"), by=house.user)
    assert naming(client, addresses) == set()
