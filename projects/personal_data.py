from django.utils.translation import gettext_lazy as _

from projects.models import Participant, Project
from temp_portal.audit.holdings import holding

STAYS = _("A project is about organisations.")

holding(Project, organisation=["lead"], fields=["code", "title", "lead"], stays=STAYS)
holding(Participant, organisation=["organisation"], fields=["project", "organisation"], stays=STAYS)
