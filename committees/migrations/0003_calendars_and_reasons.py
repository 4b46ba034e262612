"""The shipped days of working calendars and reasons for decisions."""

from typing import Any

from django.db import migrations

from committees.reference.days import shipped_days
from committees.reference.decisions import REASONS


def _texts(field: str, texts: tuple[str, str, str]) -> dict[str, str]:
    english, chinese, russian = texts
    return {field: english, f"{field}_en": english, f"{field}_zh_hans": chinese, f"{field}_ru": russian}


def load(apps: Any, _schema_editor: Any) -> None:
    day = apps.get_model("committees", "CalendarDay")
    day.objects.bulk_create(
        day(country=each.country, day=each.day, working=each.working, source=each.source, **_texts("name", each.names))
        for each in shipped_days()
    )
    reason = apps.get_model("committees", "DecisionReason")
    reason.objects.bulk_create(
        reason(kind=kind, code=code, order=10 * place, **_texts("text", texts))
        for kind, reasons in REASONS.items()
        for place, (code, texts) in enumerate(reasons.items(), start=1)
    )


class Migration(migrations.Migration):
    replaces = [("committees", "0012_calendars_and_reasons")]

    dependencies = [("committees", "0002_application_numbers")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
