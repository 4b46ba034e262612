from members.models.claim import Claim
from members.models.country import CountryStatus
from members.models.dismissal import Dismissal, OrganisationDismissal, PersonDismissal
from members.models.informing import PrivacyNotice, SelfRegistration
from members.models.invitation import Invitation
from members.models.legal import FormerName, LegalEvent, OwnershipStatement
from members.models.merge import Merge, OrganisationMerge, PersonMerge
from members.models.mergeable import Mergeable
from members.models.organisation import Enterprise, ExternalReference, Identifier, Organisation
from members.models.ownership import Ownership
from members.models.person import Consent, Person, Representative

__all__ = [
    "Claim",
    "Consent",
    "CountryStatus",
    "Dismissal",
    "Enterprise",
    "ExternalReference",
    "FormerName",
    "Identifier",
    "Invitation",
    "LegalEvent",
    "Merge",
    "Mergeable",
    "Organisation",
    "OrganisationDismissal",
    "OrganisationMerge",
    "Ownership",
    "OwnershipStatement",
    "Person",
    "PersonDismissal",
    "PersonMerge",
    "PrivacyNotice",
    "Representative",
    "SelfRegistration",
]
