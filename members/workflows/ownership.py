"""Ownership as declared, and as a second person found it in the evidence (domain brief §2).

An unverified ownership counts in no group. Verification holds from a day on, so that a figure of the past does not
change by itself; where the evidence covers the whole time, the earlier days are corrected too.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Organisation, Ownership
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range, first_day
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONTENT = ("type", "controller", "mixed", "chinese_controlled", "state_owned_abroad", "evidence", "evidence_on")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is said of an organisation's ownership. `since`: first day on which it holds."""

    organisation: Organisation
    type: str
    since: date
    controller: str = ""
    evidence: str = ""

    def is_said_by(self, fact: Ownership) -> bool:
        """Whether the fact says the same."""
        return all(getattr(fact, key) == getattr(self, key) for key in ("type", "controller", "evidence"))


@transaction.atomic
def declare_ownership(
    organisation: Organisation,
    *,
    by: User,
    ownership_type: str,
    controller: str,
    since: date | None = None,
    evidence: str = "",
) -> Ownership:
    """Put on record, unverified, what the organisation says about itself; reviewers are told.

    `since`: first day on which it holds, today without one. The same statement is recorded once. A verified ownership
    is not touched by a declaration that differs: it is returned, and the reviewer sees both. An earlier declaration
    that nobody verified is corrected from its beginning or from `since`, whichever is earlier.
    """
    said = Declaration(organisation, ownership_type, since or timezone.localdate(), controller, evidence)
    found = _declared([said], by=by, into=None)[organisation.pk]
    if found.pk is None:
        found.save(force_insert=True)
        _transition(found, "declare_ownership", "", "unverified", by=by, effective_on=first_day(found.valid)).save()
        notify("ownership_declared", found, recipients=_reviewers())
    return found


@transaction.atomic
def declare_ownerships(declarations: Sequence[Declaration], *, by: User, into: Recording) -> list[Ownership]:
    """Put on record, in a fixed number of statements, what a list says of many organisations, each as
    `declare_ownership` would; reviewers get one notice. Returns the facts that are new.
    """
    found = _declared(declarations, by=by, into=into).values()
    made = Ownership.objects.bulk_create(each for each in found if each.pk is None)
    Transition.objects.bulk_create(
        _transition(each, "declare_ownership", "", "unverified", by=by, effective_on=first_day(each.valid), into=into)
        for each in made
    )
    if made:
        context = {"count": len(made), "evidence": made[0].evidence}
        notify("ownerships_declared", made[0], recipients=_reviewers(), context=context)
    return made


def _declared(declarations: Sequence[Declaration], *, by: User, into: Recording | None) -> dict[int, Ownership]:
    """Organisation → the fact that stands, or an unsaved one in the place of what was superseded for it."""
    today = timezone.localdate()
    if any(each.since > today for each in declarations):
        raise ValidationError({"since": _("The day lies in the future: choose today or an earlier day.")})
    keys = sorted(each.organisation.pk for each in declarations)
    _lock(keys)
    known: dict[int, list[Ownership]] = defaultdict(list)
    for fact in Ownership.objects.current().filter(organisation__in=keys).order_by("valid"):
        known[fact.organisation_id].append(fact)
    found: dict[int, Ownership] = {}
    wrong: list[int] = []
    for said in declarations:
        standing = known[said.organisation.pk]
        running = _running(standing, today)
        if running is not None and (running.verified_at or said.is_said_by(running)):
            found[said.organisation.pk] = running
            continue
        start = said.since
        if running is not None:
            standing.remove(running)
            start = min(start, first_day(running.valid))
            wrong.append(running.pk)
        found[said.organisation.pk] = Ownership(
            organisation=said.organisation,
            type=said.type,
            controller=said.controller,
            evidence=said.evidence,
            valid=date_range(max([start, *(each.valid.upper or start for each in standing)])),
            recorded_by=by,
            recorded_in=into,
        )
    Ownership.objects.filter(pk__in=wrong).supersede(by=by, within=into)
    return found


