"""A committee is created, described, and moves through its life. The steps themselves stand in `lifecycle`.

All functions raise PermissionDenied, ValidationError with a message for the user, or StateConflict when somebody else
moved the committee first.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.composition.defaults import default_rules
from committees.enums import CommitteeState
from committees.models import Committee, CompositionRule, Filing, Position, Term
from committees.positions import default_positions, retitled
from committees.terms import freeze
from committees.workflows import appointments, seats
from committees.workflows.composition import refuse_obstacles
from committees.workflows.guards import explained, lock, refuse_future
from committees.workflows.lifecycle import AFTER_FOUNDATION, Evidence, History, Step, flow
from committees.workflows.recordings import begin
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict, record
from temp_portal.core.db import date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

ONE_DAY: Final = timedelta(days=1)
#: A postponed re-election takes place within a year (domain brief §1, terms).
LONGEST_POSTPONEMENT: Final = timedelta(days=366)
#: A re-election is due half a year before the term ends.
NOTICE_OF_RE_ELECTION: Final = timedelta(days=183)
DESCRIPTION: Final = (
    *(f"{name}_{language}" for name in ("name", "mandate", "benefits") for language in ("en", "zh_hans", "ru")),
    "sector",
    "industry_codes",
    "title_set",
    "initiator",
    "legal_host",
    "host_branch_name",
    "host_branch_founded_on",
    "rules_text",
    "contact_email",
    "contact_phone",
    "contact_address",
    "contact_languages",
)


@transaction.atomic
def create(*, by: "User", slug: str, history: History, **description: Any) -> Committee:
    """Create a committee as a proposal, or record an existing one in the state it is in, with its offices and the usual
    rules of composition.

    Each milestone of `history` becomes a Transition, so that reports on past quarters count the committee from its
    effective days on. `description` takes the names in DESCRIPTION.
    """
    if not by.has_perm("committees.create_committee"):
        raise PermissionDenied
    _refuse_impossible(history)
    committee = Committee(slug=slug, state=history.state, created_by=by)
    committee.established_on = history.established_on
    _describe(committee, description)
    committee.validate_unique()
    with explained(Committee):
        committee.save()
    Position.objects.bulk_create(default_positions(committee))
    CompositionRule.objects.bulk_create(default_rules(committee))
    with explained(Filing, Term):
        for filing in history.filings:
            Filing.objects.create(committee=committee, **vars(filing))
        if history.term_number and history.term_begins_on and history.term_ends_on:
            valid = date_range(history.term_begins_on, history.term_ends_on + ONE_DAY)
            Term.objects.create(committee=committee, number=history.term_number, valid=valid)
    _record_milestones(committee, history, by)
    return committee


@transaction.atomic
def describe(committee: Committee, *, by: "User", seen: str, **description: Any) -> Committee:
    """Change what is said about a committee. `seen` is the `version` that the writer had before the eyes.

    Raises OverwriteConflict if somebody saved another text since then. The earlier text stays in the row's history.
    With another set of titles, offices that bear the usual title of the old one take that of the new one.
    """
    locked = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    if not by.has_perm("committees.change_committee", locked):
        raise PermissionDenied
    if seen != version(locked):
        raise OverwriteConflict(locked, None)
    before = locked.title_set
    _describe(locked, description)
    locked.save()
    for position in retitled(locked.positions.select_for_update(), before, locked.title_set):
        position.save()
    return locked


def version(committee: Committee) -> str:
    """A mark of the committee's description: it differs as soon as any of it does."""
    content = [str(committee.serializable_value(name)) for name in DESCRIPTION]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def advance(committee: Committee, name: str, *, by: "User", evidence: Evidence) -> Committee:
    """Take the step `name` of the life cycle on its evidence. Raises KeyError for a step that does not exist."""
    step = flow.moves[name]
    if not isinstance(step, Step):
        raise KeyError(name)
    for missing in (field for field in step.requires if not getattr(evidence, field)):
        raise ValidationError({missing: _("This step cannot be recorded without it.")})
    refuse_future(evidence.effective_on)
    with flow.moving(
        committee, name, by=by, reason=evidence.reason, effective_on=evidence.effective_on, details=evidence.details()
    ) as locked:
        refuse_before_last_step(locked, evidence.effective_on)
        if name in CONSEQUENCES:
            CONSEQUENCES[name](locked, by, evidence)
    return locked


