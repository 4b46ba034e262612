"""A committee decides on a rule of its composition: the next version holds from a day on, earlier ones stay."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.composition.verdicts import results_of
from committees.enums import RuleSeverity
from committees.models import Committee, CompositionRule
from committees.workflows.guards import explained, lock, refuse_future
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: What a decision may say about a rule.
CONTENT: Final = (
    "base", "states", "operator", "numerator", "denominator", "upper_numerator", "upper_denominator", "severity",
    "count_by", "evidence_months", "substitute", "text_en", "text_zh_hans", "text_ru",
)  # fmt: skip


@transaction.atomic
def decide_rule(
    committee: Committee,
    code: str,
    *,
    by: "User",
    seen: int,
    effective_on: date,
    decided_on: date,
    document: str,
    reason: str = "",
    **content: Any,
) -> CompositionRule:
    """Write the next version of a rule. `seen` is the version that the writer had before the eyes.

    Refused before the first day of the present version, and when somebody else has decided in the meantime.
    """
    locked = lock(committee)
    if not by.has_perm("committees.change_committee", locked):
        raise PermissionDenied
    refuse_future(decided_on, "decided_on")
    refuse_future(effective_on)
    running = CompositionRule.objects.current().get(committee=locked, code=code, valid__endswith__isnull=True)
    if running.version != seen:
        raise ValidationError(_("Somebody else has decided on this rule since you opened it: load the page again."))
    began = first_day(running.valid)
    if effective_on < began:
        message = _("Choose a day from %(day)s on: earlier days are recorded already.")
        raise ValidationError({"effective_on": message % {"day": began.isoformat()}})
    CompositionRule.objects.filter(pk=running.pk).supersede(by=by, reason=reason)
    if effective_on > began:
        _written(running, date_range(began, effective_on), by=by)
    decision = {"version": seen + 1, "decided_on": decided_on, "document": document, "reason": reason}
    made = _written(running, date_range(effective_on), by=by, **decision, **content)
    Transition.objects.create(
        subject_type=CompositionRule._meta.label_lower,
        subject_id=made.pk,
        move="decide",
        from_state=str(seen),
        to_state=str(made.version),
        effective_on=effective_on,
        by=by,
        reason=reason,
        details={"rule": code, "committee": locked.pk, "document": document},
    )
    return made


def refuse_obstacles(committee: Committee, day: date) -> None:
    """Refuse a step of the committee's life while a rule that is an obstacle is not met on `day`."""
    obstacles = [
        f"{result.rule}: {result.figure} ({result.threshold})"
        for result in results_of(committee, day)
        if result.rule.severity == RuleSeverity.BLOCK and not result.is_met
    ]
    if obstacles:
        raise ValidationError(
            _("The committee does not meet a rule of its composition. %(rules)s") % {"rules": "; ".join(obstacles)}
        )


def _written(rule: CompositionRule, valid: Any, *, by: "User", **changes: Any) -> CompositionRule:
    names = (*CONTENT, "committee", "code", "version", "decided_on", "document", "reason")
    copy = CompositionRule(valid=valid, recorded_by=by, **({name: getattr(rule, name) for name in names} | changes))
    with explained(CompositionRule):
        copy.save(force_insert=True)
    return copy
