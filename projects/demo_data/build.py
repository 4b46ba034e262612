from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from committees.enums import WORKING_STATES
from committees.models import Committee, Seat
from projects.demo_data.evidence import evidence, sites
from projects.demo_data.ideas import IDEAS, PLACES
from projects.demo_data.rates import RATES, weekly
from projects.enums import FinanceType, MoneyKind, ParticipantRole, Stage
from projects.models import (
    ExchangeRate,
    MoneyEvent,
    Participant,
    Project,
    ProjectCountry,
    Site,
    Sponsorship,
    StageEvidence,
)
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World
from temp_portal.core.search import search_key

COUNT = 96
# Every stage is reached by some; the middle of the pipeline is the widest.
ENDS = [
    *([Stage.S0] * 3),
    *([Stage.S1] * 6),
    *([Stage.S2] * 6),
    *([Stage.S3] * 10),
    *([Stage.S4] * 9),
    *([Stage.S5] * 10),
    *([Stage.S6] * 8),
    *([Stage.S7] * 14),
    *([Stage.S8] * 6),
    *([Stage.S9] * 12),
    *([Stage.S10] * 3),
    *([Stage.S11] * 3),
    *([Stage.X1] * 3),
    *([Stage.X2] * 3),
]
PIPELINE: list[Stage] = [stage for stage in Stage if stage not in (Stage.X1, Stage.X2)]
CONSORTIUM = 3
MILLION = Decimal(1_000_000)


@transaction.atomic
def load(world: World) -> None:
    """Write projects with stage moves, countries, sponsors, participants and money."""
    ExchangeRate.objects.bulk_create(weekly(world.start, world.today))
    committees = {c.slug: c for c in world.made["committees"]}
    pairs = [(idea, place) for idea in IDEAS for place in PLACES if committees[idea[0]].state in WORKING_STATES]
    world.chance.shuffle(pairs)
    for number, ((idea, place), end) in enumerate(zip(pairs[:COUNT], ENDS, strict=True), start=1):
        _project(world, number, idea, place, end, committees[idea[0]])


def _project(
    world: World,
    number: int,
    idea: tuple[str, str, str, str, str, str, int],
    place: tuple[str, str, str, str],
    end: Stage,
    committee: Committee,
) -> None:
    moves = list(_moves(world, end))
    titles = [title.format(name) for title, name in zip(idea[1:4], place[1:], strict=True)]
    seats = Seat.objects.sitting().filter(committee=committee, organisation__kind="enterprise").order_by("id")
    members = [seat.organisation for seat in seats.select_related("organisation")[:12]]
    partners = world.chance.sample(members, min(CONSORTIUM, len(members)))
    project = Project(
        code=f"TEMP-{number:04d}",
        title_en=titles[0],
        title_zh_hans=titles[1],
        title_ru=titles[2],
        title=titles[0],
        stage=end,
        sector_scheme="ISIC4",
        sector_code=idea[4],
        sector_name=idea[5],
        lead=partners[0] if partners else None,
        is_consortium=len(partners) == CONSORTIUM,
        start_planned=moves[0][1] + timedelta(days=400),
        start_planned_precision="month",
        start_actual=next((day for stage, day in moves if stage == Stage.S7), None),
        created_at=world.moment(moves[0][1]),
    )
    project.search_key = search_key(*titles, project.code)
    project.save()
    ProjectCountry.objects.create(project=project, country=place[0])
    Sponsorship.objects.create(project=project, committee=committee, since=moves[0][1])
    Participant.objects.bulk_create(
        Participant(
            project=project,
            organisation=partner,
            role=ParticipantRole.PARTNER if position else ParticipantRole.LEAD,
            share=(Decimal(60) if position == 0 else Decimal(20)) if len(partners) == CONSORTIUM else None,
        )
        for position, partner in enumerate(partners)
    )
    Transition.objects.bulk_create(
        Transition(
            subject_type=Project._meta.label_lower,
            subject_id=project.pk,
            move="create" if position == 0 else "move",
            from_state=moves[position - 1][0] if position else "",
            to_state=stage,
            effective_on=day,
            at=world.moment(day),
            by=world.made["users"]["secretary2@example.org"],
        )
        for position, (stage, day) in enumerate(moves)
    )
    Site.objects.bulk_create(sites(project, place[0], place[1]))
    if number % 2:  # the others came with an old register
        StageEvidence.objects.bulk_create(evidence(project, moves, world.made["users"]["secretary2@example.org"]))
    MoneyEvent.objects.bulk_create(_money(world, project, idea[6], dict(moves)))


def _moves(world: World, end: Stage) -> Iterator[tuple[Stage, date]]:
    """The stages up to `end` with the day on which each was reached; two exits leave from S5."""
    exits = end in (Stage.X1, Stage.X2)
    path = [*PIPELINE[: PIPELINE.index(Stage.S5) + 1], end] if exits else PIPELINE[: PIPELINE.index(end) + 1]
    span = (world.today - world.start).days - 20
    days = sorted(world.chance.sample(range(span), len(path)))
    for stage, offset in zip(path, days, strict=True):
        yield stage, world.start + timedelta(days=offset)


def _money(world: World, project: Project, millions: int, reached: dict[Stage, date]) -> Iterator[MoneyEvent]:
    currency = world.chance.choice(list(RATES))
    value = (Decimal(millions) * MILLION * Decimal(world.chance.randrange(80, 121)) / 100).quantize(Decimal("0.01"))
    planned = [
        (Stage.S3, MoneyKind.PLEDGE, FinanceType.LOAN, Decimal("0.5")),
        (Stage.S5, MoneyKind.CONTRACT_VALUE, "", Decimal(1)),
        (Stage.S6, MoneyKind.COMMITTED, FinanceType.COMMON_EQUITY, Decimal("0.3")),
        (Stage.S6, MoneyKind.COMMITTED, FinanceType.LOAN, Decimal("0.6")),
        (Stage.S7, MoneyKind.DISBURSED, FinanceType.COMMON_EQUITY, Decimal("0.3")),
        (Stage.S8, MoneyKind.DISBURSED, FinanceType.LOAN, Decimal("0.5")),
    ]
    for stage, kind, finance, part in planned:
        if stage not in reached:
            continue
        day = reached[stage]
        yield MoneyEvent(
            project=project,
            kind=kind,
            finance_type=finance,
            amount=(value * part * RATES[currency]).quantize(Decimal("0.01")),
            currency=currency,
            event_date=day,
            rate_to_usd=(1 / RATES[currency]).quantize(Decimal("0.000000000001")),
            rate_source="demonstration",
            evidence="Demonstration record",
            recorded_at=world.moment(day),
        )
