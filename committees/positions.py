"""The usual offices of a committee, with titles by title set (domain brief §1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from committees.enums import PositionCode, TitleSet
from committees.models import Committee, Position

#: Kinds of membership rather than offices: every seat is one of them by its vote, nobody is appointed to them.
MEMBERSHIPS = (PositionCode.UNIT_MEMBER, PositionCode.OBSERVER)


@dataclass(frozen=True)
class Office:
    """An office: titles en and ru, Chinese titles in the order of TitleSet, and how many may hold it."""

    code: PositionCode
    en: str
    ru: str
    zh: tuple[str, str, str]
    holders_min: int
    holders_max: int | None
    voting: bool = True
    elected: bool = True

    def chinese(self, title_set: str) -> str:
        return self.zh[list(TitleSet.values).index(title_set)]


OFFICES = [
    Office(PositionCode.CHAIR, "Chair", "Председатель", ("主任委员", "会长", "理事长"), 1, 1),
    Office(
        PositionCode.EXECUTIVE_VICE_CHAIR,
        "Executive vice-chair",
        "Первый заместитель председателя",
        ("常务副主任", "常务副会长", "常务副理事长"),
        0,
        2,
    ),
    Office(PositionCode.VICE_CHAIR, "Vice-chair", "Заместитель председателя", ("副主任", "副会长", "副理事长"), 2, 8),
    Office(
        PositionCode.SECRETARY_GENERAL,
        "Secretary-general",
        "Ответственный секретарь",
        ("秘书长", "秘书长", "秘书长"),
        1,
        1,
        elected=False,
    ),
    Office(
        PositionCode.DEPUTY_SECRETARY_GENERAL,
        "Deputy secretary-general",
        "Заместитель секретаря",
        ("副秘书长", "副秘书长", "副秘书长"),
        0,
        4,
        elected=False,
    ),
    Office(
        PositionCode.STANDING_COUNCIL_MEMBER,
        "Standing council member",
        "Член президиума",
        ("常务委员", "常务理事", "常务理事"),
        0,
        None,
    ),
    Office(PositionCode.COUNCIL_MEMBER, "Council member", "Член совета", ("委员", "理事", "理事"), 0, None),
    Office(PositionCode.SUPERVISOR, "Supervisor", "Ревизор", ("监事", "监事", "监事"), 1, 3),
    Office(
        PositionCode.UNIT_MEMBER,
        "Unit member",
        "Коллективный член",
        ("单位会员", "单位会员", "单位会员"),
        0,
        None,
        elected=False,
    ),
    Office(
        PositionCode.OBSERVER,
        "Observer",
        "Наблюдатель",
        ("观察员", "观察员", "观察员"),
        0,
        None,
        voting=False,
        elected=False,
    ),
]


def retitled(positions: Iterable[Position], before: str, after: str) -> list[Position]:
    """Positions whose Chinese title was the usual one of the set `before`, with that of `after`; own titles stay."""
    offices = {office.code.value: office for office in OFFICES}
    changed = []
    for position in positions:
        office = offices[position.code]
        if position.title_zh_hans == office.chinese(before) != office.chinese(after):
            position.title_zh_hans = office.chinese(after)
            changed.append(position)
    return changed


def default_positions(committee: Committee) -> list[Position]:
    """The usual offices as unsaved positions of the committee, in order of rank."""
    return [
        Position(
            committee=committee,
            code=office.code,
            title_en=office.en,
            title_zh_hans=office.chinese(committee.title_set),
            title_ru=office.ru,
            holders_min=office.holders_min,
            holders_max=office.holders_max,
            voting=office.voting,
            elected=office.elected,
            rank=rank,
        )
        for rank, office in enumerate(OFFICES, start=1)
    ]