def _reviewers() -> "QuerySet[User]":
    return User.objects.with_role(Role.REVIEWER, ScopeKind.PLATFORM)


@transaction.atomic
def verify_ownership(
    ownership: Ownership,
    *,
    by: User,
    verified_on: date | None = None,
    evidence: str = "",
    evidence_on: date | None = None,
    whole: bool = False,
) -> Ownership:
    """A second person confirms an ownership by its evidence; returns the verified fact.

    It is verified from `verified_on` (today without one) and stays unverified before; with `whole` it is verified for
    all its days. Raises PermissionDenied to who recorded it or represents the organisation, ValidationError when it
    has been changed meanwhile, when there is no evidence, or when the day lies outside its days or in the future.
    """
    _lock([ownership.organisation_id])
    locked = Ownership.objects.select_related("organisation").get(pk=ownership.pk)
    if not by.has_perm("members.verify_ownership", locked):
        raise PermissionDenied
    _refuse_settled(locked)
    if not (evidence or locked.evidence).strip():
        raise ValidationError({"evidence": _("Name the document that shows the ownership.")})
    start = locked.valid.lower if whole else _day_within(locked, verified_on or timezone.localdate())
    Ownership.objects.filter(pk=locked.pk).supersede(by=by)
    if start > locked.valid.lower:
        # What was declared before stays the statement of who made it.
        _copy(locked, date_range(locked.valid.lower, start), recorded_by=locked.recorded_by, reason=locked.reason)
    verified = _copy(
        locked,
        date_range(start, locked.valid.upper),
        recorded_by=by,
        evidence=evidence or locked.evidence,
        evidence_on=evidence_on or locked.evidence_on,
        prepared_by=locked.recorded_by,
        verified_by=by,
        verified_at=timezone.now(),
    )
    _transition(verified, "verify_ownership", "unverified", "verified", by=by, effective_on=start).save()
    return verified


def _lock(keys: Sequence[int]) -> None:
    """Whoever changes the ownership of one of these organisations passes here one by one."""
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _running(standing: list[Ownership], today: date) -> Ownership | None:
    """The last of the facts if it still holds today."""
    last = standing[-1] if standing else None
    return last if last is not None and (last.valid.upper is None or last.valid.upper > today) else None


def _refuse_settled(ownership: Ownership) -> None:
    if ownership.superseded_at is not None:
        message = _("%(who)s changed this ownership on %(when)s. Open the list again to see how it stands.")
        when = timezone.localtime(ownership.superseded_at).strftime("%Y-%m-%d %H:%M")
        raise ValidationError(message % {"who": ownership.superseded_by or _("Somebody else"), "when": when})
    if ownership.verified_at is not None:
        raise ValidationError(_("This ownership has been verified already."))


def _day_within(ownership: Ownership, day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError({"verified_on": _("The day lies in the future: choose today or an earlier day.")})
    if ownership.valid.upper is not None and day >= ownership.valid.upper:
        last = ownership.valid.upper.isoformat()
        message = _("This ownership ended before %(day)s: choose an earlier day.")
        raise ValidationError({"verified_on": message % {"day": last}})
    return max(day, ownership.valid.lower or day)


def _copy(ownership: Ownership, valid: Any, **changes: Any) -> Ownership:
    kept = {name: getattr(ownership, name) for name in CONTENT}
    return Ownership.objects.create(organisation=ownership.organisation, valid=valid, **(kept | changes))


def _transition(
    ownership: Ownership,
    move: str,
    source: str,
    target: str,
    *,
    by: User,
    effective_on: date,
    into: Recording | None = None,
) -> Transition:
    """An unsaved Transition of the organisation."""
    return Transition(
        subject_type=ownership.organisation._meta.label_lower,
        subject_id=ownership.organisation_id,
        move=move,
        from_state=source,
        to_state=target,
        effective_on=effective_on,
        by=by,
        details={"ownership": ownership.pk, "type": ownership.type},
        recording=into,
    )
