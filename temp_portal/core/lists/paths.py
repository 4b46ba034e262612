"""The addresses of a list: the page and its downloads."""

from typing import Any

from django.urls import URLPattern, path

from temp_portal.core.lists.formats import by_name
from temp_portal.core.lists.views import ListView


def list_paths(route: str, view: type[ListView[Any]], *, name: str, **initkwargs: Any) -> list[URLPattern]:
    """URL patterns `<route>/`, `<route>.csv` and `<route>.xlsx`, called `<name>`, `<name>-csv` and `<name>-xlsx`,
    and one for each of the view's further `formats`.

    `route` has no slash at its end and may hold converters: `committees/<slug:slug>/roster`.
    """
    page = view.as_view(**initkwargs)
    further = by_name(view.formats).values()
    return [
        path(f"{route}/", page, name=name),
        path(f"{route}.csv", page, {"fmt": "csv"}, name=f"{name}-csv"),
        path(f"{route}.xlsx", page, {"fmt": "xlsx"}, name=f"{name}-xlsx"),
        *(path(f"{route}{each.ending}", page, {"fmt": each.name}, name=f"{name}-{each.name}") for each in further),
    ]
