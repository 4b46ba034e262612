"""The offices a new committee starts with, titled after its title set (domain brief §1, table of positions)."""

from typing import Final, NamedTuple

from committees.enums import PositionCode, TitleSet

#: Kinds of membership rather than offices: nobody is appointed to them.
MEMBERSHIPS: Final = (PositionCode.UNIT_MEMBER, PositionCode.OBSERVER)


class Office(NamedTuple):
    """A position as it is set up at first; the committee may rename it and change its numbers."""

    code: PositionCode
    en: str
    zh: dict[TitleSet, str]
    ru: str
    holders: tuple[int, int | None]
    voting: bool = True
    elected: bool = True


def _titles(director: str, president: str = "", council: str = "") -> dict[TitleSet, str]:
    return {
        TitleSet.DIRECTOR: director,
        TitleSet.PRESIDENT: president or director,
        TitleSet.COUNCIL: council or president or director,
    }


OFFICES: Final = (
    Office(PositionCode.CHAIR, "Chair", _titles("主任委员", "会长", "理事长"), "Председатель", (1, 1)),
    Office(
        PositionCode.EXECUTIVE_VICE_CHAIR,
        "Executive vice-chair",
        _titles("常务副主任委员", "常务副会长", "常务副理事长"),
        "Первый заместитель председателя",
        (0, 2),
    ),
    Office(
        PositionCode.VICE_CHAIR,
        "Vice-chair",
        _titles("副主任委员", "副会长", "副理事长"),
        "Заместитель председателя",
        (2, 8),
    ),
    Office(
        PositionCode.SECRETARY_GENERAL,
        "Secretary-general",
        _titles("秘书长"),
        "Ответственный секретарь",
        (1, 1),
        elected=False,
    ),
    Office(
        PositionCode.DEPUTY_SECRETARY_GENERAL,
        "Deputy secretary-general",
        _titles("副秘书长"),
        "Заместитель ответственного секретаря",
        (0, 4),
        elected=False,
    ),
    Office(
        PositionCode.STANDING_COUNCIL_MEMBER,
        "Standing council member",
        _titles("常务委员", "常务理事"),
        "Член президиума",
        (0, None),
    ),
    Office(PositionCode.COUNCIL_MEMBER, "Council member", _titles("委员", "理事"), "Член совета", (0, None)),
    Office(PositionCode.SUPERVISOR, "Supervisor", _titles("监事"), "Ревизор", (1, 3)),
    Office(
        PositionCode.UNIT_MEMBER,
        "Unit member",
        _titles("单位会员"),
        "Коллективный член",
        (0, None),
        elected=False,
    ),
    Office(
        PositionCode.OBSERVER,
        "Observer",
        _titles("观察员"),
        "Наблюдатель",
        (0, None),
        voting=False,
        elected=False,
    ),
)
