"""What organisations put up to be matched: always an organisation's own, a draft until it is published."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from projects.matching.enums import HsEdition, ListingState, Unit
from temp_portal.audit.models import Stateful
from temp_portal.core.search import search_key

CURRENCY = Q(currency__regex="^[A-Z]{3}$")


class Listing(Stateful):
    """`search_key` holds the searchable forms of what is offered or asked for."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="%(class)s_listings", verbose_name=_("organisation")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ListingState, default=ListingState.DRAFT, editable=False
    )
    search_key = models.TextField(editable=False, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="%(class)s_search"),
            models.Index(fields=["state", "id"], name="%(class)s_state"),
        ]

    def save(self, **options: Any) -> None:
        self.search_key = search_key(*self.names_to_find())
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "search_key"}
        super().save(**options)

    def names_to_find(self) -> list[str]:
        """What one would look for."""
        raise NotImplementedError(f"{type(self).__name__} needs names_to_find()")


class ProductListing(Listing):
    """A product by its name in at least one language and by its code in an edition of the Harmonised System."""

    product_en: str
    product_zh_hans: str
    product_ru: str

    product = models.CharField(_("product"), max_length=300)
    hs_code = models.CharField(_("HS code"), max_length=10, help_text=_("Two to ten digits, for example 8541.43."))
    hs_edition = models.PositiveSmallIntegerField(_("edition"), choices=HsEdition, default=HsEdition.HS2022)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit)
    currency = models.CharField(_("currency"), max_length=3, default="USD")

    class Meta(Listing.Meta):
        abstract = True
        indexes = [*Listing.Meta.indexes, models.Index(fields=["hs_code"], name="%(class)s_hs")]
        constraints = [
            models.CheckConstraint(condition=~Q(search_key=""), name="%(class)s_has_product"),
            models.CheckConstraint(condition=Q(hs_code__regex=r"^([0-9]{2}){1,5}$"), name="%(class)s_hs_digits"),
            models.CheckConstraint(condition=CURRENCY, name="%(class)s_currency_code"),
        ]

    def __str__(self) -> str:
        return self.product

    def names_to_find(self) -> list[str]:
        return [text for text in (self.product_en, self.product_zh_hans, self.product_ru) if text]
