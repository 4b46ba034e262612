"""What members owe for a year, by fixed tiers, and what they paid (domain brief §1). No accounting beyond that."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.dues.querysets import DuesChargeQuerySet, DuesPaymentQuerySet, DuesTierQuerySet, DuesYearQuerySet
from committees.enums import DuesGroup, DuesYearState
from committees.models.committee import Committee
from committees.models.seat import Seat
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp

CURRENCY = "^[A-Z]{3}$"


@tracked()
class DuesTier(models.Model):
    """A fixed amount a year for a group of members, as a named body decided it. Dues know no ranges (brief §1)."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="dues_tiers")
    kind = models.CharField(_("for whom"), max_length=10, choices=DuesGroup)
    name = models.CharField(_("name"), max_length=120)
    amount = models.DecimalField(_("amount a year"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    valid = DateRangeField(_("in force from, until"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    document = models.CharField(_("decision document"), max_length=300)

    objects = DuesTierQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier of dues")
        verbose_name_plural = _("tiers of dues")
        ordering = ["committee", "amount", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="duestier_amount_positive"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="duestier_currency_code"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="duestier_valid_range"
            ),
            ExclusionConstraint(
                name="duestier_no_overlap",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another tier for these members is in force on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DuesYear(Stateful):
    """The dues of one year, drawn up for a committee in one act. Taken back only while nothing is paid."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="dues_years")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    state = models.CharField(
        _("state"), max_length=10, choices=DuesYearState, default=DuesYearState.DRAWN_UP, editable=False
    )
    document = models.CharField(_("decision document"), max_length=300, blank=True)
    drawn_up_at = models.DateTimeField(_("drawn up at"), default=timezone.now, editable=False)
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = DuesYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("dues of a year")
        verbose_name_plural = _("dues of years")
        ordering = ["committee", "-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year"],
                condition=Q(state=DuesYearState.DRAWN_UP),
                name="duesyear_one_drawn_up",
                violation_error_message=_("The dues of this year have been drawn up already."),
            ),
            models.CheckConstraint(
                condition=Q(state=DuesYearState.DRAWN_UP, withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(state=DuesYearState.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="duesyear_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


@tracked()
class DuesCharge(models.Model):
    """What one member owes for one year. How it stands is computed from its payments (`with_standing`)."""

    dues_year = models.ForeignKey(DuesYear, models.PROTECT, related_name="charges", verbose_name=_("year"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="dues_charges", verbose_name=_("seat"))
    tier = models.ForeignKey(DuesTier, models.PROTECT, related_name="charges", verbose_name=_("tier"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    due_on = models.DateField(_("due on"))
    created_at = models.DateTimeField(_("created at"), db_default=ClockTimestamp(), editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    waived_on = models.DateField(_("waived from"), null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    waiver_reason = models.TextField(_("reason of the waiver"), blank=True)
    waiver_document = models.CharField(_("decision on the waiver"), max_length=300, blank=True)

    objects = DuesChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dues of a member")
        verbose_name_plural = _("dues of members")
        indexes = [models.Index(fields=["seat", "dues_year"], name="duescharge_seat")]
        constraints = [
            models.UniqueConstraint(fields=["dues_year", "seat"], name="duescharge_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="duescharge_amount_positive"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="duescharge_currency_code"),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True, waived_by__isnull=True, waiver_reason="", waiver_document="")
                | (Q(waived_on__isnull=False, waived_by__isnull=False) & ~Q(waiver_reason="") & ~Q(waiver_document="")),
                name="duescharge_waived_with_reason",
            ),
        ]
        # Whoever owes, and how much, is settled when the year is drawn up.
        triggers = [
            pgtrigger.ReadOnly(name="as_drawn_up", fields=["dues_year", "seat", "tier", "amount", "currency", "due_on"])
        ]

    def __str__(self) -> str:
        return f"{self.seat.organisation}, {self.dues_year}"

    def get_absolute_url(self) -> str:
        return reverse("committees:dues-charge", args=[self.seat.committee.slug, self.pk])

    @property
    def committee_id(self) -> int:
        """The committee whose rules hold for it."""
        return self.seat.committee_id


class DuesPayment(models.Model):
    """What came in on a day. Append-only: a correction is a new payment that supersedes, of zero if none was made."""

    charge = models.ForeignKey(DuesCharge, models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    document = models.CharField(_("document"), max_length=300)
    reason = models.TextField(_("reason of the correction"), blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = DuesPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of dues")
        verbose_name_plural = _("payments of dues")
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | (Q(amount=0, supersedes__isnull=False) & ~Q(reason="")),
                name="duespayment_amount",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="duespayment_not_itself"
            ),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.amount} {self.charge.currency}, {self.paid_on}"
