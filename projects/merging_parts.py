"""What projects hang on an organisation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.carried import Carried, carries
from members.models import Organisation
from projects.models import Project


@carries(Organisation)
def projects(organisation: Organisation) -> Carried:
    taken = Q(lead=organisation) | Q(participants__organisation=organisation)
    taken |= Q(money_events__payer_organisation=organisation) | Q(money_events__receiver_organisation=organisation)
    found = Project.objects.filter(taken).distinct().order_by("code")
    return Carried(_("Projects"), [f"{project.code} {project}" for project in found])
