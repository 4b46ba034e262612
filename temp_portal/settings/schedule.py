"""What the scheduler wakes, and when. A second one does no harm; what finds no worker in time is dropped."""

from typing import Any

from celery.schedules import crontab


def wakings(lease: int) -> dict[str, dict[str, Any]]:
    """Entries of celery beat. lease: seconds after which a job without a sign of life is swept up."""
    return {
        "deliver mails": {
            "task": "temp_portal.notifications.tasks.deliver",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "sweep jobs": {
            "task": "temp_portal.jobs.tasks.sweep",
            "schedule": lease / 4,
            "options": {"expires": lease / 2},
        },
        "purge files of jobs": {
            "task": "temp_portal.jobs.tasks.purge",
            "schedule": crontab(hour="3", minute="20"),
            "options": {"expires": 3600},
        },
        "remind of documents that expire": {
            "task": "temp_portal.documents.tasks.remind",
            "schedule": crontab(hour="6", minute="10"),
            "options": {"expires": 3600},
        },
        "examine documents left over": {
            "task": "temp_portal.documents.tasks.sweep",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        "tidy files of documents": {
            "task": "temp_portal.documents.tasks.tidy",
            "schedule": crontab(hour="3", minute="40"),
            "options": {"expires": 3600},
        },
        "ask for confirmations": {
            "task": "committees.tasks.ask_for_confirmations",
            "schedule": crontab(hour="0", minute="20"),
            "options": {"expires": 3600},
        },
        "carry out resignations": {
            "task": "committees.tasks.carry_out_resignations",
            "schedule": crontab(hour="0", minute="10"),
            "options": {"expires": 3600},
        },
        "pass overdue claims on": {
            "task": "members.tasks.pass_overdue_claims_on",
            "schedule": crontab(hour="1", minute="10"),
            "options": {"expires": 3600},
        },
        "keep no longer than needed": {
            "task": "members.privacy.tasks.keep_no_longer",
            "schedule": crontab(hour="2", minute="40"),
            "options": {"expires": 3600},
        },
        "call re-elections": {
            "task": "committees.tasks.call_re_elections",
            "schedule": crontab(hour="0", minute="30"),
            "options": {"expires": 3600},
        },
        "look after applications": {
            "task": "committees.tasks.look_after_applications",
            "schedule": crontab(hour="0", minute="40"),
            "options": {"expires": 3600},
        },
        "ask for updates of projects": {
            "task": "projects.progress.tasks.ask_for_updates",
            "schedule": crontab(hour="0", minute="50"),
            "options": {"expires": 3600},
        },
        "look after reviews of handovers": {
            "task": "projects.handover.tasks.look_after_reviews",
            "schedule": crontab(hour="0", minute="55"),
            "options": {"expires": 3600},
        },
        "remind of reviews of risks": {
            "task": "projects.risks.tasks.remind_of_reviews",
            "schedule": crontab(hour="6", minute="20"),
            "options": {"expires": 3600},
        },
    }
