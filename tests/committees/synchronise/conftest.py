"""The committee on which files are tried."""

from datetime import date

import pytest
from django.test import Client

from committees.enums import FunctionalRole
from committees.models import Position
from committees.workflows import appointments
from tests.committees.synchronising import seat_of
from tests.factories import OrganisationFactory, admit, committee_with_secretary


@pytest.fixture
def world():
    """A committee with a chair, two further members, and an organisation that is none."""
    committee, secretary = committee_with_secretary(slug="copper")
    secretary.language = "en"
    secretary.save()
    firms = [
        OrganisationFactory.create(legal_name=name, name_en=english, name_zh_hans=name)
        for name, english in [
            ("渝岭矿业有限公司", "Yuling Mining"),
            ("远屿贸易有限公司", "Yuanyu Trade"),
            ("三禾冷链有限公司", "Sanhe Cold Chain"),
            ("北辰铜业有限公司", "Beichen Copper"),
        ]
    ]
    chair = Position.objects.create(committee=committee, code="chair", title_en="Chair", rank=1, holders_max=1)
    Position.objects.create(committee=committee, code="vice_chair", title_en="Vice-chair", rank=2, holders_max=3)
    for firm in firms[:3]:
        admit(committee, firm, by=secretary, on=date(2024, 1, 10), functional_role=FunctionalRole.SPEARHEAD)
    appointments.appoint(seat_of(firms[0]), chair, by=secretary, effective_on=date(2024, 2, 1))
    return committee, secretary, firms


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world[1])
    return client
