"""Background work: `celery -A temp_portal worker`."""

import os

from celery import Celery

from temp_portal.core.embedded import hook

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temp_portal.settings.dev")
hook.hold_in_program("celery")

app = Celery("temp_portal", task_cls="temp_portal.jobs.task:PortalTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
