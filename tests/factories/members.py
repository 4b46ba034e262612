from datetime import date
from typing import Any

import factory
from django.utils import timezone

from members.enums import OwnershipType
from members.models import Organisation, Ownership, Person
from temp_portal.core.db import date_range


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    legal_name = factory.Sequence(lambda n: f"示例企业{n}有限公司")
    legal_name_language = "zh-hans"
    name_en = factory.Sequence(lambda n: f"Example Enterprise {n}")
    name_zh_hans = factory.SelfAttribute("legal_name")
    country = "CN"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")


def own(
    organisation: Organisation,
    ownership_type: str = OwnershipType.PRIVATE,
    *,
    since: date = date(2020, 1, 1),
    until: date | None = None,
    verified: bool = True,
    **fields: Any,
) -> Ownership:
    """Record an ownership, verified unless told otherwise."""
    return Ownership.objects.create(
        organisation=organisation,
        type=ownership_type,
        valid=date_range(since, until),
        verified_at=timezone.now() if verified else None,
        **fields,
    )
