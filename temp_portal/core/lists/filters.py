"""Filters that lists of all apps share."""

from typing import Any

import django_filters
from django_countries import countries


class CountryFilter(django_filters.ChoiceFilter):
    """One country or region out of all, by its name in the reader's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=lambda: list(countries), **options)
