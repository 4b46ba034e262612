from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.enums import DatePrecision, FinanceType, MoneyKind
from projects.models.project import Project
from projects.querysets import MoneyEventQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.core.db import ClockTimestamp


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
    receiver = models.CharField(_("receiver"), max_length=300, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    rate_to_usd = models.DecimalField(_("USD per unit"), max_digits=24, decimal_places=12, null=True, blank=True)
    rate_source = models.CharField(_("source of the rate"), max_length=120, blank=True)
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
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="moneyevent_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(cancels=False) | Q(supersedes__isnull=False), name="moneyevent_cancels_something"
            ),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"


class ExchangeRate(models.Model):
    """Units of `quote` for one unit of `base` on a day, with its source (brief §7)."""

    base = models.CharField(_("base currency"), max_length=3)
    quote = models.CharField(_("quote currency"), max_length=3)
    date = models.DateField(_("date"))
    rate = models.DecimalField(_("rate"), max_digits=24, decimal_places=12)
    source = models.CharField(_("source"), max_length=60)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "date", "source"], name="exchangerate_unique"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchangerate_positive"),
            models.CheckConstraint(condition=~Q(base=F("quote")), name="exchangerate_two_currencies"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.date}"
