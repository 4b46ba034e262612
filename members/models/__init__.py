from members.models.claim import Claim
from members.models.country import CountryStatus
from members.models.organisation import Enterprise, ExternalReference, Identifier, Organisation
from members.models.ownership import Ownership
from members.models.person import Consent, Person, Representative

__all__ = [
    "Claim",
    "Consent",
    "CountryStatus",
    "Enterprise",
    "ExternalReference",
    "Identifier",
    "Organisation",
    "Ownership",
    "Person",
    "Representative",
]
