from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.voting import Base, Choice, Outcome
from members.enums import OwnershipGroup


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


class ApplicationState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned for completion")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_APPLICATION_STATES = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.RETURNED)
DECIDED_APPLICATION_STATES = (ApplicationState.APPROVED, ApplicationState.REJECTED)


class Decider(TextChoices):
    """Who decides on applications."""

    SECRETARY = "secretary", _("the secretary")
    COUNCIL = "council", _("the council, by a recorded vote")


class ReasonKind(TextChoices):
    RETURN = "return", _("for returning")
    REJECT = "reject", _("for rejecting")


class VoteState(TextChoices):
    OPEN = "open", pgettext_lazy("vote", "open")
    CLOSED = "closed", pgettext_lazy("vote", "closed")
    CALLED_OFF = "called_off", pgettext_lazy("vote", "called off")


class VoteBase(TextChoices):
    """Of whom a majority is taken; the arithmetic stands in `committees.voting`."""

    ELIGIBLE = Base.ELIGIBLE, _("all who may vote")
    PRESENT = Base.PRESENT, _("those who take part")
    DECIDED = Base.DECIDED, _("those who say yes or no")


class VoteOutcome(TextChoices):
    CARRIED = Outcome.CARRIED, pgettext_lazy("vote", "in favour")
    LOST = Outcome.LOST, pgettext_lazy("vote", "against")
    NO_QUORUM = Outcome.NO_QUORUM, pgettext_lazy("vote", "no quorum")


class BallotChoice(TextChoices):
    YES = Choice.YES, pgettext_lazy("ballot", "yes")
    NO = Choice.NO, pgettext_lazy("ballot", "no")
    ABSTAIN = Choice.ABSTAIN, pgettext_lazy("ballot", "abstention")


class LetterKind(TextChoices):
    RETURN = "return", _("return for completion")
    APPROVAL = "approval", _("approval")
    REJECTION = "rejection", _("rejection")


class TranslationOf(TextChoices):
    """Free texts that either side of an application may translate for the other."""

    MOTIVATION = "motivation", _("why this committee")
    LETTER = "letter", _("letter")
    REMARK = "remark", _("question")
    CONDITION = "condition", _("condition")


class ApplicationSection(TextChoices):
    """The parts of an application that the enterprise fills in one by one."""

    ORGANISATION = "organisation", _("Organisation and register number")
    OWNERSHIP = "ownership", _("Ownership and controller")
    MARKETS = "markets", _("Sectors and target countries")
    REPRESENTATIVE = "representative", _("Representative and consent")
    DOCUMENTS = "documents", _("Documents")
    QUESTIONS = "questions", _("Questions of the committee")
    MOTIVATION = "motivation", _("Place in the chain, and why this committee")


#: Parts that applications which were begun together have in common.
SHARED_SECTIONS = (
    ApplicationSection.ORGANISATION,
    ApplicationSection.OWNERSHIP,
    ApplicationSection.MARKETS,
    ApplicationSection.REPRESENTATIVE,
    ApplicationSection.DOCUMENTS,
)


class QuestionSetState(TextChoices):
    """A committee's questions are written as a draft, asked while open, and kept when a later version takes over."""

    DRAFT = "draft", pgettext_lazy("questions", "draft")
    OPEN = "open", pgettext_lazy("questions", "asked now")
    CLOSED = "closed", pgettext_lazy("questions", "replaced")


class QuestionKind(TextChoices):
    """How a question is answered."""

    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Any of several")
    NUMBER = "number", _("Number")
    FILE = "file", _("File")


class EvidenceKind(TextChoices):
    """What a document of an application shows (brief §1, evidence); the first three are kinds of documents."""

    REGISTER_EXTRACT = "registration", _("Licence or register extract")
    SHAREHOLDERS = "ownership", _("Shareholder structure up to the ultimate controller")
    AUTHORISATION = "authority", _("Letter that authorises the representative")
    ANSWER = "answer", _("Answer to a question")
    OTHER = "other", _("Other document")


#: Kinds that a committee may ask of every applicant.
ASKED_EVIDENCE = (EvidenceKind.REGISTER_EXTRACT, EvidenceKind.SHAREHOLDERS, EvidenceKind.AUTHORISATION)
