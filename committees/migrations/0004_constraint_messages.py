import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_seatperiod_representative")]

    operations = [
        migrations.AlterConstraint(
            model_name="appointment",
            name="appointment_no_overlap",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("position", "="), ("seat", "="), ("valid", "&&")],
                name="appointment_no_overlap",
                violation_error_message="The member holds this position on these days already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="filing",
            name="filing_unique",
            constraint=models.UniqueConstraint(
                fields=("committee", "recipient"),
                name="filing_unique",
                violation_error_message="A filing with this recipient is recorded already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="term",
            name="term_number_unique",
            constraint=models.UniqueConstraint(
                fields=("committee", "number"),
                name="term_number_unique",
                violation_error_message="This committee has a term of this number already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="term",
            name="term_no_overlap",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("committee", "="), ("valid", "&&")],
                name="term_no_overlap",
                violation_error_message="Another term of this committee covers some of these days.",
            ),
        ),
    ]
