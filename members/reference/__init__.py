"""Facts of the world that the registry refers to: countries with their SCO standing, industry classifications."""

from members.reference.industry import Classification, IndustryCode, classification, classifications, find_code
from members.reference.standings import STANDINGS, Standing, countries_with, standing_on
from temp_portal.core.country_names import country_choices, country_name, find_country, is_region

__all__ = [
    "STANDINGS",
    "Classification",
    "IndustryCode",
    "Standing",
    "classification",
    "classifications",
    "countries_with",
    "country_choices",
    "country_name",
    "find_code",
    "find_country",
    "is_region",
    "standing_on",
]
