"""What migrations of this portal do beyond Django's own operations."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import OperationWriter

from temp_portal.core.operations import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))
CIRCLE = CreateModels(
    [
        CreateModel("Hen", [KEY, ("hatched_from", models.ForeignKey("farm.Egg", models.PROTECT, null=True))]),
        CreateModel("Egg", [KEY, ("laid_by", models.ForeignKey("farm.Hen", models.PROTECT))]),
    ]
)


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name in {"farm_hen", "farm_egg"}}


@pytest.mark.django_db
def test_models_that_refer_to_each_other_are_created_and_removed_at_once():
    before = MigrationLoader(connection).project_state()
    assert before.apps.get_models()
    after = before.clone()
    CIRCLE.state_forwards("farm", after)
    with connection.schema_editor() as editor:
        CIRCLE.database_forwards("farm", editor, before, after)
    assert tables() == {"farm_hen", "farm_egg"}
    egg, hen = after.apps.get_model("farm", "Egg"), after.apps.get_model("farm", "Hen")
    egg.objects.create(laid_by=hen.objects.create())
    assert egg.objects.get().laid_by.hatched_from is None
    assert after.apps.get_model(get_user_model()._meta.label)
    connection.check_constraints()
    with connection.schema_editor() as editor:
        CIRCLE.database_backwards("farm", editor, after, before)
    assert tables() == set()


def test_it_is_written_into_migrations():
    written, imports = OperationWriter(CIRCLE).serialize()
    assert "import temp_portal.core.operations" in imports
    made = {}
    exec("\n".join([*imports, "from django.db import migrations, models", f"made = {written.rstrip(',')}"]), made)  # noqa: S102
    assert OperationWriter(made["made"]).serialize()[0] == written
