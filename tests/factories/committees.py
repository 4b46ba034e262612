from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from committees.composition.defaults import default_rules
from committees.enums import CommitteeState, DuesGroup, Sector
from committees.models import Application, Committee, CompositionRule, DuesCharge, DuesTier, Seat
from committees.workflows import dues, seats
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.core.db import date_range
from tests.factories.accounts import UserFactory, user_with
from tests.factories.members import OrganisationFactory


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    slug = factory.Sequence(lambda n: f"committee-{n}")
    name_en = factory.Sequence(lambda n: f"Working Committee {n}")
    name_zh_hans = factory.Sequence(lambda n: f"工作委员会{n}")
    name_ru = factory.Sequence(lambda n: f"Рабочий комитет {n}")
    sector = Sector.MATERIALS
    state = CommitteeState.ACTIVE


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft; use `workflows.applications` to move it."""

    class Meta:
        model = Application

    committee = factory.SubFactory(CommitteeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(UserFactory)


def give_rules(committee: Committee) -> None:
    """The usual rules of composition, which a committee made by the factory lacks."""
    CompositionRule.objects.bulk_create(default_rules(committee))


def committee_with_secretary(**fields: Any) -> tuple[Committee, User]:
    committee = CommitteeFactory.create(**fields)
    return committee, user_with(Role.SECRETARY, committee)


def admit(
    committee: Committee,
    organisation: Organisation | None = None,
    *,
    on: date = date(2024, 1, 1),
    by: User | None = None,
    **options: Any,
) -> Seat:
    """Give a seat through the workflow."""
    return seats.admit(
        committee,
        organisation or OrganisationFactory.create(),
        by=by or user_with(Role.SECRETARY, committee),
        effective_on=on,
        **options,
    )


def dues_tier(committee: Committee, kind: str = DuesGroup.MEMBER, amount: str = "2000.00", **fields: Any) -> DuesTier:
    """A tier of dues in force since 2020."""
    return DuesTier.objects.create(
        committee=committee,
        kind=kind,
        name_en=f"Tier {kind}",
        amount=Decimal(amount),
        **{"valid": date_range(date(2020, 1, 1)), "decided_by": "Association", "document": "Minutes 1"} | fields,
    )


def charged(seat: Seat, year: int = 2026, *, by: User, amount: str = "2000.00") -> DuesCharge:
    """The dues of a year for all who sit in the committee of the seat; returns the seat's own."""
    if not seat.committee.dues_tiers.exists():
        dues.save_tier(dues_tier(seat.committee, amount=amount), by=by)
    made = dues.draw_up(seat.committee, by=by, year=year, day=timezone.localdate(), due_on=date(year, 3, 31))
    return DuesCharge.objects.with_standing().get(dues_year=made, seat=seat)
