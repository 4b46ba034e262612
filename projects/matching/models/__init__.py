from projects.matching.models.capital import CapitalSource, ResourceOffer
from projects.matching.models.listing import Listing, ProductListing
from projects.matching.models.match import Match
from projects.matching.models.product import Capability, Demand, PriceBreak

__all__ = [
    "Capability",
    "CapitalSource",
    "Demand",
    "Listing",
    "Match",
    "PriceBreak",
    "ProductListing",
    "ResourceOffer",
]
