"""Applications in every state, with the transitions that brought them there."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from committees.demo_data.roster import Membership, RosterBook
from committees.enums import WORKING_STATES, ApplicationState
from committees.models import Application, Committee
from committees.models.procedure import DECISION_WORKING_DAYS
from committees.workdays import Calendar, calendar_after
from members.demo_data.build import Firm
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World

# Of the applications that led to no seat, per committee: state and how many.
OTHERS = {
    ApplicationState.DRAFT: 1,
    ApplicationState.SUBMITTED: 3,
    ApplicationState.RETURNED: 1,
    ApplicationState.REJECTED: 3,
    ApplicationState.WITHDRAWN: 1,
}
TARGETS = ["RU", "KZ", "UZ", "KG", "TJ", "BY", "PK", "IR", "IN"]
MOTIVATION = "We want to bring our plant and our buyers into joint projects of this committee."
# Before every application of the demonstration.
FIRST_DAY = date(2020, 1, 1)
REJECTION = "The register extract is older than 24 months and the actual controller is not documented."
RETURN_NOTE = "Please add the shareholder structure up to the actual controller."


class ApplicationBook:
    """Collects applications and writes them in bulk."""

    def __init__(self, world: World, rosters: RosterBook) -> None:
        self.world = world
        self.rosters = rosters
        self.applications: list[Application] = []
        self.moves: list[tuple[Application, list[dict[str, Any]]]] = []
        self.calendar = calendar_after(FIRST_DAY)

    def fill(self, committees: list[Committee], users: dict[str, User]) -> None:
        """One approved application behind most admissions, and some of every other state."""
        self.users = users
        for membership in self.rosters.memberships:
            if membership.applied:
                self._approved(membership)
        for committee in committees:
            if committee.state in WORKING_STATES:
                self._others(committee)

    def save(self) -> None:
        """Write everything collected."""
        Application.objects.bulk_create(self.applications)
        Transition.objects.bulk_create(
            Transition(subject_type=Application._meta.label_lower, subject_id=application.pk, **move)
            for application, moves in self.moves
            for move in moves
        )

    def _approved(self, membership: Membership) -> None:
        decided = membership.decided
        submitted = decided - timedelta(days=self.world.chance.randrange(8, 45))
        application = self._draft(membership.seat.committee, membership.firm, submitted)
        self._submit(application, submitted)
        self._decide(application, ApplicationState.APPROVED, "approve", decided)
        application.effective_on = membership.seat.valid.lower
        application.seat = membership.seat

    def _others(self, committee: Committee) -> None:
        taken = {m.firm.organisation.pk for m in self.rosters.memberships if m.seat.committee_id == committee.pk}
        taken |= {self.world.made[f"firm_of_{e}"].organisation.pk for e in self.users if e.startswith("enterprise")}
        free = [f for f in self.world.made["firms"] if f.organisation.pk not in taken]
        firms = iter(self.world.chance.sample(free, sum(OTHERS.values())))
        for state, count in OTHERS.items():
            for _ in range(count):
                self._other(committee, next(firms), state)

    def _other(self, committee: Committee, firm: Firm, state: ApplicationState) -> None:
        settled = state in (ApplicationState.REJECTED, ApplicationState.WITHDRAWN)
        oldest = 600 if settled else 50
        submitted = timezone.now() - timedelta(days=self.world.chance.randrange(2, oldest), hours=5)
        application = self._draft(committee, firm, submitted)
        if state == ApplicationState.DRAFT:
            return
        self._submit(application, submitted)
        later = min(submitted + timedelta(days=self.world.chance.randrange(3, 30)), timezone.now())
        secretary = self.users["secretary2@example.org"]
        if state == ApplicationState.RETURNED:
            application.return_note = RETURN_NOTE
            application.days_left = _left(self.calendar, later, submitted)
            self._move(application, state, "return", later, secretary, reason=RETURN_NOTE)
        elif state == ApplicationState.REJECTED:
            application.decision_reason = REJECTION
            self._decide(application, state, "reject", later, reason=REJECTION)
        elif state == ApplicationState.WITHDRAWN:
            self._move(application, state, "withdraw", later, application.created_by)

    def _draft(self, committee: Committee, firm: Firm, begun: Any) -> Application:
        application = Application(
            committee=committee,
            organisation=firm.organisation,
            ownership_type=firm.ownership,
            controller=firm.facts[0].controller,
            industry_codes=firm.organisation.industry_codes,
            chain_role=firm.trade[3] if firm.trade else "",
            target_countries=self.world.chance.sample(TARGETS, 3),
            motivation=MOTIVATION,
            motivation_language="en",
            representative=firm.person,
            created_at=begun - timedelta(days=2),
            created_by=self.users["enterprise@example.org"],
        )
        self.applications.append(application)
        self.moves.append((application, []))
        self._move(application, ApplicationState.DRAFT, "create", application.created_at, application.created_by)
        return application

    def _submit(self, application: Application, moment: Any) -> None:
        application.number = f"A-{moment.year}-{_serial():05d}"
        application.submitted_at, application.submitted_by = moment, application.created_by
        application.clock_days = DECISION_WORKING_DAYS
        application.due_on = self.calendar.add(timezone.localdate(moment), DECISION_WORKING_DAYS)
        self._move(application, ApplicationState.SUBMITTED, "submit", moment, application.created_by)

    def _decide(
        self, application: Application, state: ApplicationState, move: str, moment: Any, *, reason: str = ""
    ) -> None:
        secretary = self.users["secretary2@example.org"]
        application.decided_at, application.decided_by = moment, secretary
        self._move(application, state, move, moment, secretary, reason=reason)

    def _move(
        self, application: Application, state: ApplicationState, move: str, moment: Any, by: User, *, reason: str = ""
    ) -> None:
        moves = next(m for a, m in reversed(self.moves) if a is application)
        moves.append(
            {
                "move": move,
                "from_state": application.state if move != "create" else "",
                "to_state": state,
                "at": moment,
                "effective_on": timezone.localdate(moment),
                "by": by,
                "reason": reason,
            }
        )
        application.state = state


def _left(calendar: Calendar, returned: datetime, submitted: datetime) -> int:
    """Working days that were left of the committee's when the clock stopped."""
    used = calendar.count(timezone.localdate(submitted), timezone.localdate(returned))
    return max(DECISION_WORKING_DAYS - used, 0)


def _serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('committees_application_number')")
        (serial,) = cursor.fetchone()
    return int(serial)
