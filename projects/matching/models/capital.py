from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from projects.matching.enums import Instrument
from projects.matching.models.listing import CURRENCY, Listing
from projects.matching.querysets import ListingQuerySet
from projects.models import Project
from temp_portal.audit.history import tracked


@tracked()
class CapitalSource(Listing):
    """Who might put up money, by which instrument and how much (domain brief §6.11)."""

    instrument = models.CharField(_("instrument"), max_length=10, choices=Instrument)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    amount_from = models.DecimalField(_("amount from"), max_digits=20, decimal_places=2)
    amount_to = models.DecimalField(_("amount to"), max_digits=20, decimal_places=2)
    conditions = models.TextField(_("conditions"), max_length=2000, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta(Listing.Meta):
        verbose_name = _("source of capital")
        verbose_name_plural = _("sources of capital")
        constraints = [
            models.CheckConstraint(condition=CURRENCY, name="capitalsource_currency_code"),
            models.CheckConstraint(
                condition=Q(amount_from__gte=0, amount_to__gte=F("amount_from")),
                name="capitalsource_amounts",
                violation_error_message=_("The upper amount lies below the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_instrument_display()}"

    def get_absolute_url(self) -> str:
        return reverse("matching:capital-source", args=[self.pk])

    def names_to_find(self) -> list[str]:
        return self.organisation.all_names()


@tracked()
class ResourceOffer(Listing):
    """A resource that waits for manufacturing and capital. It belongs to a project once its capital has a name."""

    country = CountryField(_("country"))
    resource = models.CharField(_("resource"), max_length=300)
    reserve = models.DecimalField(_("reserve or quantity"), max_digits=20, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    capital_source = models.ForeignKey(
        CapitalSource,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="offers",
        verbose_name=_("source of capital"),
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="resource_offers",
        verbose_name=_("project"),
    )

    objects = ListingQuerySet.as_manager()

    class Meta(Listing.Meta):
        verbose_name = _("resource offer")
        verbose_name_plural = _("resource offers")
        constraints = [
            models.CheckConstraint(condition=~Q(resource=""), name="resourceoffer_has_resource"),
            models.CheckConstraint(
                condition=Q(reserve__isnull=True) | (Q(reserve__gt=0) & ~Q(unit="")), name="resourceoffer_reserve"
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(capital_source__isnull=False),
                name="resourceoffer_project_needs_capital",
            ),
        ]

    def __str__(self) -> str:
        return self.resource

    def get_absolute_url(self) -> str:
        return reverse("matching:resource-offer", args=[self.pk])

    def names_to_find(self) -> list[str]:
        return [self.resource]
