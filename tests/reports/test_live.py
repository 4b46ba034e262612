"""A report from the click to the files with a real worker."""

import pytest

from temp_portal.accounts.enums import Role
from temp_portal.jobs.enums import JobState
from temp_portal.reports import workflows
from temp_portal.reports.models import Report
from temp_portal.reports.verification import recompute
from tests.factories import user_with
from tests.live import wait_until
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_builds_the_report_while_people_go_on_deciding(celery_worker_process):
    celery_worker_process()
    world = worlds.build()
    report = workflows.prepare(
        worlds.quarter(), by=user_with(Role.STAFF), scope=world.scope, languages=["en", "zh-hans", "ru"]
    )

    def finished() -> bool:
        report.job.refresh_from_db()
        return report.job.state == JobState.SUCCEEDED

    wait_until(finished)
    worlds.LATER["an approval"](world)
    report = Report.objects.get(pk=report.pk)
    assert report.files.count() == 10
    assert recompute(report).agrees
