"""A committee decides: the review, the three decisions, two secretaries at once, and the queue."""

from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Seat
from committees.workflows import applications
from members import workflows
from members.models import Ownership
from temp_portal.accounts.enums import Role
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    admit,
    committee_with_secretary,
    grant,
    own,
    user_with,
)
from tests.factories.applications import draft, submitted
from tests.factories.web import enter, text, title, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (
            "application-approve",
            {"document": "Minutes 9", "functional_role": "support", "reason": "Typed by the second"},
        ),
        ("application-reject", {"reason": "Typed by the second"}),
        ("application-return", {"reason": "Typed by the second"}),
    ],
)
def test_the_second_of_two_secretaries_reads_who_decided_what_and_loses_nothing(client, name, typed):
    application, _user = submitted()
    first = user_with(Role.SECRETARY, application.committee, name="Yan Lan")
    applications.approve(application, by=first, effective_on=timezone.localdate())
    enter(client, user_with(Role.SECRETARY, application.committee))
    typed |= {"confirm": "1", "effective_on": timezone.localdate().isoformat(), "reason": "Typed by the second"}
    response = client.post(url(name, application), typed)
    assert response.status_code == 409
    assert "Yan Lan" in text(response)
    assert "approved" in text(response)
    assert "Typed by the second" in text(response)
    assert 'class="btn btn-primary" type="submit"' not in text(response)
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("application-reject", {"reason": ""}, "Give the reason"),
        ("application-return", {"reason": ""}, "Say what is missing"),
        ("application-approve", {"effective_on": "2999-01-01", "document": "Minutes 9"}, "lies in the future"),
        ("application-approve", {"effective_on": "tomorrow", "document": "Minutes 9"}, "Write the day as year"),
    ],
)
def test_a_faulty_decision_is_explained_and_kept(client, name, typed, says):
    application, _user = submitted()
    enter(client, user_with(Role.SECRETARY, application.committee))
    response = client.post(url(name, application), {"confirm": "1", "functional_role": "lead"} | typed)
    assert says in text(response)
    assert title(response).startswith("Error:")
    assert all(value in text(response) for value in typed.values())
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_rejection_asks_first(client):
    application, _user = submitted()
    enter(client, user_with(Role.SECRETARY, application.committee))
    asked = client.post(url("application-reject", application), {"reason": "Outside the industry"})
    assert "cannot be undone" in text(asked)
    assert "Outside the industry" in text(asked)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    client.post(url("application-reject", application), {"confirm": "1", "reason": "Outside the industry"})
    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (ApplicationState.REJECTED, "Outside the industry")


def test_the_approval_suggests_the_role_of_the_declared_ownership(client):
    application, _user = submitted(ownership_type="local_soe")
    enter(client, user_with(Role.SECRETARY, application.committee))
    page = client.get(url("application-approve", application))
    assert page.context["form"].initial["functional_role"] == "support"


def test_the_own_organisation_is_out_of_bounds_and_the_page_says_so(client):
    application, user = submitted()
    grant(user, Role.SECRETARY, application.committee)
    enter(client, user)
    review = text(client.get(url("application", application)))
    assert "Conflict of interest" in review
    assert "a colleague has to decide" in review
    assert "Approve and give a seat" not in review
    for name in ("application-approve", "application-return", "application-reject"):
        response = client.post(url(name, application), {"confirm": "1", "reason": "x"})
        assert response.status_code == 403
        assert "You represent this organisation" in text(response)


def test_the_review_shows_duplicates_and_the_committee_before_and_after(client):
    committee, secretary = committee_with_secretary()
    for kind in ("central_soe", "private", "private"):
        admit(committee, own(OrganisationFactory.create(), kind).organisation, by=secretary)
    application, _user = submitted(
        committee, OrganisationFactory.create(legal_name="重庆长山铝业有限公司", name_en="Changshan Aluminium")
    )
    twin = OrganisationFactory.create(legal_name="长山铝业股份有限公司", name_en="Changshan Aluminium Co., Ltd.")
    enter(client, secretary)
    response = client.get(url("application", application))
    assert twin.get_absolute_url() in text(response)
    lines = {line.group: (line.before, line.after) for line in response.context["effect"]}
    assert lines["private"] == (2, 2)
    assert lines["unverified"] == (0, 1)
    verify(application)
    lines = {line.group: line for line in client.get(url("application", application)).context["effect"]}
    assert (lines["private"].before, lines["private"].after) == (2, 3)
    assert lines["private"].share_after == Fraction(3, 4)


def verify(application):
    fact = Ownership.objects.current().get(organisation=application.organisation)
    workflows.verify_ownership(fact, by=user_with(Role.REVIEWER), whole=True)


# Queue


def test_the_queue_is_kept_by_state_and_says_what_is_late(client):
    committee, secretary = committee_with_secretary()
    with time_machine.travel(timezone.now() - timedelta(days=60)):
        late, _user = submitted(committee)
        returned, _user = submitted(committee)
        applications.return_for_completion(returned, by=secretary, note="More")
        rejected, _user = submitted(committee)
        applications.reject(rejected, by=secretary, reason="No")
    fresh, _user = submitted(committee)
    unsent, _user = draft(committee)
    enter(client, secretary)
    queue = reverse("committees:queue", args=[committee.slug])

    def shown(**query):
        response = client.get(queue, query)
        return {
            each for each in (late, returned, rejected, fresh, unsent) if url("application", each) in text(response)
        }

    assert shown() == {late, fresh}
    assert shown(tab="returned") == {returned}
    assert shown(tab="decided") == {rejected}
    assert shown(tab="all") == {late, returned, rejected, fresh}
    assert shown(overdue="true") == {late}
    assert shown(q=fresh.organisation.name_en) == {fresh}
    assert shown(ownership="private") == set()
    verify(fresh)
    assert shown(ownership="private") == {fresh}
    assert text(client.get(queue)).count("Overdue</span>") == 1
    assert "Decided or withdrawn" in text(client.get(queue, {"tab": "nonsense"}))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_queue_goes_out_as_a_file(client, ending):
    committee, secretary = committee_with_secretary()
    application, _user = submitted(committee)
    enter(client, secretary)
    response = client.get(f"/committees/{committee.slug}/applications.{ending}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    assert f"{committee.slug}-applications-open.{ending}" in response["Content-Disposition"]
    if ending == "csv":
        assert application.number in content.decode("utf-8-sig")


def test_an_empty_queue_says_why_and_what_next(client):
    committee, secretary = committee_with_secretary()
    page = text(enter(client, secretary).get(reverse("committees:queue", args=[committee.slug])))
    assert "No application waits for a decision" in page
    assert "?tab=decided" in page


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_the_database_as_often_for_three_as_for_one(client):
    committee, secretary = committee_with_secretary()
    application, user = submitted(committee)
    addresses = {
        secretary: [reverse("committees:queue", args=[committee.slug]), "/me/"],
        user: ["/me/"],
        user_with(Role.STAFF): ["/me/", reverse("committees:role-list")],
    }
    counts = []
    for _round in range(2):
        for who, pages in addresses.items():
            enter(client, who)
            for page in pages:
                client.get(page)
                counts.append(queries(client, page))
        for _more in range(2):
            submitted(committee)
            other = CommitteeFactory.create()
            grant(secretary, Role.SECRETARY, other)
            applications.create_draft(other, application.organisation, by=user)
    half = len(counts) // 2
    assert counts[:half] == counts[half:]
    assert max(counts) <= 27
