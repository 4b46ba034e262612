"""What tests of the synchronisation share: files of a roster, and the way through the pages."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committees.models import Committee, Seat, SeatPeriod, Synchronisation
from committees.synchronisation import work
from committees.synchronisation.fields import preset_for
from committees.synchronisation.plan import Group, Plan, make_plan
from committees.workflows import synchronisation as workflow
from members.models import Organisation
from temp_portal.accounts.models import User
from temp_portal.imports.storage import keep

from committees.synchronisation.reading import look_into  # isort: skip


def csv_of(rows: Sequence[Mapping[str, object]], *, encoding: str = "utf-8") -> bytes:
    """A CSV file with the keys of the first row as header."""
    return csv_lines([list(rows[0]), *(list(row.values()) for row in rows)], encoding=encoding)


def csv_lines(lines: Iterable[Sequence[object]], *, encoding: str = "utf-8") -> bytes:
    """A CSV file of these lines."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode(encoding)


def compared(
    committee: Committee, content: bytes, *, by: User, on: date | None = None, name: str = "roster.csv"
) -> Synchronisation:
    """The file as it stands after upload and comparison, its columns as they were recognised."""
    upload = SimpleUploadedFile(name, content)
    looks = [look.to_data() for look in look_into(upload)]
    values = {"effective_on": on} if on else {}
    made = workflow.upload(committee, by=by, name=name, file=keep(upload), sheets=looks, **values)
    made = workflow.choose_sheet(made, next(look for look in looks if not look["problem"]), by=by)
    preset = preset_for(made, committee)
    return work.proceed(workflow.map_columns(made, preset.mapping, by=by), by=by)


def decided(made: Synchronisation, *, by: User, **decisions: Any) -> Synchronisation:
    """The same file after decisions about it."""
    return work.proceed(workflow.decide(made, by=by, **decisions), by=by)


def applied(made: Synchronisation, *, by: User, **record: str) -> Synchronisation:
    """The same file, written."""
    return work.proceed(workflow.apply(made, by=by, **record), by=by)


def counts(made: Synchronisation) -> dict[str, int]:
    """Entries of the plan by group, without those that are empty."""
    return {group: number for group, number in make_plan(made, by=made.created_by).counts.items() if number}


def entries(made: Synchronisation, group: Group) -> list[Any]:
    """The entries of one group."""
    plan: Plan = make_plan(made, by=made.created_by)
    return plan.entries[group]


def cells(entry: Any) -> dict[str, tuple[str, str]]:
    """field → (before, after) of what is written."""
    return {cell.field: (cell.before, cell.after) for cell in entry.written}


def roster(committee: Committee, day: date) -> set[int]:
    """Organisations that sit on the day."""
    return set(SeatPeriod.objects.of(committee).on(day).values_list("seat__organisation", flat=True))


def upload(client: Client, committee: Committee, content: bytes, name: str = "roster.csv", **values: str) -> Any:
    """Send a file to the upload page."""
    file = SimpleUploadedFile(name, content)
    address = reverse("committees:synchronise", args=[committee.slug])
    return client.post(address, {"file": file, "effective_on": "2026-11-01"} | values)


def seat_of(firm: Organisation) -> Seat:
    """The only seat of the organisation."""
    return Seat.objects.get(organisation=firm)


def row(name: str, **values: str) -> dict[str, str]:
    """A row of the usual file."""
    return {"单位名称": name, "职务": "", "功能角色": "", "入会时间": ""} | values


def members(*extra: dict[str, str]) -> list[dict[str, str]]:
    """Rows of the three members, and more."""
    return [*map(row, ("渝岭矿业有限公司", "Yuanyu Trade", "三禾冷链有限公司")), *extra]


def chosen(page: Any) -> dict[str, str]:
    """What the form of the columns is filled in with."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def send(client: Client, made: Synchronisation, **values: str) -> Any:
    """Send the page of the file as it stands, with some answers."""
    form = client.get(made.get_absolute_url()).context["form"]
    usual = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (usual | values).items() if value not in (None, False, "")}
    return client.post(made.get_absolute_url(), sent)
