"""People who are on record already are found by their names as well; `Person.save` keeps the keys from now on."""

from typing import Any

from django.db import migrations

from temp_portal.core.search import search_key


def write_keys(apps: Any, _schema_editor: Any) -> None:
    people = apps.get_model("members", "Person").objects.filter(search_key="")
    batch = []
    for person in people.only("name", "name_latin").iterator(chunk_size=2_000):
        person.search_key = search_key(*filter(None, [person.name, person.name_latin]))
        batch.append(person)
    people.model.objects.bulk_update(batch, ["search_key"], batch_size=2_000)


class Migration(migrations.Migration):
    dependencies = [("members", "0005_merged_records_and_names_of_people")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True)]
