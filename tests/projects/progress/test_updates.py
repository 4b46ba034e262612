"""Once a quarter the lead enterprise reports; the committee accepts or returns; milestones change when it accepts."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from projects.enums import Stage
from projects.progress.models import JobCount, Milestone, MilestoneChange, ProgressUpdate, UpdateRound
from projects.progress.workflows import milestones, rounds, updates
from projects.progress.workflows.updates import Answers
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery, Notification
from tests.factories import OrganisationFactory, ProjectFactory, user_with
from tests.factories.race import at_once
from tests.projects.sites import site_of

AUTUMN = "2026-10-02 09:00+08:00"
FILLED = {"percent_complete": Decimal("41.5"), "work_done": "Foundations", "next_steps": "", "difficulties": ""}


def told(kind):
    rows = Delivery.objects.filter(notification__kind=kind, channel="inbox")
    return sorted(rows.values_list("recipient_id", flat=True))


@pytest.fixture
def asked(site):
    with time_machine.travel(AUTUMN, tick=False):
        rounds.open_due()
    return ProgressUpdate.objects.get(project=site.project)


def filled(update, site, **rows):
    return updates.save(update, Answers(FILLED, **rows), by=site.lead, version=update.version)


@pytest.mark.django_db
def test_projects_under_way_with_a_lead_are_asked_once_a_quarter(site):
    ProjectFactory.create(stage=Stage.S7)
    ProjectFactory.create(stage=Stage.S3, lead=OrganisationFactory.create())
    with time_machine.travel(AUTUMN, tick=False):
        assert rounds.open_due().quarter == "2026-Q3"
        assert rounds.open_due() is None
    assert [update.project for update in ProgressUpdate.objects.all()] == [site.project]
    assert told("progress_update_asked") == [site.lead.pk]
    with time_machine.travel("2027-01-01 00:10+08:00", tick=False):
        assert rounds.open_due().quarter == "2026-Q4"


@pytest.mark.django_db(transaction=True)
def test_of_two_schedulers_one_opens_the_quarter():
    site_of()
    found = at_once(rounds.open_due, rounds.open_due)
    assert sum(isinstance(each, UpdateRound) for each in found) == 1
    assert ProgressUpdate.objects.count() == 1
    # Without the unique row both would have written.
    with pytest.raises(IntegrityError), transaction.atomic():
        UpdateRound.objects.create(quarter=UpdateRound.objects.get().quarter, due_on=date(2026, 1, 1))


@pytest.mark.django_db
def test_reminders_come_before_the_day_and_every_fortnight_after_it(site, asked):
    for moment, count in [
        ("2026-10-10", 0),
        ("2026-10-20", 1),
        ("2026-10-21", 0),
        ("2026-10-28", 0),
        ("2026-11-04", 1),
        ("2026-11-05", 0),
        ("2026-11-19", 1),
    ]:
        with time_machine.travel(f"{moment} 01:00+08:00", tick=False):
            assert rounds.remind_due() == count, moment
    assert Notification.objects.filter(kind="progress_update_late").count() == 2
    filled(asked, site)
    updates.submit(asked, by=site.lead)
    with time_machine.travel("2027-03-01", tick=False):
        assert rounds.remind_due() == 0


@pytest.mark.django_db
def test_an_update_is_sent_returned_sent_again_and_accepted(site, asked):
    with pytest.raises(ValidationError):
        updates.submit(asked, by=site.lead)
    first = milestones.save(
        Milestone(project=site.project, title="Roof", planned_on=date(2026, 8, 1)), by=site.secretary
    )
    second = milestones.save(
        Milestone(project=site.project, title="Grid", planned_on=date(2026, 11, 1)), by=site.secretary
    )
    filled(
        asked,
        site,
        jobs=[JobCount(origin="local", phase="construction", heads=210, women=35)],
        milestone_changes=[
            MilestoneChange(milestone=first, reached_on=date(2026, 9, 1)),
            MilestoneChange(milestone=second, expected_on=date(2027, 2, 1)),
        ],
    )
    updates.submit(asked, by=site.lead)
    assert told("progress_update_sent") == [site.secretary.pk]
    with pytest.raises(PermissionDenied):
        updates.accept(asked, by=site.lead)
    with pytest.raises(ValidationError):
        updates.return_(asked, by=site.secretary, note=" ")
    updates.return_(asked, by=site.secretary, note="How many engineers?")
    assert told("progress_update_returned") == [site.lead.pk]
    updates.submit(asked, by=site.lead)
    first.refresh_from_db()
    assert first.state == "planned"
    updates.accept(asked, by=site.secretary)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reached_on) == ("reached", date(2026, 9, 1))
    assert (second.planned_on, second.expected_on) == (date(2026, 11, 1), date(2027, 2, 1))
    with pytest.raises(StateConflict):
        updates.return_(asked, by=site.secretary, note="Too late")
    with pytest.raises(StateConflict):
        filled(asked, site)


@pytest.mark.django_db
def test_who_sends_an_update_does_not_accept_it(site, asked):
    updates.save(asked, Answers(FILLED), by=site.secretary, version=0)
    updates.submit(asked, by=site.secretary)
    with pytest.raises(ValidationError):
        updates.accept(asked, by=site.secretary)
    updates.accept(asked, by=user_with(Role.STAFF))


@pytest.mark.django_db
def test_the_database_refuses_what_does_not_add_up(asked):
    for broken in (
        {"heads": 5, "women": 6},
        {"heads": 5, "full_time": Decimal(-1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            JobCount.objects.create(update=asked, origin="local", phase="operation", **broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressUpdate.objects.filter(pk=asked.pk).update(state="submitted")


@pytest.mark.django_db
def test_the_form_keeps_everything_that_was_typed(client, site, asked):
    client.force_login(site.lead)
    path = f"/projects/{site.project.code}/updates/2026-Q3/fill-in/"
    answers = {
        "_version": "0",
        "percent_complete": "40",
        "work_done": "Foundations poured",
        "jobs_construction_local_heads": "120",
        "jobs_construction_local_women": "130",
        "capacity_0_product": "Cement",
        "capacity_0_design": "1000000",
        "localisation_staff_percent": "70",
        "localisation_staff_evidence": "Payroll of September",
    }
    page = client.post(path, answers)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"jobs_construction_local_women", "capacity_0_unit"}
    assert "Payroll of September" in page.content.decode()
    good = answers | {"jobs_construction_local_women": "13", "capacity_0_unit": "t"}
    assert client.post(path, good).status_code == 302
    asked.refresh_from_db()
    assert (asked.version, asked.state) == (1, "draft")
    assert asked.jobs.get().women == 13
    typed = client.post(path, good | {"work_done": "Mi"}, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert typed["version"] == 2
    updates.save(asked, Answers({"work_done": "Theirs"}), by=site.secretary, version=2)
    late = client.post(path, good | {"work_done": "Mine"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (late.status_code, late.json()) == (409, {"theirs": ["_version"]})
    bad = client.post(path, answers, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (bad.status_code, set(bad.json())) == (422, {"errors"})
    stale = client.post(path, good | {"work_done": "Mine"})
    assert "Mine" in stale.content.decode()
    assert stale.context["form"].non_field_errors()
    again = {name: stale.context["form"].data[name] for name in good}
    assert client.post(path, again | {"send": "1"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.work_done, asked.localisations.get().year) == ("submitted", "Mine", 2026)
    assert asked.capacities.get().unit == "t"
    client.force_login(site.secretary)
    assert "Foundations" not in client.get("/me/").content.decode()
    assert "2026-Q3" in client.get("/me/").content.decode()
    own = client.get(f"/projects/{site.project.code}/updates/2026-Q3/").content.decode()
    assert "Payroll of September" in own
    assert client.post(f"/projects/{site.project.code}/updates/2026-Q3/accept/").status_code == 302


@pytest.mark.django_db
def test_drafts_and_comments_are_not_for_everybody(client, site, asked):
    page = f"/projects/{site.project.code}/updates/2026-Q3/"
    for user, code in [(user_with(Role.CHAIR, site.project.committees.get()), 404), (site.lead, 200)]:
        client.force_login(user)
        assert client.get(page).status_code == code
    client.post(f"/projects/{site.project.code}/comments/new/", {"text": "The crane is late"})
    assert told("project_comment") == [site.secretary.pk]
    assert "The crane is late" in client.get(f"/projects/{site.project.code}/progress/").content.decode()
    client.force_login(user_with(Role.CHAIR, site.project.committees.get()))
    assert "The crane is late" not in client.get(f"/projects/{site.project.code}/progress/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_asks_the_same_questions_for_one_and_for_three(site, count, django_assert_num_queries):
    from projects.progress.start_page import to_fill_in

    for _number in range(count - 1):
        ProjectFactory.create(stage=Stage.S7, lead=site.project.lead)
    rounds.open_due()
    user = site.lead
    assert user.live_grants
    with django_assert_num_queries(1):
        assert len(to_fill_in(user)["updates"]) == count
