"""Texts in which names may stand. Who issued or reviewed something is named by the account."""

from django.utils.translation import gettext_lazy as _

from projects.handover.models import HandoverCertificate, Review
from temp_portal.audit.holdings import Trace, trace
from temp_portal.audit.wiping import counter

AS_SIGNED = _("It is kept as it was signed: it belongs to the record of a handover.")
trace(Trace(_("certificates of handover"), counter(HandoverCertificate, "received_by"), stays=AS_SIGNED))
trace(Trace(_("reviews after the handover"), counter(Review, "findings"), stays=AS_SIGNED))
