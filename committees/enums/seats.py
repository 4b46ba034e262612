"""Seats and what belongs to them: roles, movements, certificates, dues."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.enums.committees import PositionCode
from members.enums import OwnershipGroup


class FunctionalRole(TextChoices):
    """The seed model: led by central SOEs, supported by local SOEs, spearheaded by private, complemented by foreign."""

    LEAD = "lead", _("Lead")
    SUPPORT = "support", _("Support")
    SPEARHEAD = "spearhead", _("Spearhead")
    COMPLEMENT = "complement", _("Complement")
    NONE = "none", _("None")


ROLE_OF_GROUP = {
    OwnershipGroup.CENTRAL: FunctionalRole.LEAD,
    OwnershipGroup.LOCAL: FunctionalRole.SUPPORT,
    OwnershipGroup.PRIVATE: FunctionalRole.SPEARHEAD,
    OwnershipGroup.FOREIGN: FunctionalRole.COMPLEMENT,
}


class ChainRole(TextChoices):
    """Place in the industrial chain (brief §1, mining)."""

    RAW_MATERIALS = "raw_materials", _("Raw materials")
    PROCESSING = "processing", _("Processing")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    EQUIPMENT = "equipment", _("Equipment")
    TRADE = "trade", _("Trade")
    LOGISTICS = "logistics", _("Logistics")
    ENGINEERING = "engineering", _("Engineering")
    TECHNICAL_SERVICES = "technical_services", _("Technical services")
    CONSULTING = "consulting", _("Consulting")
    FINANCE_LEGAL = "finance_legal", _("Finance and legal")
    INVESTMENT = "investment", _("Investment")
    RESEARCH = "research", _("Research and training")
    END_USER = "end_user", _("End user")


class SeatEntry(TextChoices):
    """How a period of a seat began."""

    ADMITTED = "admitted", pgettext_lazy("member", "admitted")
    CHANGED = "changed", pgettext_lazy("member", "changed")


class SeatExit(TextChoices):
    """How a period of a seat ended; empty while it runs."""

    CHANGED = "changed", pgettext_lazy("member", "changed")
    RESIGNED = "resigned", pgettext_lazy("member", "resigned")
    EXPELLED = "expelled", pgettext_lazy("member", "expelled")
    LAPSED = "lapsed", pgettext_lazy("member", "lapsed")


class MovementKind(TextChoices):
    """What can change on a roster, in the order in which a page names it."""

    JOINED = "joined", pgettext_lazy("movement", "Joined")
    LEFT = "left", pgettext_lazy("movement", "Left")
    ROLE = "role", _("Functional role")
    CHAIN = "chain", _("Chain role")
    VOTING = "voting", _("Voting")
    SUSPENSION = "suspension", _("Suspension")
    REPRESENTATIVE = "representative", _("Representative")
    OWNERSHIP = "ownership", _("Ownership group")
    OFFICE_TAKEN = "office_taken", _("Office taken")
    OFFICE_LEFT = "office_left", _("Office left")
    CORRECTION = "correction", _("Correction")


class Standing(TextChoices):
    """How a member stands on a day, as rosters show it."""

    SITTING = "sitting", pgettext_lazy("member", "sitting")
    SUSPENDED = "suspended", pgettext_lazy("member", "suspended")
    LEFT = "left", pgettext_lazy("member", "left")


class SynchronisationState(TextChoices):
    """How far a roster file is on its way in."""

    UPLOADED = "uploaded", _("uploaded")
    COMPARING = "comparing", _("being compared")
    COMPARED = "compared", _("compared")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    FAILED = "failed", _("failed")
    TAKEN_BACK = "taken_back", _("taken back")


class CertificateState(TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "valid")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")


class ResignationState(TextChoices):
    """What became of an announcement to leave."""

    ANNOUNCED = "announced", pgettext_lazy("resignation", "announced")
    EFFECTIVE = "effective", pgettext_lazy("resignation", "in effect")
    WITHDRAWN = "withdrawn", pgettext_lazy("resignation", "withdrawn")


class DuesGroup(TextChoices):
    """For whom a tier of dues is, the highest first: who holds no office pays as a member (brief §1)."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chairs")
    COUNCIL = "council", _("Council members, supervisors and secretaries")
    MEMBER = "member", _("Members without an office")


DUES_GROUP_OF_POSITION = {
    PositionCode.CHAIR: DuesGroup.CHAIR,
    PositionCode.EXECUTIVE_VICE_CHAIR: DuesGroup.VICE_CHAIR,
    PositionCode.VICE_CHAIR: DuesGroup.VICE_CHAIR,
    PositionCode.SECRETARY_GENERAL: DuesGroup.COUNCIL,
    PositionCode.DEPUTY_SECRETARY_GENERAL: DuesGroup.COUNCIL,
    PositionCode.STANDING_COUNCIL_MEMBER: DuesGroup.COUNCIL,
    PositionCode.COUNCIL_MEMBER: DuesGroup.COUNCIL,
    PositionCode.SUPERVISOR: DuesGroup.COUNCIL,
}


class DuesYearState(TextChoices):
    DRAWN_UP = "drawn_up", pgettext_lazy("dues", "drawn up")
    WITHDRAWN = "withdrawn", pgettext_lazy("dues", "taken back")


class DuesStanding(TextChoices):
    """How the dues of a member for a year stand on a day."""

    DUE = "due", pgettext_lazy("dues", "due")
    PART_PAID = "part_paid", pgettext_lazy("dues", "paid in part")
    PAID = "paid", pgettext_lazy("dues", "paid")
    WAIVED = "waived", pgettext_lazy("dues", "waived")
    ARREARS = "arrears", pgettext_lazy("dues", "in arrears")
