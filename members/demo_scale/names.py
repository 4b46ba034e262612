"""Invented names by the hundred thousand: a root, a trade and a town, in the original script and three languages."""

from dataclasses import dataclass
from itertools import permutations
from typing import Final

from members.demo_data import words
from temp_portal.core.search import chinese, palladius

_CHARACTERS: Final = (
    "龙河北辰渝州明远金岚天麓瀚江宝西陵三禾华岩东岭澜汀青垣云岫屿鼎川嘉瑞峦朔原凌波赤峰碧泉银桥泰坪安星湖榕晋沐阳桐松鹤"
)
_TOWNS: Final = [
    ("重庆", "Chongqing", "Чунцин"),
    ("成都", "Chengdu", "Чэнду"),
    ("昆明", "Kunming", "Куньмин"),
    ("西安", "Xi’an", "Сиань"),
    ("兰州", "Lanzhou", "Ланьчжоу"),
    ("青岛", "Qingdao", "Циндао"),
    ("南京", "Nanjing", "Нанкин"),
    ("武汉", "Wuhan", "Ухань"),
    ("广州", "Guangzhou", "Гуанчжоу"),
    ("杭州", "Hangzhou", "Ханчжоу"),
    ("沈阳", "Shenyang", "Шэньян"),
    ("银川", "Yinchuan", "Иньчуань"),
]
_PROVINCES: Final = ["重庆", "四川", "云南", "陕西", "甘肃", "山东", "江苏", "湖北", "广东", "浙江", "辽宁", "宁夏"]
#: Shares no factor with the number of combinations, so that neighbours in number differ in everything.
_STRIDE: Final = 7919
#: Words of a trade where business is done in Russian; abroad the trade stands in the name.
_CYRILLIC: Final = frozenset(("RU", "KZ", "KG", "TJ", "BY"))


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one organisation; `trade` is a place in `words.TRADES`."""

    legal: str
    language: str
    english: str
    chinese: str
    russian: str
    country: str
    region: str
    city: str
    trade: int


@dataclass(frozen=True, slots=True)
class _Root:
    chinese: str
    latin: str
    cyrillic: str


def _roots() -> list[_Root]:
    roots = ("".join(pair) for pair in permutations(_CHARACTERS, 2))
    readings = ((root, chinese.readings(root)[0]) for root in roots)
    return [
        _Root(root, "".join(reading).capitalize(), palladius.joined([*map(palladius.syllable, reading)]).capitalize())
        for root, reading in readings
    ]


class NameBook:
    """Gives the names of the organisation of any number; the same number always gets the same ones."""

    def __init__(self) -> None:
        self._roots = _roots()
        self._abroad = [(country, *root) for country, roots in words.ABROAD.items() for root in roots]

    def domestic(self, number: int, *, group: bool) -> Names:
        """An organisation registered in China; `group`: the name says that it is a group."""
        trades, towns = len(words.TRADES), len(_TOWNS)
        place = number * _STRIDE % (len(self._roots) * trades * towns)
        root, town = self._roots[place // (trades * towns)], place % towns
        trade = place // towns % trades
        city_zh, city_en, city_ru = _TOWNS[town]
        trade_zh, trade_en, trade_ru, *_codes = words.TRADES[trade]
        legal = f"{root.chinese}{trade_zh}{'集团' if group else ''}（{city_zh}）有限公司"
        return Names(
            legal=legal,
            language="zh-hans",
            english=f"{root.latin} {trade_en} {'Group ' if group else ''}({city_en}) Co., Ltd.",
            chinese=legal,
            russian=f"{'Группа' if group else 'ООО'} «{root.cyrillic}», {trade_ru} ({city_ru})",
            country="CN",
            region=_PROVINCES[town],
            city=city_zh,
            trade=trade,
        )

    def abroad(self, number: int) -> Names:
        """An organisation registered in one of nine countries."""
        country, native, latin, zh = self._abroad[number % len(self._abroad)]
        trade = number // len(self._abroad) % len(words.TRADES)
        trade_zh, trade_en, trade_ru, *_codes = words.TRADES[trade]
        native_form, latin_form = words.LEGAL_FORMS[country]
        series = number // (len(self._abroad) * len(words.TRADES)) + 1
        russian = native if country in _CYRILLIC else latin
        return Names(
            legal=native_form.format(f"{native} {series}" if country in _CYRILLIC else f"{native} {trade_en} {series}"),
            language=words.NATIVE_LANGUAGE[country],
            english=latin_form.format(f"{latin} {trade_en} {series}"),
            chinese=f"{zh}{trade_zh}第{series}公司",
            russian=f"«{russian} {series}», {trade_ru}",
            country=country,
            region="",
            city="",
            trade=trade,
        )
