"""From draft to frozen figures by the job; counting again; versions; what was restated; what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.periods import Quarter
from temp_portal.jobs import runner
from temp_portal.jobs.enums import JobState
from temp_portal.reports import cutoff, filing, jobs, workflows
from temp_portal.reports.cutoff import RegisterBusy
from temp_portal.reports.enums import FileFormat, ReportState
from temp_portal.reports.models import Report, ReportFile
from temp_portal.reports.restatement import Restatement, compare
from temp_portal.reports.verification import recompute
from tests.factories import CommitteeFactory, admit, user_with
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def staff():
    return user_with(Role.STAFF)


def made(by, scope, quarter=None, languages=("en",)) -> Report:
    """A report as its job leaves it."""
    report = workflows.prepare(quarter or worlds.quarter(), by=by, scope=scope, languages=languages)
    runner.run(report.job_id, threaded=False)
    return Report.objects.get(pk=report.pk)


def test_the_job_counts_freezes_and_makes_every_file(world, staff):
    report = made(staff, world.scope, languages=["en", "zh-hans", "ru"])
    assert report.job.state == JobState.SUCCEEDED
    assert report.job.result == {"url": report.get_absolute_url()}
    assert report.job.progress_text == "10 of 10 files"
    assert (report.state, report.frozen_by, report.version) == (ReportState.DATA_FROZEN, staff, 1)
    assert (report.period_start, report.period_end) == (worlds.quarter().start, worlds.quarter().end)
    assert [move.move for move in Transition.objects.of(report)] == ["create", "freeze"]
    assert {(file.format, file.language) for file in report.files.all()} == {
        *((file_format, language) for file_format in ("csv", "pdf", "xlsx") for language in ("en", "zh-hans", "ru")),
        ("json", ""),
    }
    assert all(file.size == file.file.size > 1000 for file in report.files.all())


def test_progress_is_told_in_tables_and_files(world, staff):
    report = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    said = []

    class Run:
        params = {"report": report.pk}
        by = staff

        def progress(self, done, total, unit, *, message):
            said.append((done, total, unit, message))

    jobs.build(Run())
    assert said[:6] == [(number, 5, "tables", "Counting the figures") for number in range(6)]
    assert said[6:] == [(number, 4, "files", "Making the files") for number in range(5)]


def test_a_job_that_was_broken_off_goes_on_where_it_stopped(world, staff):
    report = made(staff, world.scope)
    frozen = report.figures_hash
    kept = set(report.files.exclude(format="pdf").values_list("pk", flat=True))
    report.files.get(format="pdf").delete()
    worlds.LATER["an admission"](world)
    report.job.state = JobState.QUEUED
    report.job.finished_at = None
    report.job.save()
    runner.run(report.job_id, threaded=False)
    report.refresh_from_db()
    assert report.figures_hash == frozen
    assert kept < set(report.files.values_list("pk", flat=True))
    assert report.files.filter(format="pdf").exists()


def test_a_busy_register_fails_the_job_with_a_reason_and_leaves_the_draft(world, staff, monkeypatch):
    def busy(*_args, **_options):
        raise RegisterBusy("Records are being written without pause.")

    monkeypatch.setattr(jobs, "cut_off_now", busy)
    report = made(staff, world.scope)
    assert (report.job.state, report.job.error) == (JobState.FAILED, "Records are being written without pause.")
    assert (report.state, report.cut_off, report.figures) == (ReportState.DRAFT, None, None)


def test_recomputing_gives_the_same_hash_after_everything_that_happened_later(world, staff):
    report, whole = made(staff, world.scope), made(staff, None)
    for name in ("a back-dated admission", "a corrected ownership", "an approval", "a back-dated stage", "money"):
        worlds.LATER[name](world)
    for frozen in (report, whole):
        found = recompute(frozen)
        assert (found.agrees, found.hash, found.differences) == (True, frozen.figures_hash, [])


def test_lost_figures_are_put_back_when_the_hash_agrees(world, staff):
    report = made(staff, world.scope)
    kept = report.figures
    Report.objects.update(figures=None)
    report.refresh_from_db()
    worlds.LATER["an admission"](world)
    assert recompute(report).agrees
    assert Report.objects.get(pk=report.pk).figures == kept


def test_changed_figures_are_found_out(world, staff):
    report = made(staff, world.scope)
    stored = report.figures
    stored["tables"]["T3"]["all"]["opening"] += 1
    Report.objects.update(figures=stored)
    report.refresh_from_db()
    found = recompute(report)
    assert found.agrees
    assert [(line.table, line.row, line.column) for line in found.differences] == [("T3", "all", "opening")]


def test_facts_that_were_tampered_with_are_found_out(world, staff):
    report = made(staff, world.scope)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE committees_seatperiod SET valid = daterange('2020-01-01', NULL)")
        cursor.execute("SET session_replication_role = DEFAULT")
    found = recompute(report)
    assert (found.agrees, found.hash != report.figures_hash) == (False, True)
    assert ("T3", "all", "closing", "last_year") in [
        (line.table, line.row, line.column, line.part) for line in found.differences
    ]
    Report.objects.update(figures=None)
    report.refresh_from_db()
    assert not recompute(report).agrees
    assert Report.objects.get(pk=report.pk).figures is None


def test_a_later_version_shows_what_it_restates(world, staff):
    first = made(staff, world.scope)
    worlds.LATER["an expulsion"](world)
    second = made(staff, world.scope)
    assert (first.version, second.version, first.restated) == (1, 2, [])
    lines = {
        (line.table, line.row, line.column, line.part): (line.was, line.now)
        for line in map(Restatement.from_json, second.restated)
    }
    assert lines["T3", "all", "expelled", ""] == (0, 1)
    assert lines["T3", "central", "closing", "q"] == (1, 0)
    assert ("T3", "private", "closing", "q") not in lines
    assert not [place for place in lines if place[3] in ("change", "growth") or place[2].startswith("share")]
    assert {line["quarter"] for line in second.restated} == {str(worlds.quarter())}


def test_a_report_of_the_next_quarter_shows_what_late_facts_changed_in_the_last(world, staff):
    before = worlds.quarter().previous
    made(staff, world.scope, before)
    admit(world.committee, worlds.owned("private"), on=before.start, by=world.secretary)
    report = made(staff, world.scope)
    changed = [(line["quarter"], line["table"], line["row"], line["column"], line["part"]) for line in report.restated]
    assert (str(before), "T3", "private", "admitted", "q") in changed
    assert (str(before), "T3", "all", "closing", "q") in changed
    assert {quarter for quarter, *_place in changed} == {str(before)}


def test_nothing_is_restated_when_nothing_was_recorded(world, staff):
    made(staff, world.scope)
    assert made(staff, world.scope).restated == []
    assert compare(Report.objects.first().document, Report.objects.last().document) == []


def test_versions_count_frozen_reports_of_the_same_quarter_and_committees(world, staff):
    draft = workflows.prepare(worlds.quarter(), by=staff, scope=world.scope, languages=["en"])
    assert (draft.version, made(staff, world.scope).version, made(staff, world.scope).version) == (1, 1, 2)
    runner.run(draft.job_id, threaded=False)
    draft.refresh_from_db()
    assert draft.version == 3
    assert made(staff, None).version == 1
    assert made(staff, world.scope, worlds.quarter().previous).version == 1


def test_a_report_is_frozen_once(world, staff):
    report = made(staff, world.scope)
    with pytest.raises(StateConflict):
        workflows.freeze(report, report.document, by=staff, cut_off=report.cut_off, restated=[])


def test_a_quarter_that_has_not_begun_has_no_report(staff):
    with pytest.raises(ValidationError, match="has not begun"):
        workflows.prepare(worlds.quarter().next, by=staff, scope=None, languages=["en"])


@pytest.mark.parametrize("role", [Role.LEADER, Role.CHAIR, Role.REPRESENTATIVE, Role.SECRETARY])
def test_who_may_not_prepare_a_report_on_all_committees(role):
    committee = CommitteeFactory.create()
    user = user_with(role, None if role is Role.LEADER else committee)
    with pytest.raises(PermissionDenied):
        workflows.prepare(worlds.quarter(), by=user, scope=None, languages=["en"])


def test_a_secretary_prepares_reports_on_the_own_committees_only(world):
    assert made(world.secretary, world.scope).state == ReportState.DATA_FROZEN
    other = CommitteeFactory.create()
    with pytest.raises(PermissionDenied):
        workflows.prepare(worlds.quarter(), by=world.secretary, scope=[*world.scope, other.pk], languages=["en"])


@pytest.mark.parametrize(
    "change",
    [
        "SET figures_hash = repeat('0', 64)",
        "SET cut_off = now()",
        "SET scope = NULL",
        "SET quarter = '2020-Q1'",
        "SET period_start = '2020-01-01'",
        "SET version = 7",
        "SET schema = 1",
        "SET time_zone = 'UTC'",
    ],
)
def test_the_database_refuses_to_change_what_was_frozen(world, staff, change):
    made(staff, world.scope)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        connection.cursor().execute(f"UPDATE reports_report {change}")


def test_the_database_refuses_to_delete_a_frozen_report(world, staff):
    report = made(staff, world.scope)
    ReportFile.objects.all().delete()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        report.delete()


def test_a_frozen_report_has_cut_off_and_hash(staff):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            quarter="2026-Q1",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 4, 1),
            time_zone="UTC",
            state=ReportState.DATA_FROZEN,
            created_by=staff,
        )


def test_a_file_that_is_made_again_replaces_the_old_one(world, staff, django_capture_on_commit_callbacks):
    report = made(staff, world.scope)
    old = report.files.get(format="pdf")
    with django_capture_on_commit_callbacks(execute=True):
        new = filing.make_file(report, FileFormat.PDF, "en")
    assert (new.pk, new.sha256, new.file.name != old.file.name) == (old.pk, old.sha256, True)
    assert not old.file.storage.exists(old.file.name)


def test_all_figures_take_a_fixed_number_of_queries(world, django_assert_num_queries):
    """One for each kind of fact, however many committees, quarters and rows there are."""
    for _number in range(3):
        admit(CommitteeFactory.create(), worlds.owned("private"), on=worlds.today())
    from temp_portal.reports.builder import basis_of, compute

    cut_off = cutoff.take_cut_off(["committees_seat"])
    with django_assert_num_queries(23):
        compute(basis_of(worlds.quarter(), cut_off=cut_off, scope=world.scope))
    with django_assert_num_queries(24):
        compute(basis_of(worlds.quarter(), cut_off=cut_off))


def test_visible_to(world, staff):
    other = CommitteeFactory.create()
    own, elsewhere, joint, whole = (
        workflows.prepare(Quarter(2026, 1), by=staff, scope=scope, languages=["en"])
        for scope in (world.scope, [other.pk], [*world.scope, other.pk], None)
    )
    chair = user_with(Role.CHAIR, world.committee)
    everything = {own, elsewhere, joint, whole}
    for user in (staff, user_with(Role.LEADER), user_with(Role.ADMINISTRATOR)):
        assert set(Report.objects.visible_to(user)) == everything
    for user in (world.secretary, chair):
        assert set(Report.objects.visible_to(user)) == {own}
    assert not Report.objects.visible_to(user_with(Role.REPRESENTATIVE, world.seats[0].organisation))
