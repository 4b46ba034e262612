"""A committee: its states, positions, terms and rules of composition."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitteeState(TextChoices):
    """Domain brief §1, life cycle."""

    PROPOSED = "proposed", pgettext_lazy("committee", "proposed")
    PREPARATORY = "preparatory", pgettext_lazy("committee", "preparatory group")
    UNDER_REVIEW = "under_review", pgettext_lazy("committee", "under review")
    APPROVED = "approved", pgettext_lazy("committee", "approved")
    RETURNED = "returned", pgettext_lazy("committee", "returned")
    REJECTED = "rejected", pgettext_lazy("committee", "rejected")
    ESTABLISHED = "established", pgettext_lazy("committee", "established")
    ACTIVE = "active", pgettext_lazy("committee", "active")
    RE_ELECTION_DUE = "re_election_due", pgettext_lazy("committee", "re-election due")
    SUSPENDED = "suspended", pgettext_lazy("committee", "suspended")
    DISSOLVED = "dissolved", pgettext_lazy("committee", "dissolved")


WORKING_STATES = (CommitteeState.ESTABLISHED, CommitteeState.ACTIVE, CommitteeState.RE_ELECTION_DUE)
PREPARING_STATES = (
    CommitteeState.PREPARATORY,
    CommitteeState.UNDER_REVIEW,
    CommitteeState.RETURNED,
    CommitteeState.APPROVED,
)
ONGOING_STATES = (*PREPARING_STATES, *WORKING_STATES, CommitteeState.SUSPENDED)
PUBLIC_STATES = (*ONGOING_STATES, CommitteeState.DISSOLVED)

#: Tone of the status tag (look: status).
STATE_TONES: dict[str, str] = {
    CommitteeState.PROPOSED: "",
    CommitteeState.PREPARATORY: "info",
    CommitteeState.UNDER_REVIEW: "wait",
    CommitteeState.APPROVED: "info",
    CommitteeState.RETURNED: "warn",
    CommitteeState.REJECTED: "bad",
    CommitteeState.ESTABLISHED: "info",
    CommitteeState.ACTIVE: "ok",
    CommitteeState.RE_ELECTION_DUE: "wait",
    CommitteeState.SUSPENDED: "warn",
    CommitteeState.DISSOLVED: "",
}


class Sector(TextChoices):
    """Headings under which the catalogue groups committees."""

    MATERIALS = "materials", _("Materials and mining")
    ENERGY = "energy", _("Energy and environment")
    MANUFACTURING = "manufacturing", _("Manufacturing and equipment")
    TRANSPORT = "transport", _("Transport and logistics")
    AGRICULTURE = "agriculture", _("Agriculture and food")
    DIGITAL = "digital", _("Digital economy")
    SERVICES = "services", _("Education, health and services")


class TitleSet(TextChoices):
    """How a committee names its officers in Chinese (brief §1)."""

    DIRECTOR = "director", "主任制"
    PRESIDENT = "president", "会长制"
    COUNCIL = "council", "理事长制"


class PositionCode(TextChoices):
    CHAIR = "chair", _("Chair")
    EXECUTIVE_VICE_CHAIR = "executive_vice_chair", _("Executive vice-chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")
    DEPUTY_SECRETARY_GENERAL = "deputy_secretary_general", _("Deputy secretary-general")
    STANDING_COUNCIL_MEMBER = "standing_council_member", _("Standing council member")
    COUNCIL_MEMBER = "council_member", _("Council member")
    SUPERVISOR = "supervisor", _("Supervisor")
    UNIT_MEMBER = "unit_member", _("Unit member")
    OBSERVER = "observer", _("Observer")


#: Offices that the public page names one by one.
OFFICERS = (
    PositionCode.CHAIR,
    PositionCode.EXECUTIVE_VICE_CHAIR,
    PositionCode.VICE_CHAIR,
    PositionCode.SECRETARY_GENERAL,
    PositionCode.DEPUTY_SECRETARY_GENERAL,
)
#: Seats of the council: its members and those whom it elects from among them.
COUNCIL = (
    PositionCode.CHAIR,
    PositionCode.EXECUTIVE_VICE_CHAIR,
    PositionCode.VICE_CHAIR,
    PositionCode.STANDING_COUNCIL_MEMBER,
    PositionCode.COUNCIL_MEMBER,
)


class ReElectionState(TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("re-election", "announced")
    NOMINATED = "nominated", pgettext_lazy("re-election", "slate closed")
    HELD = "held", pgettext_lazy("re-election", "held")
    CALLED_OFF = "called_off", pgettext_lazy("re-election", "called off")


OPEN_RE_ELECTION_STATES = (ReElectionState.ANNOUNCED, ReElectionState.NOMINATED)


class RuleCode(TextChoices):
    """Composition rules of the domain brief §2, by what each asks for."""

    R1 = "R1", _("All four groups present")
    R2 = "R2", _("Led by a central SOE")
    R3 = "R3", _("Supported by local SOEs")
    R4 = "R4", _("Private enterprises are the largest group")
    R5 = "R5", _("Complemented by foreign enterprises")
    R6 = "R6", _("Members from other SCO countries")
    R7 = "R7", _("No corporate group dominates")
    R8 = "R8", _("Enough members")
    R9 = "R9", _("Offices are spread")
    R10 = "R10", _("Ownership verified, evidence recent")


class RuleBase(TextChoices):
    """Among whom a rule counts."""

    MEMBERS = "members", _("voting unit members")
    COUNCIL = "council", _("council seats")
    OFFICERS = "officers", _("officers")


class RuleOperator(TextChoices):
    """以上 includes the number, 超过 excludes it (brief §1): both occur in committees' rules."""

    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    AT_MOST = "at_most", _("at most")
    LESS_THAN = "less_than", _("less than")
    BETWEEN = "between", _("from … to")


class RuleSeverity(TextChoices):
    """What it means when a rule is not met."""

    INFO = "info", pgettext_lazy("rule", "information")
    WARN = "warn", pgettext_lazy("rule", "warning")
    BLOCK = "block", pgettext_lazy("rule", "obstacle")


class CountBy(TextChoices):
    """How a firm abroad that is controlled from China is counted."""

    REGISTRATION = "registration", _("by country of registration")
    CONTROLLER = "controller", _("by controller")
