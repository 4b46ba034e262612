"""A project goes from stage to stage on evidence; back, out and in again with a reason (domain brief §7)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from projects.enums import PIPELINE, EvidenceKind, Stage
from projects.models import Project, ProjectCountry, Sponsorship
from projects.stages import kinds_of, missing, needs_of
from projects.workflows import evidence, stages
from projects.workflows.stages import Decision
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict, record
from temp_portal.notifications.models import Delivery
from tests.factories import CommitteeFactory, MoneyEventFactory, OrganisationFactory, ProjectFactory, user_with
from tests.factories.race import Meeting, at_once


def today(**details):
    return Decision(effective_on=timezone.localdate(), **details)


STOP = {"reason": "War", "exposure": "USD 3 m", "document": "No. 7"}


@pytest.fixture
def secretary(db):
    return user_with(Role.SECRETARY, CommitteeFactory.create())


def project_of(secretary, stage=Stage.S0, **fields):
    project = ProjectFactory.create(stage=stage, lead=OrganisationFactory.create(), sector_code="35", **fields)
    committee = secretary.grants.get().scope_id
    Sponsorship.objects.create(project=project, committee_id=committee)
    ProjectCountry.objects.create(project=project, country="KZ")
    for kind in ("contract_value", "committed", "disbursed"):
        MoneyEventFactory.create(project=project, kind=kind)
    return project


def show(project, by):
    """Record everything that the present stage has to show."""
    for kind in kinds_of(project.stage):
        evidence.record(project, by=by, kind=kind, text="On file")


def test_the_whole_way_on_evidence(secretary):
    project = project_of(secretary)
    for target in PIPELINE[1:]:
        assert missing(needs_of(project)), project.stage
        with pytest.raises(ValidationError):
            stages.advance(project, by=secretary, decision=today())
        show(project, secretary)
        project = stages.advance(project, by=secretary, decision=today())
        assert project.stage == target
    assert Transition.objects.of(project).count() == len(PIPELINE) - 1
    with pytest.raises(ValidationError):
        stages.advance(project, by=secretary, decision=today())


def test_a_missing_thing_is_named_and_what_was_taken_back_does_not_count(secretary):
    project = project_of(secretary)
    found = evidence.record(project, by=secretary, kind=EvidenceKind.SOURCE, text="A fair")
    assert not missing(needs_of(project))
    evidence.take_back(found, by=secretary)
    with pytest.raises(ValidationError, match="source of the lead"):
        stages.advance(project, by=secretary, decision=today())
    with pytest.raises(ValidationError):
        evidence.record(project, by=secretary, kind=EvidenceKind.LESSONS, text="Too early")


def test_back_suspended_resumed_and_cancelled(secretary):
    project = project_of(secretary, Stage.S7)
    with pytest.raises(ValidationError):
        stages.step_back(project, Stage.S5, by=secretary, decision=today())
    project = stages.step_back(project, Stage.S5, by=secretary, decision=today(reason="New terms"))
    with pytest.raises(StateConflict):
        stages.step_back(project, Stage.S8, by=secretary, decision=today(reason="Forward is not back"))
    project = stages.suspend(project, by=secretary, decision=today(**STOP))
    with pytest.raises(StateConflict):
        stages.advance(project_at(project, Stage.S5), by=secretary, decision=today())
    project = stages.resume(project, Stage.S9, by=secretary, decision=today())
    assert project.stage == Stage.S5
    project = stages.cancel(project, by=secretary, decision=today(**STOP))
    assert not [move for move in stages.flow.moves.values() if project.stage in move.sources]


def project_at(project, stage):
    """The project as somebody still has it before the eyes."""
    stale = Project.objects.get(pk=project.pk)
    stale.stage = stage
    return stale


def test_a_project_that_came_suspended_goes_on_where_it_is_said(secretary):
    project = project_of(secretary, Stage.X1)
    record(project, move="import", by=None)
    with pytest.raises(ValidationError):
        stages.resume(project, by=secretary, decision=today())
    assert stages.resume(project, Stage.S6, by=secretary, decision=today()).stage == Stage.S6


def test_moves_follow_each_other_in_time(secretary):
    project = project_of(secretary, Stage.S7)
    stages.suspend(project, by=secretary, decision=today(**STOP))
    for days in (-1, 1):
        decision = Decision(effective_on=timezone.localdate() + timedelta(days=days))
        with pytest.raises(ValidationError):
            stages.resume(project, by=secretary, decision=decision)


def test_only_secretaries_of_sponsors_decide_and_those_concerned_are_told(secretary):
    project = project_of(secretary, Stage.S7)
    lead = user_with(Role.REPRESENTATIVE, project.lead)
    for outsider in (lead, user_with(Role.SECRETARY, CommitteeFactory.create()), user_with(Role.LEADER)):
        with pytest.raises(PermissionDenied):
            stages.suspend(project, by=outsider, decision=today(**STOP))
    stages.suspend(project, by=user_with(Role.STAFF), decision=today(**STOP))
    told = Delivery.objects.filter(notification__kind="project_moved", channel="inbox")
    assert set(told.values_list("recipient", flat=True)) == {lead.pk, secretary.pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["lock", "control"])
def test_of_two_who_decide_at_once_one_learns_who_was_first(monkeypatch, locked):
    secretary = user_with(Role.SECRETARY, CommitteeFactory.create())
    project = project_of(secretary, Stage.S7)
    meeting = Meeting()
    meeting.inside(monkeypatch, stages, "_refuse_before_last")
    if not locked:
        monkeypatch.setattr(Project._default_manager, "select_for_update", lambda **_options: Project.objects.all())
    other = user_with(Role.STAFF)
    found = at_once(
        lambda: stages.suspend(project, by=secretary, decision=today(**STOP)),
        lambda: stages.suspend(project, by=other, decision=today(**STOP)),
    )
    conflicts = [each for each in found if isinstance(each, StateConflict)]
    assert len(conflicts) == (1 if locked else 0)
    if locked:
        assert str(conflicts[0].transition.by) in conflicts[0].message()
