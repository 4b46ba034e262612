"""Dues: the tiers, the year drawn up and taken back, payments, waivers and reminders.

All functions raise PermissionDenied, or ValidationError with a message for the user; taking a year back twice is a
StateConflict.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.dues.plan import Plan
from committees.enums import DuesStanding, DuesYearState
from committees.models import Committee, DuesCharge, DuesPayment, DuesTier, DuesYear
from committees.workflows.guards import explained, lock, refuse_future
from committees.workflows.telling import acting_for
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.core.markup.figures import money
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    DuesYear,
    [
        Move(
            "withdraw",
            sources=[DuesYearState.DRAWN_UP],
            target=DuesYearState.WITHDRAWN,
            permission="committees.keep_dues",
            stamp="withdrawn",
        )
    ],
)
#: What a tier says beside its end; fixed once somebody was charged by it.
SETTLED = ("kind", "amount", "currency")


class PlanChanged(ValidationError):
    """Roster or tiers have changed since the preview: what would be drawn up is not what was shown."""


@transaction.atomic
def save_tier(tier: DuesTier, *, by: User) -> DuesTier:
    """Write a tier. Once members were charged by it, its amount stands: it ends, and another one follows."""
    committee = _opened(tier.committee, by)
    before = DuesTier.objects.filter(pk=tier.pk).first()
    changed = before is not None and any(getattr(before, name) != getattr(tier, name) for name in SETTLED)
    if changed and tier.charges.exists():
        raise ValidationError(
            _("Members were charged by this tier. Give it an end, and add the new amount as another tier.")
        )
    tier.full_clean()
    with explained(DuesTier):
        tier.save()
    if not committee.keeps_dues:
        committee.keeps_dues = True
        committee.save(update_fields=["keeps_dues"])
    return tier


@transaction.atomic
def draw_up(
    committee: Committee, *, by: User, year: int, day: date, due_on: date, document: str = "", shown: str = ""
) -> DuesYear:
    """Charge every voting seat of `day` for the year; who was charged before is left out, so that it can be completed.

    shown: fingerprint of the previewed plan. Raises PlanChanged when the plan is another one by now.
    """
    locked = _opened(committee, by)
    refuse_future(day, "day")
    plan = Plan.of(locked, year, day)
    if shown and shown != plan.fingerprint:
        raise PlanChanged(_("The roster or the tiers have changed since the preview. Look at it again."))
    if not plan.charges:
        raise ValidationError(_("Nobody is left to be charged for this year."))
    dues_year = DuesYear.objects.drawn_up().filter(committee=locked, year=year).first()
    if dues_year is None:
        with explained(DuesYear):
            dues_year = DuesYear.objects.create(committee=locked, year=year, document=document, drawn_up_by=by)
    charges = DuesCharge.objects.bulk_create(
        DuesCharge(
            dues_year=dues_year,
            seat_id=each.period.seat_id,
            tier=each.tier,
            amount=each.tier.amount,
            currency=each.tier.currency,
            due_on=due_on,
        )
        for each in plan.charges
    )
    record(dues_year, move="draw_up", by=by, effective_on=day, details={"charges": len(charges)})
    members = [each.period.seat.organisation_id for each in plan.charges]
    notify("dues_drawn_up", dues_year, recipients=acting_for(members), context={"due_on": due_on})
    return dues_year


def withdraw(dues_year: DuesYear, *, by: User, reason: str) -> DuesYear:
    """Take the dues of a year back as a whole. Refused once something was paid or waived."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with FLOW.moving(dues_year, "withdraw", by=by, reason=reason) as locked:
        charges = list(locked.charges.select_for_update(of=("self",)).order_by("pk"))
        touched = DuesPayment.objects.standing().filter(charge__in=charges)
        if touched.exists() or any(each.waived_on for each in charges):
            raise ValidationError(
                _("Something was paid or waived for this year already, so it can no longer be taken back.")
            )
    return locked


@transaction.atomic
def pay(charge: DuesCharge, *, by: User, amount: Decimal, paid_on: date, document: str) -> DuesPayment:
    """Record a payment. Refused beyond what is open: a payment that two people record at once counts once."""
    locked = _locked(charge, by)
    refuse_future(paid_on, "paid_on")
    _refuse_more_than(locked.open, locked, amount)
    payment = DuesPayment.objects.create(
        charge=locked, amount=amount, paid_on=paid_on, document=document, recorded_by=by
    )
    _record(locked, "pay", by=by, effective_on=paid_on, amount=str(amount), document=document)
    return payment


