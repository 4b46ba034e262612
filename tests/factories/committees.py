from datetime import date
from typing import Any

import factory

from committees.composition.defaults import default_rules
from committees.enums import CommitteeState, Sector
from committees.models import Application, Committee, CompositionRule, Seat
from committees.workflows import seats
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
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
