"""The enterprise's own page: what waits, applications with their course, seats, projects, notices."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import Confirmation, ConfirmationRound, DuesCharge
from committees.workflows import applications, certificates, dues, resignations
from projects.models import Participant
from temp_portal.accounts.enums import Role
from tests.factories import (
    OrganisationFactory,
    ProjectFactory,
    admit,
    charged,
    committee_with_secretary,
    grant,
    own,
    user_with,
)
from tests.factories.applications import submitted
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db


def busy(user, number):
    """Give the user `number` organisations with a seat, dues, a confirmation, an application and a project each."""
    asked = ConfirmationRound.objects.create(year=2026, due_on=date(2026, 5, 1))
    for _each in range(number):
        organisation = OrganisationFactory.create()
        grant(user, Role.REPRESENTATIVE, organisation)
        own(organisation, evidence="Register", evidence_on=date(2023, 1, 1))
        committee, secretary = committee_with_secretary()
        seat = admit(committee, organisation, by=secretary)
        certificates.issue(seat, by=secretary)
        charged(seat, by=secretary)
        Confirmation.objects.create(round=asked, organisation=organisation)
        day = timezone.localdate() + timedelta(days=30)
        resignations.announce(seat, by=user, effective_on=day)
        submitted(organisation=organisation)
        ProjectFactory.create(lead=organisation)
    return user


def test_the_page_says_what_waits_and_of_which_organisation(client):
    first = OrganisationFactory.create()
    user = busy(user_with(Role.REPRESENTATIVE, first), 1)
    page = text(enter(client, user).get("/me/"))
    for words in (
        "Dues for 2026",
        "Is this still right?",
        "newer evidence",
        "You leave",
        "Our projects",
        "New notices",
    ):
        assert words in page
    charge = DuesCharge.objects.get()
    assert page.count(reverse("committees:dues-statement", args=[charge.seat_id])) == 2
    assert page.index("Dues for 2026") < page.index("Is this still right?") < page.index("You leave")
    assert str(charge.seat.organisation) in page[page.index("Waits for you") : page.index("My applications")]
    assert "The committee decides by" in page


def test_a_returned_application_and_an_open_condition_wait(client):
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    applications.return_for_completion(application, by=secretary, note="The register extract is missing")
    page = text(enter(client, user).get("/me/"))
    assert "Complete the application to" in page
    assert "Returned for completion" in page


def test_paid_dues_wait_no_longer_and_others_are_not_shown(client):
    committee, secretary = committee_with_secretary()
    seat, other = admit(committee, by=secretary), admit(committee, by=secretary)
    user = user_with(Role.REPRESENTATIVE, seat.organisation)
    charge = charged(seat, by=secretary)
    page = text(enter(client, user).get("/me/"))
    assert "Dues for 2026" in page
    assert str(other.organisation) not in page
    dues.pay(charge, by=secretary, amount=charge.amount, paid_on=date(2026, 3, 1), document="Slip 1")
    assert "<a href" not in text(client.get("/me/")).split("Waits for you")[1].split("</section>")[0]


def test_projects_in_which_one_takes_part_are_shown(client):
    firm = OrganisationFactory.create()
    project = ProjectFactory.create()
    Participant.objects.create(project=project, organisation=firm, role="partner")
    hidden = ProjectFactory.create()
    page = text(enter(client, user_with(Role.REPRESENTATIVE, firm)).get("/me/"))
    assert project.code in page
    assert hidden.code not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_organisations_as_for_one(client, django_assert_num_queries, number):
    user = busy(user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), number)
    enter(client, user)
    client.get("/me/")
    with django_assert_num_queries(32):
        assert client.get("/me/").status_code == 200
