"""The shipped days of working calendars and reasons for decisions."""

from typing import Any

from django.db import migrations

from committees.reference.days import shipped_days
from committees.reference.decisions import REASONS

DECISION_WORKING_DAYS = 20


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
    # Clocks that run already go on.
    open_ones = apps.get_model("committees", "Application").objects.filter(state__in=["submitted", "returned"])
    open_ones.update(clock_days=DECISION_WORKING_DAYS)


class Migration(migrations.Migration):
    dependencies = [("committees", "0011_review_of_applications")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
