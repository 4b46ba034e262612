from django.utils.translation import gettext_lazy as _

from projects.matching.models import Capability, CapitalSource, Demand, ResourceOffer
from temp_portal.audit.holdings import holding

STAYS = _("What organisations need and make says nothing about a person.")

for model, fields in (
    (Demand, ["product", "country", "point", "scenario", "quantity", "target_price", "deadline", "ip_owner"]),
    (Capability, ["product", "capacity", "minimum_order", "certificates", "countries", "regions"]),
    (ResourceOffer, ["country", "resource", "reserve", "unit", "licence"]),
    (CapitalSource, ["instrument", "currency", "amount_from", "amount_to", "conditions"]),
):
    holding(model, organisation=["organisation"], fields=["organisation", "state", *fields], stays=STAYS)
