"""Applications and how they are decided."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.voting import Base, Choice, Outcome


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
