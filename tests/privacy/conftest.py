"""A member of a committee with its representative, of whom the portal knows a lot."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from committees.enums import PositionCode
from committees.models import Committee, Position, Seat
from committees.workflows import appointments
from members.enums import ConsentPurpose
from members.models import Organisation, Person, Representative
from members.workflows import give_consent
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.core.db import date_range
from tests.factories import CommitteeFactory, OrganisationFactory, admit, user_with

SINCE = date(2024, 1, 1)


@dataclass
class House:
    committee: Committee
    organisation: Organisation
    secretary: User
    staff: User
    colleague: User
    user: User
    person: Person
    seat: Seat


@pytest.fixture
def house(db: None) -> House:
    committee, organisation = CommitteeFactory.create(), OrganisationFactory.create()
    secretary = user_with(Role.SECRETARY, committee)
    user = user_with(Role.REPRESENTATIVE, organisation, email="wei.zhang@example.com", name="Zhang Wei")
    person = Person.objects.create(
        user=user, name="张伟", name_latin="Zhang Wei", email="wei.zhang@example.com", phone="+86 10 5555 0101"
    )
    Representative.objects.create(person=person, organisation=organisation, post="Director", valid=date_range(SINCE))
    give_consent(person, ConsentPurpose.PUBLICATION, by=user)
    seat = admit(committee, organisation, on=SINCE, by=secretary, representative=person)
    chair = Position.objects.create(committee=committee, code=PositionCode.CHAIR, title_en="Chair", holders_max=1)
    appointments.appoint(seat, chair, by=secretary, effective_on=SINCE, person=person)
    return House(committee, organisation, secretary, user_with(Role.STAFF), user_with(Role.STAFF), user, person, seat)


def run(job: Any) -> Any:
    """Do a job at once, on this connection."""
    from temp_portal.jobs import runner

    runner.run(job.pk, threaded=False)
    job.refresh_from_db()
    return job
