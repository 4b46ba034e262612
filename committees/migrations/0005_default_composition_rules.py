"""Committees that exist already get the usual rules; new ones get them from `workflows.committees`."""

from typing import Any

from django.db import migrations

from committees.composition.defaults import ALWAYS, DEFAULTS
from temp_portal.core.db import date_range


def give_rules(apps: Any, _schema_editor: Any) -> None:
    """The usual rules for every committee without any."""
    committees = apps.get_model("committees", "Committee").objects.filter(composition_rules__isnull=True)
    rule = apps.get_model("committees", "CompositionRule")
    rule.objects.bulk_create(
        (
            rule(committee_id=pk, valid=date_range(ALWAYS), **default.fields())
            for pk in committees.values_list("pk", flat=True)
            for default in DEFAULTS
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("committees", "0004_composition_rules_and_re_elections")]

    operations = [migrations.RunPython(give_rules, migrations.RunPython.noop, elidable=True)]
