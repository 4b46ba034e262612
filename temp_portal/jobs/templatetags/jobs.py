"""`{% load jobs %}{% job_progress job %}`: a job, live, on any page. Nothing is shown for None."""

from typing import Any

from django import template
from django.template import Context

from temp_portal.jobs.component import job_context
from temp_portal.jobs.models import Job

register = template.Library()


@register.inclusion_tag("jobs/_progress.html", takes_context=True)
def job_progress(context: Context, job: Job | None) -> dict[str, Any]:
    """Bar, unit and Cancel while the job waits or runs; then its result, or the reason and Retry."""
    return job_context(job, context["request"].user) if job else {}
