from datetime import date, timedelta
from decimal import Decimal

from members.models import Organisation
from projects.enums import DatePrecision, ParticipantRole, Stage
from projects.models import Participant, Project
from projects.progress.demo_data.words import COMMENTS, EVIDENCE, LATER_STEPS, PRODUCTS, STEPS, TEXTS
from projects.progress.enums import REPORTING, MilestoneState, UpdateState
from projects.progress.models import (
    Capacity,
    Comment,
    JobCount,
    Localisation,
    Milestone,
    ProgressUpdate,
    UpdateRound,
)
from projects.progress.workflows.rounds import TIME_TO_REPORT
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World
from temp_portal.core.periods import Quarter

#: Who leads a project of which stage. The first of each has an update that was sent, the others one that waits.
LED = (
    ("enterprise@example.org", Stage.S7),
    ("enterprise@example.org", Stage.S9),
    ("enterprise-kz@example.org", Stage.S8),
    ("enterprise-kz@example.org", Stage.S10),
)
#: Percent complete of the last quarter but one, by stage.
COMPLETE = {Stage.S7: Decimal(46), Stage.S8: Decimal(93), Stage.S9: Decimal(100), Stage.S10: Decimal(100)}


def load(world: World) -> None:
    """Write two quarters of updates; those of the enterprises with an account have content."""
    led = [(_lead(world, email, stage), world.made["users"][email]) for email, stage in LED]
    last = Quarter.containing(world.today).previous
    before, asked = _round(world, last.previous), _round(world, last)
    reporting = Project.objects.filter(stage__in=REPORTING, lead__isnull=False).order_by("pk")
    updates = ProgressUpdate.objects.bulk_create(
        ProgressUpdate(project=project, round=asked, due_on=asked.due_on, created_at=asked.opened_at)
        for project in reporting
    )
    Transition.objects.bulk_create(_moved(world, each, UpdateState.DRAFT, last.end, None) for each in updates)
    keeper = world.made["users"]["staff@example.org"]
    for project, user in led:
        _milestones(world, project)
        _accepted(world, project, before, user, keeper)
    _sent(world, next(each for each in updates if each.project_id == led[0][0].pk), *led[0])
    _sent(world, next(each for each in updates if each.project_id == led[2][0].pk), *led[2])
    secretary = world.made["users"]["secretary2@example.org"]
    for text, author in zip(COMMENTS, (led[0][1], secretary, led[0][1]), strict=True):
        Comment.objects.create(project=led[0][0], text=text, written_by=author)


def _lead(world: World, email: str, stage: Stage) -> Project:
    """A project of the stage, led by the enterprise of the account from now on."""
    firm: Organisation = world.made[f"firm_of_{email}"].organisation
    taken = Participant.objects.filter(organisation=firm).values("project")
    others = Project.objects.filter(stage=stage, lead__isnull=False).exclude(pk__in=taken).exclude(lead=firm)
    found: Project = others.order_by("pk")[0]
    Participant.objects.filter(project=found, role=ParticipantRole.LEAD).update(organisation=firm)
    found.lead = firm
    found.save(update_fields=["lead"])
    return found


def _round(world: World, quarter: Quarter) -> UpdateRound:
    asked: UpdateRound = UpdateRound.objects.create(
        quarter=str(quarter), due_on=quarter.end + TIME_TO_REPORT, opened_at=world.moment(quarter.end)
    )
    return asked


def _moved(world: World, update: ProgressUpdate, state: UpdateState, day: date, by: User | None) -> Transition:
    moves = {
        UpdateState.DRAFT: ("ask", ""),
        UpdateState.SUBMITTED: ("submit", UpdateState.DRAFT),
        UpdateState.ACCEPTED: ("accept", UpdateState.SUBMITTED),
    }
    move, source = moves[state]
    return Transition(
        subject_type=ProgressUpdate._meta.label_lower,
        subject_id=update.pk,
        move=move,
        from_state=source,
        to_state=state,
        effective_on=min(day, world.today),
        at=world.moment(min(day, world.today)),
        by=by,
    )


