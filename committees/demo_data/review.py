"""What two committees have written down while reviewing: one whose secretary decides, one whose council votes."""

from datetime import timedelta

from django.utils import timezone

from committees.enums import COUNCIL, ApplicationSection, ApplicationState, BallotChoice, Decider
from committees.models import (
    AdmissionProcedure,
    AdmissionVote,
    Application,
    Appointment,
    Assignment,
    Ballot,
    ChecklistTick,
    Committee,
    Condition,
    Elector,
    ReviewNote,
)
from committees.workflows import letters, remarks
from committees.workflows.remarks import Asked
from committees.workflows.wording import Wording
from temp_portal.accounts.models import User

NOTE = "Called their office: the register extract comes by Friday."
QUESTION = "Who holds the shares of the family trust?"
CONDITION = "Send the register extract of this year."
MINUTES = "Minutes no. 12 of the council"
TICKED = ("register", "controller", "industry")


def load(committees: list[Committee], users: dict[str, User]) -> None:
    """For the first committee a secretary's review, for the second an open vote of its council."""
    secretary = users["secretary@example.org"]
    first, second = committees[:2]
    _reviewed(first, secretary)
    _told(first, secretary)
    _voted(second, secretary)


def _reviewed(committee: Committee, secretary: User) -> None:
    """One application is being dealt with, the others are free."""
    waiting = Application.objects.filter(committee=committee, state=ApplicationState.SUBMITTED)
    application = waiting.order_by("due_on", "pk").first()
    if application is None:
        return
    Application.objects.filter(pk=application.pk).update(assignee=secretary)
    Assignment.objects.create(application=application, assignee=secretary, by=secretary)
    for code in TICKED:
        ChecklistTick.objects.create(application=application, code=code, done=True, by=secretary)
    ReviewNote.objects.create(application=application, text=NOTE, by=secretary)


def _told(committee: Committee, secretary: User) -> None:
    """What was returned or rejected has its letter, what was returned a question, the last admission a condition."""
    told = Application.objects.filter(committee=committee).select_related("committee", "organisation", "submitted_by")
    for application in told.filter(state=ApplicationState.RETURNED):
        asked = remarks.ask(
            application, [Asked(ApplicationSection.OWNERSHIP, "controller", QUESTION)], by=secretary, language="en"
        )
        wording = Wording(text=application.return_note, language="en")
        letters.send(application, letters.returned(wording, asked), by=secretary, also_in=["ru"])
    again = timezone.localdate() + timedelta(days=100)
    for application in told.filter(state=ApplicationState.REJECTED):
        wording = Wording(text=application.decision_reason, language="en")
        letters.send(application, letters.rejected(wording, again), by=secretary)
    admitted = told.filter(state=ApplicationState.APPROVED).order_by("decided_at").last()
    if admitted is not None and admitted.effective_on is not None:
        condition = Condition.objects.create(
            application=admitted, text=CONDITION, language="en", due_on=timezone.localdate() + timedelta(days=20)
        )
        letters.send(admitted, letters.approved(Wording(), [condition], admitted.effective_on), by=secretary)


def _voted(committee: Committee, secretary: User) -> None:
    """The council of the committee decides; on one application it is voting."""
    AdmissionProcedure.objects.create(committee=committee, decider=Decider.COUNCIL)
    application = Application.objects.filter(committee=committee, state=ApplicationState.SUBMITTED).first()
    held = Appointment.objects.current().on(timezone.localdate()).filter(position__committee=committee)
    council = list(held.filter(position__code__in=COUNCIL).select_related("position").order_by("position__rank", "pk"))
    if application is None or not council:
        return
    vote = AdmissionVote.objects.create(application=application, opened_by=secretary)
    seats = {each.seat_id: each for each in reversed(council)}
    for place, each in enumerate(reversed(seats.values())):
        elector = Elector.objects.create(
            vote=vote, seat_id=each.seat_id, person_id=each.person_id, office=each.position.code
        )
        if place % 3:
            choice = BallotChoice.ABSTAIN if place % 4 == 0 else BallotChoice.YES
            Ballot.objects.create(elector=elector, choice=choice, document=MINUTES, cast_by=secretary)
