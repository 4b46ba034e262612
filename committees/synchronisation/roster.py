"""What the portal has: the members of a day, the words for their offices, and the facts that a comparison stands on."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from committees.enums import PositionCode
from committees.models import Appointment, Committee, Position, Seat, SeatPeriod
from committees.positions import MEMBERSHIPS, OFFICES
from committees.synchronisation.words import words_of
from members.models import Organisation
from temp_portal.core.tabular.cells import header_key

_TITLES: Final = ("title_en", "title_zh_hans", "title_ru")
_BETWEEN: Final = re.compile(r"[,;，；、/\n]+")
#: Chinese rosters say of an organisation that it is a "vice-chair unit".
_UNIT: Final = re.compile(r"(?:单位|企业)$")
_MEMBER_WORDS: Final = ("会员", "普通会员", "member", "ordinary member", "член", "рядовой член")


@dataclass(frozen=True, slots=True)
class Member:
    """Who sits on the day: the period with the annotations of `with_roster`, and the offices held."""

    period: Any

    @property
    def seat(self) -> Seat:
        """The membership."""
        found: Seat = self.period.seat
        return found

    @property
    def organisation(self) -> Organisation:
        """Whose membership it is."""
        return self.seat.organisation

    @property
    def offices(self) -> list[Appointment]:
        """The appointments of the day, highest first."""
        return list(self.period.seat.offices)


def members_on(committee: Committee, day: date) -> dict[int, Member]:
    """The members of `day` by organisation."""
    periods = SeatPeriod.objects.of(committee).on(day).with_roster(day).order_by("office_rank", "pk")
    return {period.seat.organisation_id: Member(period) for period in periods}


def fingerprint(committee: Committee) -> dict[str, str]:
    """Organisation → the numbers of its facts. A fact is never changed, so other numbers mean another roster."""
    facts: dict[str, list[str]] = defaultdict(list)
    periods = SeatPeriod.objects.of(committee).order_by("pk").values_list("seat__organisation_id", "pk")
    held = Appointment.objects.current().filter(seat__committee=committee).order_by("pk")
    for organisation, pk in periods:
        facts[str(organisation)].append(str(pk))
    for organisation, pk in held.values_list("seat__organisation_id", "pk"):
        facts[str(organisation)].append(f"a{pk}")
    return {organisation: ",".join(numbers) for organisation, numbers in facts.items()}


class UnknownOffice(ValueError):
    """A word that names no office of the committee; the message says which there are."""


class Offices:
    """The words by which files name a committee's offices, its own titles and the usual ones in every language."""

    def __init__(self, committee: Committee) -> None:
        self.by_code = {each.code: each for each in Position.objects.filter(committee=committee)}
        usual = {office.code: [office.en, office.ru, *office.zh] for office in OFFICES}
        self._codes: dict[str, str] = dict.fromkeys(map(header_key, _MEMBER_WORDS), PositionCode.UNIT_MEMBER)
        self._codes |= words_of(PositionCode.choices)
        for code, titles in usual.items():
            self._codes |= dict.fromkeys(map(header_key, titles), code)
        for position in Position.objects.filter(committee=committee).values("code", *_TITLES):
            own = (position[title] for title in _TITLES)
            self._codes |= dict.fromkeys(map(header_key, filter(None, own)), position["code"])

    def read(self, text: str) -> set[str]:
        """Codes of what a cell names, memberships included. Raises UnknownOffice."""
        whole = self._codes.get(header_key(text))
        if whole:
            return {self._held(whole, text)}
        words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
        return {self._held(self._codes.get(self._key(word), ""), word) for word in words}

    def _key(self, word: str) -> str:
        key = header_key(word)
        return key if key in self._codes else _UNIT.sub("", key)

    def _held(self, code: str, word: str) -> str:
        if code in self.by_code or code in MEMBERSHIPS:
            return code
        titles = ", ".join(str(each) for each in self.by_code.values() if each.code not in MEMBERSHIPS)
        message = _("“%(word)s” is no position of this committee. It has: %(titles)s.")
        raise UnknownOffice(message % {"word": word, "titles": titles or "–"})
