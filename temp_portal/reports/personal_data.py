from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import Trace, trace
from temp_portal.audit.wiping import counter
from temp_portal.reports.models import Report

trace(
    Trace(
        _("frozen quarterly reports"),
        counter(Report, "figures"),
        stays=_("A frozen report is bound by its hash and kept for good."),
    )
)
