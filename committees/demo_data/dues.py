"""Three years of dues in some committees: most pay, some late, a few for two years not at all."""

from datetime import date, timedelta
from decimal import Decimal

from committees.dues.plan import ORDER, Plan
from committees.enums import WORKING_STATES, DuesGroup
from committees.models import Committee, DuesCharge, DuesPayment, DuesTier, DuesYear
from temp_portal.accounts.models import User
from temp_portal.core.db import date_range
from temp_portal.core.demo import World

COLLECTING = 4
YEARS = 3
TIERS = {
    DuesGroup.CHAIR: ("30000", "Chair", "主任单位", "Председатель"),
    DuesGroup.VICE_CHAIR: ("10000", "Vice-chair", "副主任单位", "Заместитель председателя"),
    DuesGroup.COUNCIL: ("5000", "Council member", "理事单位", "Член совета"),
    DuesGroup.MEMBER: ("2000", "Member", "普通会员", "Член"),
}
#: One seat in so many never pays.
NEVER = 17
PAYING, IN_PART, WAIVED = 0.86, 0.9, 0.92


def load(world: World, committees: list[Committee], users: dict[str, User]) -> None:
    """Write tiers, years, charges and payments for the first of the working committees."""
    staff = users["staff@example.org"]
    working = [each for each in committees if each.state in WORKING_STATES and each.established_on]
    payments: list[DuesPayment] = []
    for committee in working[:COLLECTING]:
        _set_tiers(committee)
        for year in range(world.today.year - YEARS + 1, world.today.year + 1):
            payments += _year(world, committee, year, staff)
    DuesPayment.objects.bulk_create(payments)


def _set_tiers(committee: Committee) -> None:
    Committee.objects.filter(pk=committee.pk).update(keeps_dues=True)
    DuesTier.objects.bulk_create(
        DuesTier(
            committee=committee,
            kind=group,
            amount=Decimal(TIERS[group][0]),
            **dict(zip(("name_en", "name_zh_hans", "name_ru"), TIERS[group][1:], strict=True)),
            valid=date_range(date(2020, 1, 1)),
            decided_by="Member assembly of the host association",
            document="Minutes 3/2020",
        )
        for group in reversed(ORDER)
    )


def _year(world: World, committee: Committee, year: int, staff: User) -> list[DuesPayment]:
    """Charge the members of 1 February; the payments are for the caller to write."""
    day = min(date(year, 2, 1), world.today)
    plan = Plan.of(committee, year, day)
    if not plan.charges:
        return []
    drawn = DuesYear.objects.create(
        committee=committee, year=year, document="Minutes 3/2020", drawn_up_at=world.moment(day), drawn_up_by=staff
    )
    charges = [
        DuesCharge(
            dues_year=drawn,
            seat_id=each.period.seat_id,
            tier=each.tier,
            amount=each.tier.amount,
            currency=each.tier.currency,
            due_on=date(year, 4, 30),
            created_at=world.moment(day),
        )
        for each in plan.charges
    ]
    fates = [world.chance.random() if each.seat_id % NEVER else 1.0 for each in charges]
    for charge, fate in zip(charges, fates, strict=True):
        if IN_PART < fate < WAIVED:
            charge.waived_on, charge.waived_by = day + timedelta(days=60), staff
            charge.waiver_reason, charge.waiver_document = "Flood damage", f"Minutes 5/{year}"
    return [
        DuesPayment(
            charge=charge,
            amount=charge.amount if fate < PAYING else charge.amount / 2,
            paid_on=min(day + timedelta(days=world.chance.randrange(10, 80)), world.today),
            document=f"Bank slip {year}-{charge.seat_id:05d}",
            recorded_by=staff,
        )
        for charge, fate in zip(DuesCharge.objects.bulk_create(charges), fates, strict=True)
        if fate < IN_PART
    ]
