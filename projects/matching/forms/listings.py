"""What organisations put up: a demand, a capability, a resource, a source of capital."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from committees.forms.pickers import OrganisationField
from projects.forms.amounts import AMOUNT_MOST, CurrencyField, ExactField
from projects.matching.forms.fields import HsField, OwnedForm, Price, PriceBreaksField, Quantity
from projects.matching.models import Capability, CapitalSource, Demand, ResourceOffer
from projects.models import Project
from temp_portal.core.country_names import country_choices
from temp_portal.core.forms import DayField, ModelChoiceField

PRODUCT: Final = ("product_en", "product_zh_hans", "product_ru")
PRODUCT_LABELS: Final = {
    "product_en": _("Product in English"),
    "product_zh_hans": _("Product in Chinese"),
    "product_ru": _("Product in Russian"),
}


class ProductForm(OwnedForm):
    """What a demand and a capability share: the product in at least one language, its HS code, unit and currency."""

    organisation = OrganisationField(label=_("Organisation"))
    hs_code = HsField()
    currency = CurrencyField(label=_("Currency"), initial="USD")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in PRODUCT):
            self.add_error("product_en", _t("Write the product in at least one language."))
        return cleaned


class DemandForm(ProductForm):
    quantity = Quantity(label=_("Quantity"))
    target_price = Price(
        label=_("Target price per unit"),
        required=False,
        help_text=_("Only you, secretaries and the Secretariat see it."),
    )
    deadline = DayField(label=_("Needed by"), required=False)

    class Meta:
        model = Demand
        fields = (
            "organisation",
            *PRODUCT,
            "hs_code",
            "hs_edition",
            "country",
            "point",
            "scenario",
            "quantity",
            "unit",
            "target_price",
            "currency",
            "deadline",
            "ip_owner",
        )
        labels = PRODUCT_LABELS
        widgets = {"scenario": forms.Textarea(attrs={"rows": 4})}


class CapabilityForm(ProductForm):
    capacity = Quantity(label=_("Capacity a year"))
    minimum_order = Quantity(label=_("Minimum order"), required=False)
    price_breaks = PriceBreaksField()
    countries = forms.MultipleChoiceField(
        label=_("Countries supplied"),
        choices=country_choices,
        required=False,
        help_text=_("None chosen: no country is left out."),
    )

    class Meta:
        model = Capability
        fields = (
            "organisation",
            *PRODUCT,
            "hs_code",
            "hs_edition",
            "capacity",
            "unit",
            "minimum_order",
            "price_breaks",
            "currency",
            "lead_days",
            "certificates",
            "countries",
            "regions",
        )
        labels = PRODUCT_LABELS
        widgets = {"certificates": forms.Textarea(attrs={"rows": 3})}

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            prices = self.instance.price_breaks.all()
            lines = [f"{each.from_quantity.normalize():f}: {each.price.normalize():f}" for each in prices]
            self.initial["price_breaks"] = "\n".join(lines)


class ResourceOfferForm(OwnedForm):
    organisation = OrganisationField(label=_("Organisation"))
    reserve = Quantity(label=_("Reserve or quantity"), required=False)

    class Meta:
        model = ResourceOffer
        fields = ("organisation", "country", "resource", "reserve", "unit", "licence")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reserve") and not cleaned.get("unit"):
            self.add_error("unit", _t("Write the unit of the quantity."))
        return cleaned


class CapitalSourceForm(OwnedForm):
    organisation = OrganisationField(label=_("Organisation"))
    amount_from = ExactField(label=_("Amount from"), places=2, most=AMOUNT_MOST)
    amount_to = ExactField(label=_("Amount to"), places=2, most=AMOUNT_MOST)
    currency = CurrencyField(label=_("Currency"), initial="USD")

    class Meta:
        model = CapitalSource
        fields = ("organisation", "instrument", "amount_from", "amount_to", "currency", "conditions")
        widgets = {"conditions": forms.Textarea(attrs={"rows": 3})}


class LinkOfferForm(forms.Form):
    """The capital of an offer, and then its project by code."""

    capital_source = ModelChoiceField[CapitalSource](
        CapitalSource.objects.none(), label=_("Source of capital"), required=False
    )
    project = forms.CharField(
        label=_("Code of the project"),
        max_length=40,
        required=False,
        help_text=_("An offer belongs to a project once its capital is named."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        sources = self.fields["capital_source"]
        if isinstance(sources, forms.ModelChoiceField):
            sources.queryset = CapitalSource.objects.visible_to(user).published().with_names().order_by("pk")

    def clean_project(self) -> Project | None:
        code = self.cleaned_data["project"].strip()
        if not code:
            return None
        project: Project | None = Project.objects.visible_to(self.user).filter(code__iexact=code).first()
        if project is None:
            raise ValidationError(_t("There is no project “%(code)s”, or you may not see it.") % {"code": code})
        return project
