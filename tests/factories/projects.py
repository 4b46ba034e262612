from datetime import date
from decimal import Decimal

import factory

from projects.enums import MoneyKind, Stage
from projects.models import MoneyEvent, Project


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"P-{n:05d}")
    title_en = factory.Sequence(lambda n: f"Example project {n}")
    stage = Stage.S3


class MoneyEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MoneyEvent

    project = factory.SubFactory(ProjectFactory)
    kind = MoneyKind.COMMITTED
    amount = Decimal("1000000.00")
    currency = "USD"
    event_date = date(2026, 5, 1)
