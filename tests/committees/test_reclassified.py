"""An ownership changes hands: the role that followed from it is proposed to follow again, a chosen one stays."""

from datetime import date

import pytest
from django.urls import reverse

from committees.enums import FunctionalRole
from committees.workflows import seats
from members.enums import OwnershipType
from tests.factories import OrganisationFactory, admit, committee_with_secretary, own
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db

JUNE = date(2026, 6, 1)


def test_the_role_follows_the_ownership_where_it_did_before(client):
    committee, secretary = committee_with_secretary(slug="copper")
    following, choosing = OrganisationFactory.create_batch(2)
    for each in (following, choosing):
        own(each, OwnershipType.PRIVATE, until=JUNE)
        own(each, OwnershipType.LOCAL_SOE, since=JUNE)
    seat, other = (admit(committee, each, by=secretary) for each in (following, choosing))
    assert seat.functional_role == FunctionalRole.SPEARHEAD
    seats.change(other, by=secretary, effective_on=date(2024, 3, 1), functional_role=FunctionalRole.LEAD)
    page = reverse("committees:composition", args=["copper"])
    shown = text(enter(client, secretary).get(page))
    assert "Spearhead → Support" in shown
    assert f'value="{seat.pk}"' in shown
    assert f'value="{other.pk}"' not in shown
    address = reverse("committees:composition-follow", args=["copper"])
    client.post(address, {"seat": [seat.pk, other.pk]})
    seat.refresh_from_db()
    other.refresh_from_db()
    assert (seat.functional_role, other.functional_role) == (FunctionalRole.SUPPORT, FunctionalRole.LEAD)
    assert [period.valid.lower for period in seat.periods.current().order_by("valid")] == [date(2024, 1, 1), JUNE]
    assert "Ownership changed" not in text(client.get(page))
    assert "None of these proposals" in text(client.post(address, {"seat": [seat.pk]}, follow=True))
