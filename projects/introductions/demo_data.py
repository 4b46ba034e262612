"""Introductions at every step, with assessments, exits, and those that came to a project linked to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from committees.models import Committee
from members.demo_data.build import Firm
from members.models import Organisation
from projects.enums import MoneyKind
from projects.introductions.enums import WAY, Criterion, Landing, Step
from projects.introductions.models import Assessment, Entrepreneur, Introduction
from projects.models import MoneyEvent, Project
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World

#: Name of the entrepreneur, what the work is, the last step, and for an exit the step from which it left.
PEOPLE: Final = [
    ("Lin Haoran", "Aluminium foil for batteries", Step.LANDED, None),
    ("Ерлан Абдрахманов", "Dry ports and customs software", Step.LANDED, None),
    ("Gu Wenxuan", "Cold stores for fruit", Step.REGISTERED, None),
    ("Наталья Воронова", "Diagnostic equipment", Step.AGREEMENT, None),
    ("Shen Yiming", "Electric buses for mountain roads", Step.AGREEMENT, None),
    ("Farrukh Nazarov", "Cotton yarn and garments", Step.FEASIBILITY, None),
    ("Tao Ruixin", "Small wind turbines", Step.FEASIBILITY, None),
    ("Айгерим Токтосунова", "Walnut processing", Step.IDEA, None),
    ("Meng Siyuan", "Irrigation by drone maps", Step.IDEA, None),
    ("Павел Лукашевич", "Tractor gearboxes", Step.RECRUITED, None),
    ("Jiang Qiyue", "Glass panels for façades", Step.CONTACTED, None),
    ("Rahim Dost", "Leather goods", Step.CONTACTED, None),
    ("Xu Jiahe", "Battery recycling", Step.IDENTIFIED, None),
    ("Qian Moli", "Household robots", Step.DECLINED, Step.CONTACTED),
    ("Олег Самойлов", "Plywood", Step.LOST, Step.FEASIBILITY),
]
REASONS: Final = {Step.DECLINED: "Expands at home first", Step.LOST: "Found a site elsewhere"}
EVIDENCE: Final = {
    Criterion.INNOVATION: "Own patents and a laboratory",
    Criterion.BRAND: "Known in the home market, sold in neighbouring countries",
    Criterion.OUTLOOK: "Has built a branch abroad before",
}


def load(world: World) -> None:
    """Write entrepreneurs with their scores, introductions with their moves; links projects that have been paid for."""
    user: User = world.made["users"]["secretary2@example.org"]
    institutions: list[Firm] = world.made["institutions"]
    districts = [firm.organisation for firm in institutions if firm.organisation.kind == "local_government"]
    committees = [each for each in world.made["committees"] if each.slug not in ("aluminium", "mineral-resources")]
    paid = MoneyEvent.objects.in_force().filter(kind=MoneyKind.DISBURSED).order_by("project__code", "event_date")
    payments = list(paid.select_related("project")[: 3 * len(PEOPLE) : 3])
    for number, (name, work, last, left_from) in enumerate(PEOPLE):
        entrepreneur = Entrepreneur.objects.create(name=name, field_of_work=work, created_by=user)
        _assess(world, entrepreneur, user)
        committee, district = committees[number % len(committees)], districts[number % len(districts)]
        introduction = _introduction(entrepreneur, committee, district, last, user)
        if last in (Step.LANDED, Step.REGISTERED, Step.AGREEMENT) and payments:
            _link(introduction, payments.pop(0))
        introduction.save()
        Transition.objects.bulk_create(_moves(world, introduction, last, left_from, user))


def _assess(world: World, entrepreneur: Entrepreneur, user: User) -> None:
    Assessment.objects.bulk_create(
        Assessment(
            entrepreneur=entrepreneur,
            criterion=criterion,
            score=world.chance.randrange(2, 6),
            evidence=evidence,
            assessed_on=world.today - timedelta(days=world.chance.randrange(10, 200)),
            assessed_by=user,
        )
        for criterion, evidence in EVIDENCE.items()
    )


def _introduction(
    entrepreneur: Entrepreneur, committee: Committee, district: Organisation, last: Step, user: User
) -> Introduction:
    return Introduction(
        entrepreneur=entrepreneur,
        state=last,
        by_committee=committee,
        committee=committee,
        district=district,
        source="Round table of entrepreneurs",
        idea=f"{entrepreneur.field_of_work}: a plant in the district, sales in the whole region.",
        created_by=user,
    )


def _link(introduction: Introduction, payment: MoneyEvent) -> None:
    project: Project = payment.project
    introduction.project = project
    if introduction.state == Step.LANDED:
        introduction.landed_by, introduction.landing_event = Landing.DISBURSEMENT, payment
        introduction.landing_evidence = "Bank confirmation of the first payment"


def _moves(
    world: World, introduction: Introduction, last: Step, left_from: Step | None, user: User
) -> Iterator[Transition]:
    way = [*WAY[: WAY.index(left_from or last) + 1], *([last] if left_from else [])]
    for position, (step, day) in enumerate(zip(way, _days(world, len(way)), strict=True)):
        before = way[position - 1].value if position else ""
        yield Transition(
            subject_type=Introduction._meta.label_lower,
            subject_id=introduction.pk,
            move=f"to_{step.value}" if position else "introduce",
            from_state=before,
            to_state=step,
            effective_on=day,
            at=world.moment(day),
            by=user,
            reason=REASONS.get(step, ""),
        )


def _days(world: World, count: int) -> Iterator[date]:
    """Ascending days of the past, some weeks between each two."""
    pauses = [world.chance.randrange(14, 70) for _step in range(count)]
    day = world.today - timedelta(days=sum(pauses))
    for pause in pauses:
        yield day
        day += timedelta(days=pause)
