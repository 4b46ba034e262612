from decimal import Decimal
from typing import Any

from members.models import Organisation
from projects.matching.models import Capability, Demand, Listing
from projects.matching.workflows import listings
from temp_portal.accounts.models import User
from tests.factories.members import OrganisationFactory


def demanded(*, by: User, organisation: Organisation | None = None, published: bool = True, **fields: Any) -> Demand:
    """A demand for solar panels in Kazakhstan, made and published through the workflows."""
    usual = {
        "product_en": "Solar panels, 550 W",
        "hs_code": "854143",
        "country": "KZ",
        "point": "Solar park near Karaganda",
        "quantity": Decimal(5000),
        "unit": "piece",
        "target_price": Decimal(80),
    }
    return _entered(Demand, by, organisation, published, usual | fields)


def offered(
    *, by: User, organisation: Organisation | None = None, published: bool = True, prices: Any = (), **fields: Any
) -> Capability:
    """A capability to make them."""
    usual = {
        "product_en": "Solar panels",
        "hs_code": "854143",
        "capacity": Decimal(100_000),
        "minimum_order": Decimal(1000),
        "unit": "piece",
    }
    return _entered(Capability, by, organisation, published, usual | fields, price_breaks=prices)


def _entered(model: Any, by: User, organisation: Any, published: bool, fields: dict[str, Any], **more: Any) -> Any:
    made: Listing = model(organisation=organisation or OrganisationFactory.create(), **fields)
    made = listings.save(made, by=by, **more)
    return listings.move(made, "publish", by=by) if published else made
