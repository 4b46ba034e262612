"""Risks are assessed again and again; the matrix of any day can be shown; reviews fall due."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.utils import timezone

from projects.risks import workflows
from projects.risks.enums import RiskLevel, level_of
from projects.risks.matrix import matrix_of
from projects.risks.models import Assessment, Risk
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery
from tests.factories import user_with

pytestmark = pytest.mark.django_db

OPENED = date(2026, 1, 10)


def recorded(site, title="The border closes", likelihood=4, impact=5, opened_on=OPENED):
    risk = Risk(
        project=site.project,
        type="geopolitical",
        title=title,
        owner="Logistics department",
        review_on=date(2026, 7, 1),
        opened_on=opened_on,
    )
    return workflows.save(risk, by=site.lead, likelihood=likelihood, impact=impact)


def cells(project, day):
    matrix = matrix_of(Risk.objects.filter(project=project), day, "{}/{}".format)
    return {(line.likelihood, cell.impact): cell.count for line in matrix.lines for cell in line.cells if cell.count}


def test_the_matrix_of_any_day_is_what_was_held_on_it(site):
    risk = recorded(site)
    recorded(site, "The rouble falls", 2, 3, date(2026, 3, 1))
    review = date(2027, 1, 1)
    workflows.assess(
        risk, by=site.secretary, assessed_on=date(2026, 5, 2), likelihood=2, impact=5, note="New line", review_on=review
    )
    workflows.close(risk, by=site.secretary, closed_on=date(2026, 6, 1), reason="Contract signed")
    assert cells(site.project, date(2026, 1, 9)) == {}
    assert cells(site.project, OPENED) == {(4, 5): 1}
    assert cells(site.project, date(2026, 5, 1)) == {(4, 5): 1, (2, 3): 1}
    assert cells(site.project, date(2026, 5, 2)) == {(2, 5): 1, (2, 3): 1}
    assert cells(site.project, date(2026, 6, 1)) == {(2, 3): 1}
    with pytest.raises(StateConflict):
        workflows.assess(risk, by=site.lead, assessed_on=timezone.localdate(), likelihood=1, impact=1, review_on=review)


def test_an_assessment_is_never_changed(site):
    recorded(site)
    with pytest.raises(InternalError), transaction.atomic():
        Assessment.objects.update(likelihood=1)


def test_levels_rise_with_likelihood_and_impact():
    assert [level_of(score) for score in (1, 4, 5, 9, 10, 14, 15, 25)] == [
        *[RiskLevel.LOW] * 2,
        *[RiskLevel.MEDIUM] * 2,
        *[RiskLevel.HIGH] * 2,
        *[RiskLevel.EXTREME] * 2,
    ]


def test_who_may(site):
    risk = recorded(site)
    chair = user_with(Role.CHAIR, site.project.committees.get())
    assert chair.has_perm("risks.view_register", risk)
    with pytest.raises(PermissionDenied):
        workflows.close(risk, by=chair, closed_on=timezone.localdate(), reason="Over")
    with pytest.raises(ValidationError):
        workflows.close(risk, by=site.lead, closed_on=OPENED - timedelta(days=1), reason="Over")


def test_a_review_that_is_due_is_told_once_a_fortnight(site):
    risk = recorded(site)
    for moment, count in [("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-02", 0), ("2026-07-15", 1)]:
        with time_machine.travel(f"{moment} 06:20+08:00", tick=False):
            assert workflows.remind_due() == count, moment
    told = Delivery.objects.filter(notification__kind="risk_review_due", channel="inbox").values_list("recipient_id")
    assert {recipient for (recipient,) in told} == {site.lead.pk, site.secretary.pk}
    workflows.close(risk, by=site.lead, closed_on=timezone.localdate(), reason="Over")
    with time_machine.travel("2027-01-01", tick=False):
        assert workflows.remind_due() == 0


def test_pages_and_forms(client, site):
    client.force_login(site.lead)
    path = f"/projects/{site.project.code}/risks/"
    bad = {"title": "Cement is short", "type": "supply", "owner": "Purchasing", "likelihood": "3", "impact": "9"}
    page = client.post(f"{path}new/", bad | {"review_on": "2020-01-01"})
    assert set(page.context["form"].errors) == {"impact", "review_on"}
    assert "Cement is short" in page.content.decode()
    review = (timezone.localdate() + timedelta(days=30)).isoformat()
    client.post(f"{path}new/", bad | {"impact": "4", "review_on": review})
    made = Risk.objects.get()
    page = client.get(path).content.decode()
    assert "likelihood=3&amp;impact=4" in page or "impact=4&amp;likelihood=3" in page
    assert "Cement is short" in client.get(path, {"likelihood": "3", "impact": "4", "state": "open"}).content.decode()
    assert "Cement is short" not in client.get(path, {"as_of": "2020-01-01"}).content.decode()
    assert client.get(path, {"as_of": "yesterday"}).status_code == 200
    assert "high (12)" in client.get(f"{path}{made.pk}/").content.decode().lower()
    client.post(f"{path}{made.pk}/close/", {"closed_on": timezone.localdate().isoformat(), "reason": "Bought"})
    made.refresh_from_db()
    assert made.state == "closed"
    assert client.get(f"{path[:-1]}.csv").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_three(client, site, count, django_assert_num_queries):
    for number in range(count):
        recorded(site, f"Risk {number}")
    client.force_login(user_with(Role.STAFF))
    client.get(f"/projects/{site.project.code}/risks/")
    with django_assert_num_queries(8):
        client.get(f"/projects/{site.project.code}/risks/")
