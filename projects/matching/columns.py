"""Columns of demands, capabilities, resources, capital and matches."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.matching.enums import Instrument, ListingState, MatchState, Unit
from temp_portal.core.country_names import country_name
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import number

LISTING_TONES: dict[str, str] = {
    ListingState.DRAFT: "",
    ListingState.PUBLISHED: "ok",
    ListingState.CLOSED: "",
}
MATCH_TONES: dict[str, str] = {
    MatchState.SUGGESTED: "info",
    MatchState.INTRODUCED: "wait",
    MatchState.SAMPLE: "wait",
    MatchState.QUOTED: "wait",
    MatchState.CONTRACTED: "ok",
    MatchState.DELIVERED: "ok",
    MatchState.FAILED: "bad",
    MatchState.DISMISSED: "",
}


def _quantity(path: str) -> Any:
    def cell(row: Any) -> object:
        quantity = getattr(row, path)
        return None if quantity is None else f"{number(quantity.normalize())} {row.get_unit_display()}"

    return cell


def _countries(capability: Any) -> object:
    return ", ".join(country_name(code) for code in capability.countries) or None


def _project(row: Any) -> object:
    return format_html('<a href="{}">{}</a>', row.project.get_absolute_url(), row.project.code) if row.project else None


ORGANISATION = Column(
    "organisation",
    _("Organisation"),
    cells.name("organisation", native="legal_name", link="organisation.get_absolute_url"),
    sort=("organisation__legal_name",),
    export="organisation__legal_name",
)
STATE = Column(
    "state",
    _("State"),
    cells.status("state", LISTING_TONES),
    sort=("state",),
    export=label_of("state", ListingState),
)
PRODUCT = [
    Column(
        "product",
        _("Product"),
        cells.name(field="product", link="get_absolute_url"),
        sort=("search_key",),
        export="product",
        row_header=True,
    ),
    ORGANISATION,
    Column("hs", _("HS code"), cells.text("hs_code"), sort=("hs_code",)),
    Column("edition", _("Edition"), cells.choice("hs_edition"), sort=("hs_edition",), default=False),
]
UNIT = Column("unit", _("Unit"), cells.choice("unit"), sort=("unit",), export=label_of("unit", Unit), default=False)
CURRENCY = Column("currency", _("Currency"), cells.text("currency"), sort=("currency",), default=False)
DEMANDS = [
    *PRODUCT,
    Column("country", _("Country"), cells.country(), sort=("country",), export="country"),
    Column("point", _("Point of demand"), cells.text("point"), sort=("point",)),
    Column("quantity", _("Quantity"), _quantity("quantity"), sort=("quantity",), numeric=True),
    UNIT,
    # The price as this reader may see it: the annotation of `with_price_for`.
    Column(
        "price", _("Target price per unit"), cells.money("shown_price", "currency"), export="shown_price", numeric=True
    ),
    CURRENCY,
    Column("deadline", _("Needed by"), cells.date("deadline"), sort=("deadline",), numeric=True),
    STATE,
]
CAPABILITIES = [
    *PRODUCT,
    Column("capacity", _("Capacity a year"), _quantity("capacity"), sort=("capacity",), numeric=True),
    Column("minimum", _("Minimum order"), _quantity("minimum_order"), sort=("minimum_order",), numeric=True),
    UNIT,
    Column("countries", _("Countries supplied"), _countries, export="countries"),
    Column("certificates", _("Certificates"), cells.text("certificates"), export="certificates", default=False),
    STATE,
]
RESOURCE_OFFERS = [
    Column("resource", _("Resource"), cells.link("resource"), sort=("search_key",), export="resource", row_header=True),
    ORGANISATION,
    Column("country", _("Country"), cells.country(), sort=("country",), export="country"),
    Column("reserve", _("Reserve or quantity"), cells.number("reserve"), sort=("reserve",), numeric=True),
    Column("unit", _("Unit"), cells.text("unit"), sort=("unit",)),
    Column("licence", _("Licence"), cells.text("licence"), export="licence"),
    Column(
        "capital",
        _("Source of capital"),
        cells.text("capital_source"),
        export="capital_source__organisation__legal_name",
    ),
    STATE,
]
CAPITAL_SOURCES = [
    Column(
        "capital",
        _("Source of capital"),
        cells.link("organisation"),
        sort=("search_key",),
        export="organisation__legal_name",
        row_header=True,
    ),
    Column(
        "instrument",
        _("Instrument"),
        cells.choice("instrument"),
        sort=("instrument",),
        export=label_of("instrument", Instrument),
    ),
    Column("from", _("Amount from"), cells.money("amount_from", "currency"), export="amount_from", numeric=True),
    Column("to", _("Amount to"), cells.money("amount_to", "currency"), export="amount_to", numeric=True),
    CURRENCY,
    STATE,
]
MATCHES = [
    Column(
        "demand",
        _("Demand"),
        cells.name("demand", field="product", link="get_absolute_url"),
        sort=("demand__search_key",),
        export="demand__product",
        row_header=True,
    ),
    Column(
        "needs",
        _("Needed by the organisation"),
        cells.name("demand.organisation", native="legal_name"),
        export="demand__organisation__legal_name",
    ),
    Column("country", _("Country"), cells.country("demand.country"), sort=("demand__country",)),
    Column(
        "capability",
        _("Capability"),
        cells.name("capability", field="product", link="capability.get_absolute_url"),
        sort=("capability__search_key",),
        export="capability__product",
    ),
    Column(
        "makes",
        _("Manufacturer"),
        cells.name("capability.organisation", native="legal_name"),
        export="capability__organisation__legal_name",
    ),
    Column(
        "state", _("State"), cells.status("state", MATCH_TONES), sort=("state",), export=label_of("state", MatchState)
    ),
    Column("since", _("Since"), cells.date("since"), sort=("since",), numeric=True),
    Column("score", _("Score"), cells.number("score", 0), sort=("score",), numeric=True),
    Column("project", _("Project"), _project, export="project__code"),
]
