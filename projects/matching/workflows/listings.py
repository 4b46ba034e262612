"""Demands, capabilities, resources and capital: saved, published, closed; offers get their capital and project.

All functions raise PermissionDenied, ValidationError with a message for the user, or StateConflict.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained
from projects.matching.enums import ListingState
from projects.matching.models import Capability, CapitalSource, Demand, Listing, PriceBreak, ResourceOffer
from projects.models import Project
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record

L = TypeVar("L", bound=Listing)
CHANGE: Final = "matching.change_listing"
MOVES: Final = [
    Move("publish", [ListingState.DRAFT, ListingState.CLOSED], ListingState.PUBLISHED, CHANGE),
    Move("close", [ListingState.DRAFT, ListingState.PUBLISHED], ListingState.CLOSED, CHANGE),
]
FLOWS: Final[dict[type[Listing], Workflow[Any]]] = {
    model: Workflow(model, MOVES) for model in (Demand, Capability, ResourceOffer, CapitalSource)
}


@transaction.atomic
def save(listing: L, *, by: User, price_breaks: Sequence[tuple[Decimal, Decimal]] | None = None) -> L:
    """Write a new or changed listing of an organisation for which the user acts; `price_breaks` replace those before.

    Its state stays as it is in the database, whatever the page knew.
    """
    is_new = listing.pk is None
    if is_new:
        listing.created_by = by
    else:
        locked = type(listing)._default_manager.select_for_update(of=("self",)).get(pk=listing.pk)
        if not by.has_perm(CHANGE, locked):
            raise PermissionDenied
        listing.state = locked.state
    if not by.has_perm(CHANGE, listing):
        raise ValidationError({"organisation": _("Choose an organisation for which you act.")})
    with explained(type(listing), PriceBreak):
        listing.save()
        if isinstance(listing, Capability) and price_breaks is not None:
            listing.price_breaks.all().delete()
            PriceBreak.objects.bulk_create(
                PriceBreak(capability=listing, from_quantity=quantity, price=price) for quantity, price in price_breaks
            )
    if is_new:
        record(listing, move="enter", by=by)
    return listing


def move(listing: L, name: str, *, by: User) -> L:
    """Publish or close."""
    with FLOWS[type(listing)].moving(listing, name, by=by) as locked:
        pass
    found: L = locked
    return found


@transaction.atomic
def link(
    offer: ResourceOffer, *, by: User, capital_source: CapitalSource | None, project: Project | None
) -> ResourceOffer:
    """Name the capital of an offer and, once it is named, the project that it belongs to."""
    locked: ResourceOffer = ResourceOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if not by.has_perm("matching.link_offer", locked):
        raise PermissionDenied
    if project is not None and capital_source is None:
        raise ValidationError({"capital_source": _("An offer belongs to a project once its capital is named.")})
    locked.capital_source, locked.project = capital_source, project
    with explained(ResourceOffer):
        locked.save(update_fields=["capital_source", "project"])
    told = {"capital_source": capital_source and capital_source.pk, "project": project.code if project else ""}
    record(locked, move="link", source=locked.state, by=by, details=told)
    return locked
