from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("committees", "0001_initial")]

    dependencies = [("committees", "0001_tables")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE committees_application_number", "DROP SEQUENCE committees_application_number"
        ),
    ]
