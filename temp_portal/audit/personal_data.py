"""Who read whose data, and texts that belong to what was decided."""

from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import Trace, left_out, trace
from temp_portal.audit.models import Reading, Recording, Transition
from temp_portal.audit.wiping import counter

left_out(Reading, "reader", why=_("Who read data stays on record for those whose data were read."))

AS_WRITTEN = _("What was written when something was decided belongs to the decision and is never changed.")
trace(Trace(_("reasons of decisions"), counter(Transition, "reason"), stays=AS_WRITTEN))
trace(Trace(_("notes on what was recorded"), counter(Recording, "note"), stays=AS_WRITTEN))
