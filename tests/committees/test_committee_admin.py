"""The administration site shows everything of committees and lets nobody past the workflows."""

import pytest
from django.urls import reverse

from committees.models import Application, Appointment, Committee, Position, Seat, SeatPeriod
from committees.workflows import appointments
from temp_portal.accounts.enums import Role
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    admit,
    committee_with_secretary,
    user_with,
    with_second_factor,
)

pytestmark = pytest.mark.django_db

FACTS = [Application, Appointment, Position, Seat, SeatPeriod]


@pytest.fixture
def world(client):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, by=secretary)
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1)
    appointments.appoint(seat, chair, by=secretary, effective_on=seat.valid.lower)
    ApplicationFactory.create(committee=committee)
    client.force_login(with_second_factor(user_with(Role.ADMINISTRATOR)))
    return committee


def place(model, action, *args):
    return reverse(f"admin:committees_{model._meta.model_name}_{action}", args=args)


@pytest.mark.parametrize("model", [Committee, *FACTS])
def test_every_model_has_its_list_and_page(client, world, model):
    assert client.get(place(model, "changelist")).status_code == 200
    assert client.get(place(model, "change", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", FACTS)
def test_facts_are_read_only(client, world, model):
    row = model.objects.first().pk
    assert client.get(place(model, "add")).status_code == 403
    assert client.post(place(model, "change", row), {}).status_code == 403
    assert client.post(place(model, "delete", row), {"post": "yes"}).status_code == 403


def test_a_committees_description_is_corrected_and_its_state_is_not(client, world):
    inline = {f"{name}-{field}": 0 for name in ("terms", "filings") for field in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data = {
        "name_en": "Corrected",
        "sector": "energy",
        "title_set": "director",
        "industry_codes": "[]",
        "state": "dissolved",
    }
    answer = client.post(place(Committee, "change", world.pk), data | inline)
    assert answer.status_code == 302
    world.refresh_from_db()
    assert (world.name_en, world.sector, world.state) == ("Corrected", "energy", "active")
    assert client.get(place(Committee, "add")).status_code == 403
    assert client.post(place(Committee, "delete", CommitteeFactory.create().pk), {"post": "yes"}).status_code == 403
