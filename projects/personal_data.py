from django.utils.translation import gettext_lazy as _

from projects.models import MoneyEvent, Participant, Project
from temp_portal.audit.holdings import holding

STAYS = _("A project is about organisations.")

holding(Project, organisation=["lead"], fields=["code", "title", "lead"], stays=STAYS)
holding(Participant, organisation=["organisation"], fields=["project", "organisation"], stays=STAYS)
holding(
    MoneyEvent,
    organisation=["payer_organisation", "receiver_organisation"],
    fields=["project", "kind", "amount", "currency", "event_date"],
    stays=STAYS,
)
