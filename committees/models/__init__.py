from committees.models.application import Application
from committees.models.committee import Committee, Filing, Term
from committees.models.position import Appointment, Position
from committees.models.seat import Seat, SeatPeriod

__all__ = ["Application", "Appointment", "Committee", "Filing", "Position", "Seat", "SeatPeriod", "Term"]
