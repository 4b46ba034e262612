from committees.models.application import Application
from committees.models.certificate import Certificate
from committees.models.committee import Committee, Filing, Term
from committees.models.position import Appointment, Position
from committees.models.reelection import Candidacy, ReElection, SeatTerm
from committees.models.rule import CompositionRule
from committees.models.seat import Seat, SeatPeriod
from committees.models.synchronisation import Synchronisation

__all__ = [
    "Application",
    "Appointment",
    "Candidacy",
    "Certificate",
    "Committee",
    "CompositionRule",
    "Filing",
    "Position",
    "ReElection",
    "Seat",
    "SeatPeriod",
    "SeatTerm",
    "Synchronisation",
    "Term",
]