@transaction.atomic
def correct_payment(
    payment: DuesPayment, *, by: User, amount: Decimal, paid_on: date, document: str, reason: str
) -> DuesPayment:
    """Put a payment right; 0 takes it back. The wrong one stays on record."""
    locked = _locked(payment.charge, by)
    refuse_future(paid_on, "paid_on")
    if not reason.strip():
        raise ValidationError({"reason": _("Say how it was wrong: it stays on record.")})
    if DuesPayment.objects.filter(supersedes=payment).exists():
        raise ValidationError(_("This payment has been corrected already. Load the page again."))
    _refuse_more_than(locked.amount - locked.paid + payment.amount, locked, amount, least=Decimal(0))
    made = DuesPayment.objects.create(
        charge=locked,
        amount=amount,
        paid_on=paid_on,
        document=document,
        reason=reason,
        supersedes=payment,
        recorded_by=by,
    )
    was = str(payment.amount)
    _record(locked, "correct_payment", by=by, effective_on=paid_on, reason=reason, amount=str(amount), was=was)
    return made


@transaction.atomic
def waive(charge: DuesCharge, *, by: User, waived_on: date, reason: str, document: str) -> DuesCharge:
    """Remit what is still open, by a decision."""
    locked = _locked(charge, by)
    refuse_future(waived_on, "waived_on")
    if not locked.open:
        raise ValidationError(_("Nothing is open: it is paid or waived already."))
    locked.waived_on, locked.waived_by = waived_on, by
    locked.waiver_reason, locked.waiver_document = reason, document
    return _waiver_saved(locked, "waive", by=by, effective_on=waived_on, reason=reason, document=document)


@transaction.atomic
def take_waiver_back(charge: DuesCharge, *, by: User, reason: str) -> DuesCharge:
    """The waiver was recorded in error: what is unpaid is owed again."""
    locked = _locked(charge, by)
    if locked.waived_on is None:
        raise ValidationError(_("These dues are not waived."))
    locked.waived_on = locked.waived_by = None
    locked.waiver_reason = locked.waiver_document = ""
    return _waiver_saved(locked, "take_waiver_back", by=by, effective_on=timezone.localdate(), reason=reason)


@transaction.atomic
def remind(committee: Committee, *, by: User) -> int:
    """Remind every member that is in arrears; returns how many. Who was reminded today is not reminded twice."""
    _opened(committee, by)
    today = timezone.localdate()
    late = DuesCharge.objects.in_arrears().filter(Q(reminded_at__isnull=True) | Q(reminded_at__date__lt=today))
    charges = list(
        late.filter(dues_year__committee=committee)
        .select_related("seat__organisation", "seat__committee", "dues_year")
        .order_by("pk")
    )
    for charge in charges:
        notify(
            "dues_reminder",
            charge,
            recipients=acting_for([charge.seat.organisation_id]),
            context={"open": money(charge.open, charge.currency)},
            key=f"dues:{charge.pk}:{today}",
        )
    DuesCharge.objects.filter(pk__in=[each.pk for each in charges]).update(reminded_at=timezone.now())
    return len(charges)


def _opened(committee: Committee, by: User) -> Committee:
    """The committee's row is the lock of its tiers and years."""
    locked = lock(committee)
    if not by.has_perm("committees.keep_dues", locked):
        raise PermissionDenied
    return locked


def _locked(charge: DuesCharge, by: User) -> Any:
    """The charge's row, locked, with how it stands under the lock: of two payments the second sees the first."""
    DuesCharge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    found = DuesCharge.objects.with_standing().select_related("seat__organisation", "seat__committee", "dues_year")
    locked = found.get(pk=charge.pk)
    if not by.has_perm("committees.keep_dues", locked):
        raise PermissionDenied
    if locked.dues_year.state == DuesYearState.WITHDRAWN:
        raise ValidationError(_("The dues of this year were taken back."))
    return locked


def _refuse_more_than(most: Decimal, charge: Any, amount: Decimal, *, least: Decimal = Decimal("0.01")) -> None:
    if amount < least:
        raise ValidationError({"amount": _("Write an amount above zero.")})
    if charge.standing == DuesStanding.WAIVED or amount > most:
        open_ = money(max(most, Decimal(0)), charge.currency)
        raise ValidationError({"amount": _("Only %(open)s is open for this year.") % {"open": open_}})


def _waiver_saved(charge: DuesCharge, move: str, *, by: User, **told: Any) -> DuesCharge:
    charge.save(update_fields=["waived_on", "waived_by", "waiver_reason", "waiver_document"])
    _record(charge, move, by=by, **told)
    return charge


def _record(charge: Any, move: str, *, by: User, effective_on: date, reason: str = "", **details: str) -> None:
    """The Transition of a charge: from how it stood to how it stands."""
    after = DuesCharge.objects.with_standing().values_list("standing", flat=True).get(pk=charge.pk)
    Transition.objects.create(
        subject_type=DuesCharge._meta.label_lower,
        subject_id=charge.pk,
        move=move,
        from_state=charge.standing,
        to_state=after,
        effective_on=effective_on,
        by=by,
        reason=reason,
        details=details,
    )
