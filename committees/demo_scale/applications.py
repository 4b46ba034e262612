"""Applications behind most admissions, and some in every other state."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Final

from committees.demo_data.applications import MOTIVATION, OTHERS, REJECTION, RETURN_NOTE, TARGETS
from committees.demo_scale.foundings import Founded
from committees.enums import ApplicationState
from committees.models import Application
from committees.models.procedure import DECISION_WORKING_DAYS
from committees.workdays import calendar_after
from members.demo_data import words
from members.demo_data.build import CONTROLLERS
from members.demo_scale import Firms
from temp_portal.audit.models import Transition
from temp_portal.core.bulk import NULL, CopyTable, reserve_ids
from temp_portal.core.scale import Scale

_OTHERS: Final = [state for state, number in OTHERS.items() for _ in range(number)]
#: Moves that end an application without a seat, or send it back.
_MOVES: Final = {
    ApplicationState.RETURNED: "return",
    ApplicationState.REJECTED: "reject",
    ApplicationState.WITHDRAWN: "withdraw",
}
_REASONS: Final = {ApplicationState.RETURNED: RETURN_NOTE, ApplicationState.REJECTED: REJECTION}
_SETTLED: Final = (ApplicationState.REJECTED, ApplicationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An application from its beginning: begun at the moment `begun`, handed in, if ever, on `day`."""

    key: str
    committee: Founded
    firm: int
    day: int
    begun: str


class ApplicationWriter:
    """Writes applications one after the other."""

    others_per_committee: Final = len(_OTHERS)

    def __init__(self, scale: Scale, secretary: str, applicant: str) -> None:
        self.scale, self.secretary, self.applicant = scale, secretary, applicant
        self.firms: Firms = scale.made["firms"]
        most = scale.seats + scale.committees * self.others_per_committee
        self._keys = count(reserve_ids(Application, most))
        self.application = CopyTable(
            Application, "id", "number", "committee_id", "organisation_id", "state", "ownership_type", "controller",
            "chain_role", "target_countries", "motivation", "motivation_language", "representative_id", "submitted_at",
            "submitted_by_id", "clock_days", "due_on", "return_note", "decided_at", "decided_by_id", "decision_reason",
            "effective_on", "seat_id", "created_at", "created_by_id", "updated_at",
        )  # fmt: skip
        self.transition = CopyTable(
            Transition, "subject_type", "subject_id", "move", "from_state", "to_state", "at", "effective_on", "by_id",
            "reason",
        )  # fmt: skip
        self.tables = (self.application, self.transition)

    def approved(self, committee: Founded, firm: int, *, seat: str, day: int, decided: str) -> None:
        """Write the application that led to a seat, decided at the moment `decided` with effect from `day`."""
        draft = self._draft(committee, firm, max(day - self.scale.between(8, 45), 1))
        submitted = self._submit(draft)
        self._move(draft, "approve", ApplicationState.SUBMITTED, ApplicationState.APPROVED, decided, self.secretary)
        effective = self.scale.days[day]
        self._save(draft, ApplicationState.APPROVED, submitted, decided=decided, effective=effective, seat=seat)

    def other(self, committee: Founded, offset: int, firm: int) -> None:
        """Write one of the committee's applications that led to no seat."""
        state, scale = _OTHERS[offset], self.scale
        earliest = scale.between(committee.established, scale.last - 60) if state in _SETTLED else scale.last - 40
        draft = self._draft(committee, firm, earliest + scale.between(1, 20))
        if state == ApplicationState.DRAFT:
            self._save(draft, state)
            return
        submitted = self._submit(draft)
        later = max(scale.moment(draft.day + scale.between(3, 18)), submitted)
        reason = _REASONS.get(state, "")
        if state in _MOVES:
            by = self.applicant if state == ApplicationState.WITHDRAWN else self.secretary
            self._move(draft, _MOVES[state], ApplicationState.SUBMITTED, state, later, by, reason)
        decided = later if state == ApplicationState.REJECTED else NULL
        self._save(draft, state, submitted, decided=decided, reason=reason)

    @cached_property
    def _due(self) -> list[str]:
        """By day of submission, the day on which the decision is due."""
        first = self.scale.first_day
        days = range(self.scale.last + 1)
        calendar = calendar_after(first)
        return [calendar.add(first + timedelta(days=day), DECISION_WORKING_DAYS).isoformat() for day in days]

    def _draft(self, committee: Founded, firm: int, day: int) -> "_Draft":
        draft = _Draft(str(next(self._keys)), committee, firm, day, self.scale.moment(day - 1))
        self._move(draft, "create", "", ApplicationState.DRAFT, draft.begun, self.applicant)
        return draft

    def _submit(self, draft: "_Draft") -> str:
        moment = self.scale.moment(draft.day)
        self._move(draft, "submit", ApplicationState.DRAFT, ApplicationState.SUBMITTED, moment, self.applicant)
        return moment

    def _move(self, draft: "_Draft", move: str, before: str, after: str, at: str, by: str, reason: str = "") -> None:
        self.transition.add(Application._meta.label_lower, draft.key, move, before, after, at, at[:10], by, reason)

    def _save(
        self,
        draft: "_Draft",
        state: ApplicationState,
        submitted: str = NULL,
        *,
        decided: str = NULL,
        reason: str = "",
        effective: str = NULL,
        seat: str = NULL,
    ) -> None:
        kind, handed_in = self.firms.types[draft.firm], submitted != NULL
        targets = f"{{{TARGETS[draft.day % len(TARGETS)]},{TARGETS[(draft.day + 1) % len(TARGETS)]}}}"
        self.application.add(
            draft.key, f"S-{submitted[:4]}-{draft.key}" if handed_in else NULL, draft.committee.key,
            str(self.firms.organisation(draft.firm)), state, kind, CONTROLLERS[kind],
            words.TRADES[self.firms.trades[draft.firm]][3], targets, MOTIVATION, "en",
            str(self.firms.person(draft.firm)), submitted, self.applicant if handed_in else NULL,
            str(DECISION_WORKING_DAYS) if handed_in else NULL, self._due[draft.day] if handed_in else NULL,
            reason if state == ApplicationState.RETURNED else "",
            decided, NULL if decided == NULL else self.secretary,
            reason if state == ApplicationState.REJECTED else "", effective, seat, draft.begun, self.applicant,
            draft.begun if decided == NULL else decided,
        )  # fmt: skip
