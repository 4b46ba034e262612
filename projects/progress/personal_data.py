"""Texts in which names may stand. Who wrote or decided something is named by the account."""

from django.utils.translation import gettext_lazy as _

from projects.progress.models import Comment, ProgressUpdate
from temp_portal.audit.holdings import Trace, trace
from temp_portal.audit.wiping import counter

AS_WRITTEN = _("It is kept as it was written: it belongs to the record of a project.")
trace(Trace(_("comments on projects"), counter(Comment, "text"), stays=AS_WRITTEN))
trace(
    Trace(
        _("quarterly updates"),
        counter(ProgressUpdate, "work_done", "next_steps", "difficulties", "safety", "return_note"),
        stays=AS_WRITTEN,
    )
)
