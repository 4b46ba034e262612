"""Milestones: what was planned stays beside what came of it; the chart has the rows of the table."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from projects.progress.gantt import WIDTH, draw
from projects.progress.models import Milestone
from projects.progress.workflows import milestones
from temp_portal.audit.models import Transition

pytestmark = pytest.mark.django_db


def planned(site, title="Turbine hall roofed", day=date(2026, 3, 1), **fields):
    return milestones.save(Milestone(project=site.project, title=title, planned_on=day, **fields), by=site.secretary)


def test_a_milestone_is_reached_dropped_and_planned_again_on_record(site):
    first = planned(site, weight=30)
    second = planned(site, "Grid connected", weight=10)
    milestones.reach(first, by=site.secretary, reached_on=date(2026, 4, 2))
    milestones.drop(second, by=site.secretary, reason="Another route")
    first.refresh_from_db()
    assert (first.state, first.reached_on, first.planned_on) == ("reached", date(2026, 4, 2), date(2026, 3, 1))
    assert Milestone.objects.reached_part() == 1
    milestones.plan_again(second, by=site.secretary, reason="The old route after all")
    assert Milestone.objects.reached_part() * 4 == 3
    assert [move.move for move in Transition.objects.of(second)] == ["plan", "drop", "plan_again"]


def test_the_lead_enterprise_proposes_but_does_not_set_milestones(site):
    with pytest.raises(PermissionDenied):
        milestones.save(Milestone(project=site.project, title="Ours", planned_on=date(2026, 1, 1)), by=site.lead)
    found = planned(site)
    with pytest.raises(PermissionDenied):
        milestones.reach(found, by=site.lead, reached_on=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        milestones.reach(found, by=site.secretary, reached_on=timezone.localdate().replace(year=2099))


@time_machine.travel("2026-06-15 12:00+08:00", tick=False)
def test_a_month_is_late_only_when_it_is_over(site):
    assert not planned(site, day=date(2026, 6, 1), planned_precision="month").is_late
    assert planned(site, day=date(2026, 6, 1)).is_late
    assert not planned(site, day=date(2026, 1, 1), planned_precision="year").is_late


def test_the_chart_lies_within_its_picture_and_leaves_out_what_was_dropped(site):
    dropped = planned(site, "Left out")
    milestones.drop(dropped, by=site.secretary, reason="No longer wanted")
    for year in (1999, 2026, 2040):
        planned(site, f"In {year}", date(year, 1, 1), planned_precision="year")
    chart = draw(list(Milestone.objects.order_by("planned_on")))
    assert [bar.number for bar in chart.bars] == [1, 2, 3]
    assert all(0 <= x <= WIDTH for bar in chart.bars for x in bar.plan)
    assert [bar.plan[0] for bar in chart.bars] == sorted(bar.plan[0] for bar in chart.bars)
    assert 2 <= len(chart.ticks) <= 10
    assert draw([]) is None


def test_pages_and_forms(client, site):
    client.force_login(site.secretary)
    path = f"/projects/{site.project.code}/milestones/"
    page = client.post(f"{path}new/", {"title": "First concrete", "planned": "2026-13"})
    assert "2026-13" in page.content.decode()
    client.post(f"{path}new/", {"title": "First concrete", "planned": "2026-05", "weight": "12.5"})
    made = Milestone.objects.get()
    assert (made.planned_on, made.planned_precision) == (date(2026, 5, 1), "month")
    client.post(f"{path}{made.pk}/reach/", {"reached": "2026-06-03"})
    made.refresh_from_db()
    assert made.reached_on == date(2026, 6, 3)
    page = client.get(path).content.decode()
    assert "<svg" in page
    assert 'datetime="2026-05"' in page
    again = client.post(f"{path}{made.pk}/reach/", {"reached": "2026-06-03"})
    assert again.status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_three(client, site, count, django_assert_num_queries):
    for number in range(count):
        planned(site, f"Step {number}")
    client.get(f"/projects/{site.project.code}/milestones/")
    with django_assert_num_queries(3):
        client.get(f"/projects/{site.project.code}/milestones/")
