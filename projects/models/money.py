from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from projects.enums import FINANCE_OF, DatePrecision, FinanceType, MoneyKind, RatePrecision
from projects.models.project import Project
from projects.querysets import ConvertedMoneyQuerySet, MoneyEventQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.core.db import ClockTimestamp

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _party(label: "StrOrPromise") -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label)


def _converted() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=60, decimal_places=20, null=True)


def _finance_fits() -> Q:
    """The finance type is left open or one that goes with the kind."""
    fits = Q(finance_type="")
    for kind, types in FINANCE_OF.items():
        fits |= Q(kind=kind, finance_type__in=types)
    return fits


class MoneyEvent(models.Model):
    """An amount in its own currency on a day. Append-only: a correction is a new event that supersedes (brief §7).

    `rate_to_usd` is the number of US dollars for one unit of the currency as recorded with the event, if any.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="money_events")
    kind = models.CharField(_("kind"), max_length=20, choices=MoneyKind)
    finance_type = models.CharField(_("finance type"), max_length=4, choices=FinanceType, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    event_date = models.DateField(_("date"))
    date_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    payer = models.CharField(_("payer"), max_length=300, blank=True)
    payer_organisation = _party(_("payer in the registry"))
    receiver = models.CharField(_("receiver"), max_length=300, blank=True)
    receiver_organisation = _party(_("receiver in the registry"))
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    rate_to_usd = models.DecimalField(_("USD per unit"), max_digits=24, decimal_places=12, null=True, blank=True)
    rate_source = models.CharField(_("source of the rate"), max_length=120, blank=True)
    reason = models.CharField(_("reason of the correction"), max_length=500, blank=True, db_default="")
    cancels = models.BooleanField(_("cancels the superseded event"), default=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MoneyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("money event")
        verbose_name_plural = _("money events")
        ordering = ["event_date", "id"]
        indexes = [models.Index(fields=["project", "kind", "event_date"], name="moneyevent_project")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="moneyevent_amount_not_negative"),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="moneyevent_currency_code"),
            models.CheckConstraint(
                condition=Q(rate_to_usd__isnull=True) | Q(rate_to_usd__gt=0), name="moneyevent_rate_positive"
            ),
            models.CheckConstraint(
                condition=_finance_fits(),
                name="moneyevent_finance_of_kind",
                violation_error_message=_("This finance type does not go with this kind of amount."),
            ),
            models.CheckConstraint(
                condition=Q(rate_to_usd__isnull=True) | ~Q(rate_source=""),
                name="moneyevent_rate_has_source",
                violation_error_message=_("Name the source of the rate."),
            ),
            # Several rates of the rial are published for one day: which one was meant has to be said.
            models.CheckConstraint(
                condition=~Q(currency="IRR") | ~Q(rate_source=""),
                name="moneyevent_rial_has_source",
                violation_error_message=_("Several rates of the rial are published: name the source that counts."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="moneyevent_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(cancels=False) | Q(supersedes__isnull=False), name="moneyevent_cancels_something"
            ),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"


@tracked()
class ExchangeRate(models.Model):
    """Units of `quote` for one unit of `base` on a day, or on average of the year that begins on it (brief §7)."""

    base = models.CharField(_("base currency"), max_length=3)
    quote = models.CharField(_("quote currency"), max_length=3)
    date = models.DateField(_("date"))
    precision = models.CharField(
        _("holds for"), max_length=4, choices=RatePrecision, default=RatePrecision.DAY, db_default=RatePrecision.DAY
    )
    rate = models.DecimalField(_("rate"), max_digits=24, decimal_places=12)
    source = models.CharField(_("source"), max_length=60)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        indexes = [models.Index(fields=["-date", "base", "quote"], name="exchangerate_latest")]
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "date", "source"], name="exchangerate_unique"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchangerate_positive"),
            models.CheckConstraint(condition=~Q(base=F("quote")), name="exchangerate_two_currencies"),
            models.CheckConstraint(
                condition=Q(base__regex="^[A-Z]{3}$", quote__regex="^[A-Z]{3}$"), name="exchangerate_currency_codes"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="exchangerate_has_source"),
            models.CheckConstraint(
                condition=Q(precision=RatePrecision.DAY) | Q(date__month=1, date__day=1),
                name="exchangerate_year_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.date}"

    @property
    def edit_url(self) -> str:
        """Where the Secretariat puts it right."""
        return reverse("projects:rate", args=[self.pk])


class ConvertedMoney(models.Model):
    """Every event in force with what it comes to in US dollars and yuan; NULL where there is no rate (brief §7).

    A view. The rate recorded with the event wins, else the one of the event's day, see `exchange_rate_on` in the
    migration. Amounts are exact: rounding is for display only.
    """

    event = models.OneToOneField(
        MoneyEvent, models.DO_NOTHING, primary_key=True, related_name="converted", db_column="event_id"
    )
    project = models.ForeignKey(Project, models.DO_NOTHING, related_name="converted_money")
    kind = models.CharField(max_length=20, choices=MoneyKind)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    event_date = models.DateField()
    recorded = models.BooleanField()
    usd = _converted()
    usd_rate = _converted()
    usd_rate_date = models.DateField(null=True)
    usd_source = models.TextField(null=True)
    cny = _converted()
    cny_rate = _converted()
    cny_rate_date = models.DateField(null=True)
    cny_source = models.TextField(null=True)

    objects = ConvertedMoneyQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "projects_convertedmoney"

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"
