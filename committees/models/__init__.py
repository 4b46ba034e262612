from committees.models.answer import Answer, Remark, SavedPart
from committees.models.application import Application, Bundle
from committees.models.calendar import CalendarDay
from committees.models.certificate import Certificate
from committees.models.committee import Committee, Filing, Term
from committees.models.confirmation import Confirmation, ConfirmationRound
from committees.models.dues import DuesCharge, DuesPayment, DuesTier, DuesYear
from committees.models.evidence import ApplicationDocument
from committees.models.letter import Condition, Letter, TextTranslation
from committees.models.position import Appointment, Position
from committees.models.procedure import AdmissionProcedure, ChecklistVersion, DecisionReason
from committees.models.questions import Question, QuestionSet
from committees.models.reelection import Candidacy, ReElection, SeatTerm
from committees.models.resignation import Resignation
from committees.models.review import Assignment, ChecklistTick, ConflictOfInterest, ReviewNote
from committees.models.rule import CompositionRule
from committees.models.seat import Seat, SeatPeriod
from committees.models.synchronisation import Synchronisation
from committees.models.vote import AdmissionVote, Ballot, Elector

__all__ = [
    "AdmissionProcedure",
    "AdmissionVote",
    "Answer",
    "Application",
    "ApplicationDocument",
    "Appointment",
    "Assignment",
    "Ballot",
    "Bundle",
    "CalendarDay",
    "Candidacy",
    "Certificate",
    "ChecklistTick",
    "ChecklistVersion",
    "Committee",
    "CompositionRule",
    "Condition",
    "Confirmation",
    "ConfirmationRound",
    "ConflictOfInterest",
    "DecisionReason",
    "DuesCharge",
    "DuesPayment",
    "DuesTier",
    "DuesYear",
    "Elector",
    "Filing",
    "Letter",
    "Position",
    "Question",
    "QuestionSet",
    "ReElection",
    "Remark",
    "Resignation",
    "ReviewNote",
    "SavedPart",
    "Seat",
    "SeatPeriod",
    "SeatTerm",
    "Synchronisation",
    "Term",
    "TextTranslation",
]
