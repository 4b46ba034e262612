from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import holding
from temp_portal.jobs.models import Job

holding(
    Job,
    user=["created_by"],
    fields=["kind", "title", "created_at", "finished_at"],
    stays=_("Jobs say what was made when; their files are removed after some days."),
)