def call_due_re_elections() -> int:
    """Call the re-election of every active committee whose last term ends within half a year or has ended.

    Nobody decides this, so the Transition names nobody (domain brief §1, life cycle). Returns the number of committees.
    """
    today = timezone.localdate()
    later = Term.objects.filter(committee=OuterRef("committee"), number__gt=OuterRef("number"))
    ending = Term.objects.filter(~Exists(later), valid__endswith__lte=today + NOTICE_OF_RE_ELECTION + ONE_DAY)
    due = Committee.objects.filter(state=CommitteeState.ACTIVE, pk__in=ending.values("committee"))
    return sum(_call_due_re_election(committee) for committee in due)


def call_re_election(
    locked: Committee, *, by: "User | None", effective_on: date | None = None, document: str = ""
) -> None:
    """An active committee, locked, is called to its re-election; `by` is None where its time has simply come."""
    flow.require(locked, "call_re_election")
    source, locked.state = locked.state, flow.moves["call_re_election"].target
    locked.save(update_fields=["state"])
    last = locked.terms.order_by("number").last()
    details = {"term_ends_on": str(last.last_day)} if last else {}
    details |= {"document": document} if document else {}
    record(locked, move="call_re_election", source=source, by=by, effective_on=effective_on, details=details)


def refuse_before_last_step(committee: Committee, day: date) -> None:
    """Steps follow each other in time, so that the state of any past day is clear."""
    last = Transition.objects.of(committee).order_by("effective_on").last()
    if last is not None and day < last.effective_on:
        message = _("The last step took effect on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": message % {"day": last.effective_on.isoformat()}})


def steps_for(committee: Committee, by: "User") -> list[Step]:
    """The steps that `by` may take now, for the buttons of a page."""
    return [step for step in flow.available(committee, by) if isinstance(step, Step)]


class OverwriteConflict(StateConflict):
    """The text was changed by somebody else between reading and saving."""

    def message(self) -> str:
        return _("Somebody else has changed this description since you opened it.")


@transaction.atomic
def _call_due_re_election(committee: Committee) -> bool:
    """Whether the committee was still active under its lock and is called to its re-election now."""
    locked = lock(committee)
    if locked.state not in flow.moves["call_re_election"].sources:
        return False
    call_re_election(locked, by=None)
    return True


def _describe(committee: Committee, description: dict[str, Any]) -> None:
    for name, value in description.items():
        if name not in DESCRIPTION:
            raise TypeError(f"{name} is no part of a committee's description")
        setattr(committee, name, value)


def _refuse_impossible(history: History) -> None:
    refuse_future(history.since, "since")
    if history.established_on and history.established_on > timezone.localdate():
        raise ValidationError({"established_on": _("The day lies in the future.")})
    if history.established_on and history.established_on > history.since and history.state in AFTER_FOUNDATION:
        raise ValidationError(
            {"established_on": _("The committee was established before it reached its present state.")}
        )
    if history.term_begins_on and history.term_ends_on and history.term_ends_on < history.term_begins_on:
        raise ValidationError({"term_ends_on": _("The term ends before it begins.")})
    for filing in history.filings:
        refuse_future(filing.filed_on, "filed_on")