def _fill(world: World, update: ProgressUpdate, user: User, day: date, percent: Decimal) -> None:
    """What stands in an update that was sent on `day`."""
    done, steps, difficulties, safety = TEXTS[Stage(update.project.stage)]
    update.percent_complete, update.work_done, update.next_steps = percent, done, steps
    update.difficulties, update.safety = difficulties, safety
    update.version, update.saved_at, update.saved_by = 1, world.moment(day), user
    update.submitted_at, update.submitted_by = update.saved_at, user


def _figures(world: World, update: ProgressUpdate) -> None:
    building = update.project.stage in (Stage.S7, Stage.S8)
    phase = "construction" if building else "operation"
    local, abroad = world.chance.randrange(180, 420), world.chance.randrange(20, 60)
    JobCount.objects.bulk_create(
        [
            JobCount(update=update, origin="local", phase=phase, heads=local, women=local // 5),
            JobCount(update=update, origin="expatriate", phase=phase, heads=abroad, women=abroad // 8),
        ]
    )
    product, unit, design = PRODUCTS[Stage(update.project.stage)]
    actual = None if building else design * world.chance.randrange(70, 96) / 100
    Capacity.objects.create(update=update, product=product, unit=unit, design=design, actual=actual)
    Localisation.objects.bulk_create(
        Localisation(
            update=update,
            year=update.quarter.year,
            kind=kind,
            percent=Decimal(world.chance.randrange(20, 92)),
            evidence=evidence,
        )
        for kind, evidence in EVIDENCE.items()
    )


def _accepted(world: World, project: Project, asked: UpdateRound, user: User, keeper: User) -> None:
    sent = asked.due_on - timedelta(days=4)
    update = ProgressUpdate(project=project, round=asked, due_on=asked.due_on, created_at=asked.opened_at)
    _fill(world, update, user, sent, COMPLETE[Stage(project.stage)])
    update.state = UpdateState.ACCEPTED
    update.decided_at, update.decided_by = world.moment(asked.due_on), keeper
    update.save()
    _figures(world, update)
    Transition.objects.bulk_create(
        [
            _moved(world, update, UpdateState.DRAFT, asked.opened_at.date(), None),
            _moved(world, update, UpdateState.SUBMITTED, sent, user),
            _moved(world, update, UpdateState.ACCEPTED, asked.due_on, keeper),
        ]
    )


def _sent(world: World, update: ProgressUpdate, project: Project, user: User) -> None:
    day = min(update.due_on - timedelta(days=1), world.today)
    update.project = project
    _fill(world, update, user, day, min(COMPLETE[Stage(project.stage)] + 5, Decimal(100)))
    update.state = UpdateState.SUBMITTED
    update.save()
    _figures(world, update)
    _moved(world, update, UpdateState.SUBMITTED, day, user).save()


def _milestones(world: World, project: Project) -> None:
    """Those of the past were reached, some late; one is overdue; the last is only known by its month."""
    steps = STEPS if project.stage in (Stage.S7, Stage.S8) else LATER_STEPS
    begun = world.today - timedelta(days=100 * (len(steps) - 2))
    for place, (title, weight) in enumerate(steps):
        planned = begun + timedelta(days=100 * place)
        reached = planned + timedelta(days=world.chance.randrange(-12, 45))
        done = place < len(steps) - 3 and reached < world.today
        month = place == len(steps) - 1
        milestone = Milestone.objects.create(
            project=project,
            title=title,
            weight=weight,
            planned_on=planned.replace(day=1) if month else planned,
            planned_precision=DatePrecision.MONTH if month else DatePrecision.DAY,
            expected_on=world.today + timedelta(days=40) if place == len(steps) - 3 else None,
            reached_on=reached if done else None,
            state=MilestoneState.REACHED if done else MilestoneState.PLANNED,
        )
        for move, state, day in [("plan", "planned", begun), ("reach", "reached", reached)][: 2 if done else 1]:
            Transition.objects.create(
                subject_type=Milestone._meta.label_lower,
                subject_id=milestone.pk,
                move=move,
                to_state=state,
                effective_on=day,
                at=world.moment(day),
            )
