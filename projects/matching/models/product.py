from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from projects.matching.models.listing import ProductListing
from projects.matching.querysets import DemandQuerySet, ListingQuerySet
from temp_portal.audit.history import tracked


@tracked()
class Demand(ProductListing):
    """What is needed, where, for which use, how much of it, at which price and until when (domain brief §6.10)."""

    country = CountryField(_("country"))
    point = models.CharField(_("point of demand"), max_length=200, help_text=_("The place or plant that needs it."))
    scenario = models.TextField(_("application scenario"), max_length=4000, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    target_price = models.DecimalField(
        _("target price per unit"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    deadline = models.DateField(_("needed by"), null=True, blank=True)
    ip_owner = models.CharField(_("owner of the intellectual property"), max_length=200, blank=True)

    objects = DemandQuerySet.as_manager()

    class Meta(ProductListing.Meta):
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        constraints = [
            *ProductListing.Meta.constraints,
            models.CheckConstraint(condition=Q(quantity__gt=0), name="demand_quantity_positive"),
            models.CheckConstraint(
                condition=Q(target_price__isnull=True) | Q(target_price__gt=0), name="demand_price_positive"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("matching:demand", args=[self.pk])


@tracked()
class Capability(ProductListing):
    """What a manufacturer makes: how much a year, from which quantity on, with which certificates, for whom."""

    capacity = models.DecimalField(_("capacity a year"), max_digits=18, decimal_places=3)
    minimum_order = models.DecimalField(_("minimum order"), max_digits=18, decimal_places=3, null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days from order to delivery"), null=True, blank=True)
    certificates = models.TextField(_("certificates"), max_length=2000, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("countries supplied"),
        default=list,
        blank=True,
        help_text=_("None chosen: no country is left out."),
    )
    regions = models.CharField(_("regions supplied"), max_length=300, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta(ProductListing.Meta):
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        constraints = [
            *ProductListing.Meta.constraints,
            models.CheckConstraint(condition=Q(capacity__gt=0), name="capability_capacity_positive"),
            models.CheckConstraint(
                condition=Q(minimum_order__isnull=True) | Q(minimum_order__gt=0), name="capability_minimum_positive"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("matching:capability", args=[self.pk])


@tracked()
class PriceBreak(models.Model):
    """The price of a unit from a quantity on, in the capability's currency."""

    capability = models.ForeignKey(Capability, models.CASCADE, related_name="price_breaks")
    from_quantity = models.DecimalField(_("from the quantity"), max_digits=18, decimal_places=3)
    price = models.DecimalField(_("price per unit"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("price break")
        verbose_name_plural = _("price breaks")
        ordering = ["from_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["capability", "from_quantity"],
                name="pricebreak_once",
                violation_error_message=_("Two prices begin at the same quantity."),
            ),
            models.CheckConstraint(condition=Q(from_quantity__gte=0), name="pricebreak_quantity_not_negative"),
            models.CheckConstraint(condition=Q(price__gt=0), name="pricebreak_price_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.from_quantity}: {self.price}"
