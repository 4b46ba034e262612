"""What the portal holds to be true of a roster, for comparisons."""

from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import appointments, seats

PERIOD = ("valid", *seats.CONTENT)
OFFICE = ("valid", *appointments.CONTENT)
SEAT = ("organisation_id", "valid", "ended_as", *seats.PARTICULARS)


def known(committee):
    """Present knowledge of periods, offices and seats of a committee, without who wrote it when."""
    return (
        sorted(map(str, SeatPeriod.objects.of(committee).values_list(*PERIOD))),
        sorted(map(str, Appointment.objects.current().filter(seat__committee=committee).values_list(*OFFICE))),
        sorted(map(str, Seat.objects.held().filter(committee=committee).values_list(*SEAT))),
    )
