"""Files of a list beside CSV and XLSX: each is an entry of its Download menu and an address of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise


def _everybody(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One way to take a list's rows away.

        formats = [FileFormat("cards", "-cards.pdf", _("Name cards (.pdf)"), write_cards)]

    name: key of the format; the route is called `<list>-<name>`.
    ending: end of the address, put behind the list's own: ".pdf", "-cards.pdf".
    label: what the menu says.
    write: gives the response; it is handed the view, which knows the rows, the columns and the request.
    query: parameters beside those of the list, where one file comes in several kinds.
    offered: whether this request sees the entry (`write` checks again what must not be had).
    """

    name: str
    ending: str
    label: str | Promise
    write: Callable[[Any], HttpResponseBase]
    query: str = ""
    offered: Callable[[HttpRequest], bool] = _everybody


def by_name(formats: Iterable[FileFormat]) -> dict[str, FileFormat]:
    """The formats by their key; those of one key share address and writer."""
    return {each.name: each for each in formats}
