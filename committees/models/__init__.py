from committees.models.answer import Answer, Remark, SavedPart
from committees.models.application import Application, Bundle
from committees.models.certificate import Certificate
from committees.models.committee import Committee, Filing, Term
from committees.models.position import Appointment, Position
from committees.models.questions import Question, QuestionSet
from committees.models.reelection import Candidacy, ReElection, SeatTerm
from committees.models.rule import CompositionRule
from committees.models.seat import Seat, SeatPeriod
from committees.models.synchronisation import Synchronisation

__all__ = [
    "Answer",
    "Application",
    "Appointment",
    "Bundle",
    "Candidacy",
    "Certificate",
    "Committee",
    "CompositionRule",
    "Filing",
    "Position",
    "Question",
    "QuestionSet",
    "ReElection",
    "Remark",
    "SavedPart",
    "Seat",
    "SeatPeriod",
    "SeatTerm",
    "Synchronisation",
    "Term",
]
