"""What demands, capabilities, resources and capital hang on an organisation."""

from django.utils.translation import gettext_lazy as _

from members.carried import Carried, carries
from members.models import Organisation
from projects.matching.models import Capability, CapitalSource, Demand, ResourceOffer


@carries(Organisation)
def listings(organisation: Organisation) -> Carried:
    kinds = (Demand, Capability, ResourceOffer, CapitalSource)
    found = [str(each) for kind in kinds for each in kind.objects.filter(organisation=organisation).order_by("pk")]
    return Carried(_("Demands, capabilities, resources and capital"), found)
