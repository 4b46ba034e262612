"""The steps of a committee's life: which are possible from where, and what evidence each asks for (domain brief §1)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.enums import CommitteeState as State
from committees.models import Committee
from temp_portal.audit.workflow import Move, Workflow

AFTER_FILING: Final = (State.RE_ELECTION_DUE, State.SUSPENDED, State.DISSOLVED)
AFTER_FOUNDATION: Final = (State.ACTIVE, *AFTER_FILING)
FINAL: Final = (State.REJECTED, State.DISSOLVED)


@dataclass(frozen=True)
class Step(Move):
    """A move of the life cycle. `label` names its effect; `asks` and `requires` name fields of Evidence.

    guided: it is the end of a way with pages of its own, not a form.
    """

    permission: str = "committees.move_committee"
    label: str | Promise = ""
    asks: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    danger: bool = False
    guided: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a step rests on. Which fields are asked for depends on the step.

    effective_on: the day of the decision, not of the click. document: number and date of the decision or minutes.
    deadline: until when the preparatory group works. review_on: when a suspension is looked at again.
    term_ends_on: last day of the term that begins (or, on postponement, that is prolonged).
    recipient: with whom the committee was filed.
    """

    effective_on: date
    document: str = ""
    reason: str = ""
    deadline: date | None = None
    review_on: date | None = None
    term_ends_on: date | None = None
    recipient: str = ""

    def details(self) -> dict[str, str]:
        """What the Transition keeps beside day and reason."""
        names = ("document", "deadline", "review_on", "term_ends_on", "recipient")
        return {name: str(value) for name in names if (value := getattr(self, name))}


@dataclass(frozen=True)
class Milestone:
    """A state that an existing committee is known to have reached on a day."""

    state: State
    day: date
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A filing for the record (备案) as handed over by a form."""

    recipient: str
    filed_on: date
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class History:
    """What is known of an existing committee when it is recorded: its state since when, on what document, and how it
    came there. A new proposal has only `state` and `since`.
    """

    state: State
    since: date
    document: str = ""
    established_on: date | None = None
    filings: tuple[Filed, ...] = ()
    term_number: int | None = None
    term_begins_on: date | None = None
    term_ends_on: date | None = None

    def milestones(self) -> list[Milestone]:
        """The states reached, oldest first: foundation and first filing where their days are known, then `state`."""
        filed = min(self.filings, key=lambda filing: filing.filed_on, default=None)
        early = []
        if self.state in AFTER_FOUNDATION and self.established_on:
            early.append(Milestone(State.ESTABLISHED, self.established_on))
        if self.state in AFTER_FILING and filed and filed.filed_on >= (self.established_on or filed.filed_on):
            early.append(Milestone(State.ACTIVE, filed.filed_on, filed.document))
        known = [each for each in early if each.day <= self.since and each.state != self.state]
        return [*known, Milestone(self.state, self.since, self.document)]


flow: Workflow[Committee] = Workflow(
    Committee,
    [
        Step(
            "prepare",
            sources=[State.PROPOSED],
            target=State.PREPARATORY,
            label=_("Form the preparatory group"),
            asks=("document", "deadline", "reason"),
            requires=("document",),
        ),
        Step(
            "hand_in",
            sources=[State.PREPARATORY, State.RETURNED],
            target=State.UNDER_REVIEW,
            label=_("Hand in for approval"),
            asks=("document", "reason"),
        ),
        Step(
            "return",
            sources=[State.UNDER_REVIEW],
            target=State.RETURNED,
            label=_("Return for completion"),
            asks=("reason", "document"),
            requires=("reason",),
        ),
        Step(
            "approve",
            sources=[State.UNDER_REVIEW],
            target=State.APPROVED,
            label=_("Approve"),
            asks=("document", "reason"),
            requires=("document",),
        ),
        Step(
            "reject",
            sources=[State.PROPOSED, State.UNDER_REVIEW],
            target=State.REJECTED,
            label=_("Reject"),
            asks=("reason", "document"),
            requires=("reason",),
            danger=True,
        ),
        Step(
            "establish",
            sources=[State.APPROVED],
            target=State.ESTABLISHED,
            label=_("Record the founding assembly"),
            asks=("document", "term_ends_on", "reason"),
            requires=("document", "term_ends_on"),
        ),
        Step(
            "activate",
            sources=[State.ESTABLISHED],
            target=State.ACTIVE,
            label=_("Record the filing and start work"),
            asks=("recipient", "document", "reason"),
            requires=("recipient",),
        ),
        Step(
            "call_re_election",
            sources=[State.ACTIVE],
            target=State.RE_ELECTION_DUE,
            label=_("Call the re-election"),
            asks=("document", "reason"),
        ),
        Step(
            "postpone",
            sources=[State.RE_ELECTION_DUE],
            target=State.RE_ELECTION_DUE,
            label=_("Postpone the re-election"),
            asks=("document", "term_ends_on", "reason"),
            requires=("document", "term_ends_on"),
        ),
        Step(
            "re_elect",
            sources=[State.ACTIVE, State.RE_ELECTION_DUE],
            target=State.ACTIVE,
            permission="committees.hold_re_election",
            label=_("Record the re-election"),
            asks=("document", "term_ends_on", "reason"),
            requires=("document", "term_ends_on"),
            guided=True,
        ),
        Step(
            "suspend",
            sources=[State.ESTABLISHED, State.ACTIVE, State.RE_ELECTION_DUE],
            target=State.SUSPENDED,
            label=_("Suspend the committee"),
            asks=("reason", "document", "review_on"),
            requires=("reason",),
            danger=True,
        ),
        Step(
            "resume",
            sources=[State.SUSPENDED],
            target=State.ACTIVE,
            label=_("Resume work"),
            asks=("document", "reason"),
        ),
        Step(
            "dissolve",
            sources=[state for state in State if state not in FINAL],
            target=State.DISSOLVED,
            label=_("Dissolve the committee"),
            asks=("document", "reason"),
            requires=("document", "reason"),
            danger=True,
        ),
    ],
)
