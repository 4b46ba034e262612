"""Every question asked of committees, seats and applications."""

from committees.querysets.applications import (
    ApplicationQuerySet,
    CalendarDayQuerySet,
    ElectorQuerySet,
    LetterQuerySet,
    QuestionSetQuerySet,
    RemarkQuerySet,
)
from committees.querysets.committees import (
    AppointmentQuerySet,
    CertificateQuerySet,
    CommitteeQuerySet,
    ConfirmationQuerySet,
    PositionQuerySet,
    ResignationQuerySet,
    SynchronisationQuerySet,
    state_on,
)
from committees.querysets.readers import OFFICERS, SECRETARIAT
from committees.querysets.seats import (
    SeatPeriodQuerySet,
    SeatQuerySet,
)

__all__ = [
    "OFFICERS",
    "SECRETARIAT",
    "ApplicationQuerySet",
    "AppointmentQuerySet",
    "CalendarDayQuerySet",
    "CertificateQuerySet",
    "CommitteeQuerySet",
    "ConfirmationQuerySet",
    "ElectorQuerySet",
    "LetterQuerySet",
    "PositionQuerySet",
    "QuestionSetQuerySet",
    "RemarkQuerySet",
    "ResignationQuerySet",
    "SeatPeriodQuerySet",
    "SeatQuerySet",
    "SynchronisationQuerySet",
    "state_on",
]
