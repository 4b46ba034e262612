"""The standing of countries towards the SCO, from the reference data."""

from django.db import migrations
from psycopg2.extras import DateRange

from members.reference import STANDINGS


def load(apps, schema_editor):
    CountryStatus = apps.get_model("members", "CountryStatus")
    CountryStatus.objects.bulk_create(
        CountryStatus(
            country=row.country,
            standing=row.standing,
            valid=DateRange(row.valid_from, row.valid_to, "[)"),
            source=row.source,
        )
        for row in STANDINGS
    )


def remove(apps, schema_editor):
    apps.get_model("members", "CountryStatus").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("members", "0001_tables")]

    operations = [
        migrations.RunPython(load, remove),
    ]
