"""Random records and choices, merged and taken apart: every row of the register is what it was."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core import serializers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.enums import OrganisationKind, OrganisationStatus
from members.models import Identifier, Organisation, Ownership, Person
from members.workflows import merge, undo_merge
from members.workflows.merging import ORGANISATION_VALUES, PERSON_VALUES
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, PersonFactory, own, user_with

pytestmark = pytest.mark.django_db

words = st.sampled_from(["", "渝岭矿业有限公司", "REX Trading", "ООО «Рекс»", "Étoile"])
names = words.filter(bool)
organisations = st.fixed_dictionaries(
    {
        "legal_name": names,
        "legal_name_language": st.sampled_from(["zh-hans", "ru", ""]),
        "name_en": words,
        "name_zh_hans": words,
        "name_ru": words,
        "aliases": st.lists(names, max_size=2),
        "kind": st.sampled_from(OrganisationKind.values),
        "status": st.sampled_from(OrganisationStatus.values),
        "country": st.sampled_from(["", "CN", "KZ"]),
        "city": words,
        "industry_codes": st.lists(st.just({"scheme": "ISIC", "version": "4", "code": "2420"}), max_size=1),
        "registered_on": st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
        "registered_capital": st.none() | st.integers(0, 10**9).map(lambda number: Decimal(number) / 100),
        "capital_currency": st.sampled_from(["", "CNY", "USD"]),
    }
)
people = st.fixed_dictionaries(
    {
        "name": names,
        "name_latin": words,
        "name_zh": words,
        "name_ru": words,
        "email": st.sampled_from(["", "li@example.org"]),
        "languages": st.lists(st.sampled_from(["zh-hans", "ru", "en"]), max_size=2, unique=True),
    }
)


def choices(values):
    return st.lists(st.sampled_from([group[0] for group in values]), unique=True)


def register():
    """Every row that a merge might touch, as text."""
    models = (Organisation, Identifier, Ownership, Person)
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return json.loads(serializers.serialize("json", rows))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=organisations, other=organisations, take=choices(ORGANISATION_VALUES), with_parent=st.booleans())
def test_organisations(django_db_blocker, one, other, take, with_parent):
    staff = user_with(Role.STAFF)
    parent = OrganisationFactory.create() if with_parent else None
    merged, remaining = OrganisationFactory.create(**one, parent=parent), OrganisationFactory.create(**other)
    own(merged)
    Identifier.objects.create(organisation=merged, scheme="X", value=str(merged.pk))
    before = register()
    made = merge(merged, remaining, by=staff, take=take)
    assert Organisation.objects.get(pk=merged.pk).remaining == remaining
    undo_merge(made, by=staff)
    assert register() == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=people, other=people, take=choices(PERSON_VALUES))
def test_people(django_db_blocker, one, other, take):
    staff = user_with(Role.STAFF)
    merged, remaining = PersonFactory.create(**one), PersonFactory.create(**other)
    before = register()
    undo_merge(merge(merged, remaining, by=staff, take=take), by=staff)
    assert register() == before
