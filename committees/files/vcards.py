"""Contacts as vCards 4.0 (RFC 6350)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone

#: Octets of a line before it goes on in the next one.
LINE: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": ""})


def address_book(periods: Iterable[Any], *, posts: Mapping[tuple[int, int], str], category: str) -> bytes:
    """One card for each representative of a seat; `posts` by (person, organisation)."""
    revised = timezone.now().astimezone(UTC)
    cards = (_card(each, posts, category, revised) for each in periods)
    return b"".join(fold(line) for card in cards for line in card)


def _card(period: Any, posts: Mapping[tuple[int, int], str], category: str, revised: datetime) -> Iterator[str]:
    person, organisation = period.representative, period.seat.organisation
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:individual"
    yield f"UID:urn:sco-temp:person:{person.pk}:organisation:{organisation.pk}"
    yield f"FN;ALTID=1:{escape(person.name)}"
    if person.name_latin not in ("", person.name):
        yield f"FN;ALTID=1;LANGUAGE=en:{escape(person.name_latin)}"
    yield f"N:{escape(person.name)};;;;"
    yield f"ORG:{escape(str(organisation))}"
    if post := posts.get((person.pk, organisation.pk), ""):
        yield f"TITLE:{escape(post)}"
    if offices := ", ".join(str(each.position) for each in period.seat.offices):
        yield f"ROLE:{escape(offices)}"
    if person.email:
        yield f"EMAIL;TYPE=work:{escape(person.email)}"
    if person.phone:
        yield f"TEL;TYPE=work;VALUE=text:{escape(person.phone)}"
    place = (organisation.city, organisation.region, "", str(organisation.country.name or ""))
    if any(place):
        yield f"ADR;TYPE=work:;;;{';'.join(escape(each) for each in place)}"
    for number, language in enumerate(person.languages, start=1):
        yield f"LANG;PREF={number}:{escape(language)}"
    yield f"CATEGORIES:{escape(category)}"
    yield f"REV:{revised:%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def escape(text: str) -> str:
    """A value in which nothing is taken for a separator or for the end of the line."""
    return text.translate(_ESCAPES)


def fold(line: str) -> bytes:
    """A line of at most 75 octets with its end; what is longer goes on behind a space. No character is torn apart."""
    parts, room, part = [], LINE, b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LINE - 1
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
