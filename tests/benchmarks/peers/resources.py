"""django-import-export over the same data: exports of seats, import of enterprises."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tablib
from django.utils import timezone
from import_export import fields, resources

from committees.models import SeatPeriod
from members.models import Organisation

#: Heading → attribute of the row, the columns of the portal's export.
ATTRIBUTES = {
    "Organisation": "seat__organisation__legal_name",
    "Name in English": "seat__organisation__name_en",
    "Name in Chinese": "seat__organisation__name_zh_hans",
    "Name in Russian": "seat__organisation__name_ru",
    "Committee": "seat__committee__name_en",
    "Address of the committee": "seat__committee__slug",
    "Sector": "seat__committee__sector",
    "Country": "seat__organisation__country",
    "Region": "seat__organisation__region",
    "City": "seat__organisation__city",
    "Registered on": "seat__organisation__registered_on",
    "Ownership": "ownership_group",
    "Functional role": "functional_role",
    "Chain role": "chain_role",
    "Representative": "representative__name",
    "Member since": "member_since",
    "Member until": "member_until",
    "State": "standing",
    "Voting": "voting",
    "Decision document": "document",
}


class SeatResource(resources.Resource):
    """Seats with the columns of the portal's export."""

    class Meta:
        model = SeatPeriod

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for heading, attribute in ATTRIBUTES.items():
            self.fields[heading] = fields.Field(attribute=attribute, column_name=heading)


class EnterpriseResource(resources.ModelResource):
    """Enterprises by their registered names."""

    class Meta:
        model = Organisation
        import_id_fields = ("legal_name",)
        fields = ("legal_name", "country", "region", "city", "registered_on", "registered_capital", "business_scope")
        skip_unchanged = True
        use_transactions = True


@dataclass(frozen=True)
class ImportTaken:
    """What an import by the peer took. rows: how many rows went in."""

    seconds: float
    rows: int


def import_enterprises(lines: Iterable[dict[str, str]]) -> ImportTaken:
    """Import rows and take them back: what a dry run of the package's admin does."""
    data = tablib.Dataset()
    data.dict = list(lines)
    began = time.perf_counter()
    result = EnterpriseResource().import_data(data, dry_run=True, raise_errors=False)
    return ImportTaken(time.perf_counter() - began, result.totals["new"] + result.totals["update"])


def export(fmt: str, target: Path, limit: int) -> None:
    """Export up to `limit` seats into a file, as the package's admin does: all in memory."""
    day = timezone.localdate()
    rows = SeatPeriod.objects.current().on(day).with_roster(day).prefetch_related(None).order_by("-pk")[:limit]
    data = SeatResource().export(rows)
    content = data.export(fmt)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
