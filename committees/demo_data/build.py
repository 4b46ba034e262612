from datetime import date, timedelta

from committees.composition.defaults import default_rules
from committees.demo_data import accounts, confirmations, documents, dues, privacy, questions, review
from committees.demo_data.applications import ApplicationBook
from committees.demo_data.catalogue import BENEFITS, SKETCHES, Sketch
from committees.demo_data.roster import RosterBook
from committees.enums import CommitteeState
from committees.models import Committee, CompositionRule, Filing, Term
from committees.positions import default_positions
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from temp_portal.core.demo import World

MONTH = timedelta(days=30)
TERM_YEARS = 5

# How a committee comes into being: state, months from the proposal.
FOUNDING = [
    (CommitteeState.PROPOSED, "propose", 0),
    (CommitteeState.PREPARATORY, "prepare", 1),
    (CommitteeState.UNDER_REVIEW, "hand_in", 3),
    (CommitteeState.APPROVED, "approve", 4),
    (CommitteeState.ESTABLISHED, "establish", 5),
    (CommitteeState.ACTIVE, "activate", 6),
]
LATER = {
    CommitteeState.RE_ELECTION_DUE: "fall_due",
    CommitteeState.SUSPENDED: "suspend",
    CommitteeState.DISSOLVED: "dissolve",
}


def load(world: World) -> None:
    """Write accounts, committees, rosters and applications; leaves `users` and `committees` in the world."""
    users = accounts.create_users()
    staff = users["staff@example.org"]
    committees = []
    rosters = RosterBook(world)
    applications = ApplicationBook(world, rosters)
    for sketch in SKETCHES:
        committee, established = _found(world, sketch, staff)
        committees.append(committee)
        if established:
            _terms(committee, sketch, established)
            rosters.fill(committee, sketch, established)
    accounts.grant_roles(world, users, committees)
    world.made |= {"users": users, "committees": committees}
    rosters.save(users)
    applications.fill(committees, users)
    applications.save()
    questions.load(world, committees, users)
    review.load(committees, users)
    dues.load(world, committees, users)
    documents.load(world)
    privacy.load(world, users)
    confirmations.load(world, users)


def _found(world: World, sketch: Sketch, staff: User) -> tuple[Committee, date | None]:
    """Create the committee with its transitions; returns it with the day of its founding assembly, if there was one."""
    proposed = world.today - sketch.started * MONTH
    committee = Committee.objects.create(
        slug=sketch.slug,
        **dict(zip(("name_en", "name_zh_hans", "name_ru"), sketch.names, strict=True)),
        **dict(zip(("mandate_en", "mandate_zh_hans", "mandate_ru"), sketch.mandates, strict=True)),
        sector=sketch.sector,
        industry_codes=[
            *({"scheme": "GB/T 4754", "version": "2017", "code": code} for code in sketch.gb),
            *({"scheme": "ISIC", "version": "4", "code": code} for code in sketch.isic),
        ],
        title_set=sketch.title_set,
        state=sketch.state,
        initiator=world.chance.choice(world.made["institutions"]).organisation,
        **dict(zip(("benefits_en", "benefits_zh_hans", "benefits_ru"), BENEFITS, strict=True)),
        contact_email=f"{sketch.slug}@example.org",
        contact_phone="+86 23 5555 0100",
        contact_address="Liangjiang New Area, Chongqing",
        contact_languages=["zh-hans", "ru", "en"],
        created_by=staff,
        created_at=world.moment(proposed),
    )
    CompositionRule.objects.bulk_create(default_rules(committee))
    steps = _steps(world, sketch, proposed)
    Transition.objects.bulk_create(
        Transition(
            subject_type=Committee._meta.label_lower,
            subject_id=committee.pk,
            move=move,
            from_state=steps[number - 1][0] if number else "",
            to_state=state,
            effective_on=day,
            at=world.moment(day),
            by=staff,
        )
        for number, (state, move, day) in enumerate(steps)
    )
    days = {state: day for state, _move, day in steps}
    established = days.get(CommitteeState.ESTABLISHED)
    if established:
        Committee.objects.filter(pk=committee.pk).update(established_on=established)
        committee.established_on = established
        Filing.objects.create(
            committee=committee,
            recipient="SCO Business Council secretariat",
            filed_on=days[CommitteeState.ACTIVE],
            document=f"Filing {committee.pk:03d}",
        )
    return committee, established


def _steps(world: World, sketch: Sketch, proposed: date) -> list[tuple[CommitteeState, str, date]]:
    reached = [state for state, _move, _months in FOUNDING]
    last = reached.index(sketch.state) if sketch.state in reached else len(reached) - 1
    steps = [(state, move, proposed + months * MONTH) for state, move, months in FOUNDING[: last + 1]]
    if sketch.state in LATER:
        steps.append((sketch.state, LATER[sketch.state], world.today - 2 * MONTH))
    return steps


def _terms(committee: Committee, sketch: Sketch, established: date) -> None:
    years = 3 if sketch.state == CommitteeState.RE_ELECTION_DUE else TERM_YEARS
    end = established.replace(year=established.year + years, day=1)
    Term.objects.create(committee=committee, number=1, valid=date_range(established, end))
    for position in default_positions(committee):
        position.save()
