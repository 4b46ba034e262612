from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path

from projects.matching.views import listings, matches
from temp_portal.core.lists import list_paths

app_name = "matching"


def _of(kind: type[listings.OfKind], listed: type[Any], page: type[Any]) -> Iterator[URLPattern]:
    """The list, the page and the forms of one kind."""
    plural, single = kind.plural, kind.single
    yield from list_paths(plural, listed, name=plural)
    yield path(f"{plural}/new/", listings.view_of(kind, listings.New).as_view(), name=f"{single}-new")
    yield path(f"{plural}/<int:pk>/", page.as_view(), name=single)
    for name, base in (("edit", listings.Edit), ("publish", listings.Publish), ("close", listings.Close)):
        view = listings.view_of(kind, base)
        yield path(f"{plural}/<int:pk>/{name}/", view.as_view(), name=f"{single}-{name}")


urlpatterns = [
    *_of(listings.DemandKind, listings.DemandList, listings.DemandPage),
    *_of(listings.CapabilityKind, listings.CapabilityList, listings.CapabilityPage),
    *_of(listings.ResourceOfferKind, listings.ResourceOfferList, listings.ResourceOfferPage),
    *_of(listings.CapitalSourceKind, listings.CapitalSourceList, listings.CapitalSourcePage),
    path("resource-offers/<int:pk>/link/", listings.LinkOffer.as_view(), name="resource-offer-link"),
    *list_paths("matches", matches.MatchList, name="matches"),
    path("matches/<int:pk>/", matches.MatchPage.as_view(), name="match"),
    path("matches/<int:pk>/<slug:step>/", matches.Step.as_view(), name="match-step"),
    path("demands/<int:pk>/with/<int:other>/<slug:act>/", matches.ActOnSuggestion.as_view(), name="suggestion"),
]