def _record_milestones(committee: Committee, history: History, by: "User") -> None:
    """One Transition a milestone; the first one says that the committee was entered."""
    source = ""
    for number, milestone in enumerate(history.milestones()):
        Transition.objects.create(
            subject_type=Committee._meta.label_lower,
            subject_id=committee.pk,
            move="reach" if number else "create",
            from_state=source,
            to_state=milestone.state,
            effective_on=milestone.day,
            by=by,
            details={"document": milestone.document} if milestone.document else {},
        )
        source = milestone.state


def _begin_term(committee: Committee, _by: "User", evidence: Evidence) -> None:
    """Cut the running term and open the next one, from the effective day to the end of `term_ends_on`."""
    begins, ends = evidence.effective_on, evidence.term_ends_on
    if ends is None or ends <= begins:
        raise ValidationError({"term_ends_on": _("The term ends before it begins.")})
    last = committee.terms.order_by("number").last()
    if last is not None and first_day(last.valid) >= begins:
        message = _("Term %(number)s began on %(day)s: the next one begins later.")
        raise ValidationError(
            {"effective_on": message % {"number": last.number, "day": first_day(last.valid).isoformat()}}
        )
    if last is not None and (last.valid.upper is None or last.valid.upper > begins):
        last.valid = date_range(first_day(last.valid), begins)
        last.save(update_fields=["valid"])
    with explained(Term):
        Term.objects.create(
            committee=committee, number=last.number + 1 if last else 1, valid=date_range(begins, ends + ONE_DAY)
        )


def _establish(committee: Committee, by: "User", evidence: Evidence) -> None:
    refuse_obstacles(committee, evidence.effective_on)
    committee.established_on = evidence.effective_on
    _begin_term(committee, by, evidence)


def _renew(committee: Committee, by: "User", evidence: Evidence) -> None:
    """The old term ends: its memberships are frozen and its offices end, then the next one begins."""
    begins = evidence.effective_on
    refuse_obstacles(committee, begins)
    old = committee.terms.order_by("number").last()
    if old is not None and first_day(old.valid) < begins:
        freeze(old, begins, by=by)
    within = begin(committee, "re_elect", by=by, note=evidence.document)
    appointments.end_all(
        committee, by=by, effective_on=begins, document=evidence.document, reason=evidence.reason, within=within
    )
    _begin_term(committee, by, evidence)


def _file(committee: Committee, _by: "User", evidence: Evidence) -> None:
    with explained(Filing):
        Filing.objects.create(
            committee=committee,
            recipient=evidence.recipient,
            filed_on=evidence.effective_on,
            document=evidence.document,
        )


def _prolong_term(committee: Committee, _by: "User", evidence: Evidence) -> None:
    """Move the end of the last term, once and by a year at most."""
    last = committee.terms.order_by("number").last()
    if last is None or last.valid.upper is None:
        raise ValidationError(_("There is no term whose end could be postponed."))
    if Transition.objects.of(committee).filter(move="postpone", effective_on__gte=first_day(last.valid)).exists():
        raise ValidationError(_("The re-election of this term has been postponed already."))
    ends = evidence.term_ends_on
    if ends is None or not last.valid.upper <= ends < last.valid.upper + LONGEST_POSTPONEMENT:
        message = _("The term ends on %(day)s so far: choose a later day within one year.")
        raise ValidationError({"term_ends_on": message % {"day": (last.valid.upper - ONE_DAY).isoformat()}})
    last.valid = date_range(first_day(last.valid), ends + ONE_DAY)
    with explained(Term):
        last.save(update_fields=["valid"])


def _end_seats(committee: Committee, by: "User", evidence: Evidence) -> None:
    """The members of a dissolved committee leave with it."""
    seats.lapse_all(
        committee, by=by, effective_on=evidence.effective_on, reason=evidence.reason, document=evidence.document
    )


CONSEQUENCES: Final[dict[str, Callable[[Committee, "User", Evidence], None]]] = {
    "establish": _establish,
    "activate": _file,
    "postpone": _prolong_term,
    "re_elect": _renew,
    "dissolve": _end_seats,
}
