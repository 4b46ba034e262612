"""Texts in which names may stand. Who assessed a risk is named by the account."""

from django.utils.translation import gettext_lazy as _

from projects.risks.models import Risk
from temp_portal.audit.holdings import Trace, trace
from temp_portal.audit.wiping import counter, wiper

TEXTS = ("owner", "description", "mitigation")
trace(Trace(_("risks of projects"), counter(Risk, *TEXTS), wiper(Risk, *TEXTS)))
