"""Holidays, and rest days that are worked, 2025 to 2027, as far as they are certain.

China's are those of the State Council's yearly notices; for 2027 the days fixed by the regulation on public holidays,
whose exchanged weekends the notice will add. Of other members: days that their law fixes to a date of the calendar.
Everything else (moving feasts, exchanged weekends, single decrees) is to be filled in on the page or by import.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

YEARS: Final = (2025, 2026, 2027)

Names = tuple[str, str, str]
NEW_YEAR: Final[Names] = ("New Year", "元旦", "Новый год")
SPRING: Final[Names] = ("Spring Festival", "春节", "Праздник весны")
QINGMING: Final[Names] = ("Tomb-Sweeping Day", "清明节", "Праздник поминовения усопших (Цинмин)")
LABOUR: Final[Names] = ("Labour Day", "劳动节", "День труда")
DRAGON_BOAT: Final[Names] = ("Dragon Boat Festival", "端午节", "Праздник драконьих лодок")
MID_AUTUMN: Final[Names] = ("Mid-Autumn Festival", "中秋节", "Праздник середины осени")
NATIONAL: Final[Names] = ("National Day", "国庆节", "День образования КНР")
NATIONAL_AND_AUTUMN: Final[Names] = (
    "National Day and Mid-Autumn Festival",
    "国庆节、中秋节",
    "День образования КНР и Праздник середины осени",
)
CHRISTMAS: Final[Names] = ("Orthodox Christmas", "东正教圣诞节", "Рождество Христово")
WOMEN: Final[Names] = ("International Women's Day", "国际妇女节", "Международный женский день")
NOWRUZ: Final[Names] = ("Nowruz", "纳吾鲁孜节", "Навруз")
VICTORY: Final[Names] = ("Victory Day", "胜利日", "День Победы")
INDEPENDENCE: Final[Names] = ("Independence Day", "独立日", "День независимости")
CONSTITUTION: Final[Names] = ("Constitution Day", "宪法日", "День Конституции")
REPUBLIC: Final[Names] = ("Republic Day", "共和国日", "День Республики")

NOTICE_2025: Final = "国务院办公厅关于2025年部分节假日安排的通知"
NOTICE_2026: Final = "国务院办公厅关于2026年部分节假日安排的通知"
REGULATION: Final = "全国年节及纪念日放假办法 (2024)"
FIXED: Final = "Fixed by the country's law on public holidays"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a country's calendar; names in English, Chinese, Russian."""

    country: str
    day: date
    working: bool
    names: Names
    source: str


@dataclass(frozen=True, slots=True)
class _Holiday:
    """Days off from `first` to `last`, and the rest days that are worked for them."""

    names: Names
    first: date
    last: date
    worked: tuple[date, ...] = ()


CHINA: Final = {
    NOTICE_2025: (
        _Holiday(NEW_YEAR, date(2025, 1, 1), date(2025, 1, 1)),
        _Holiday(SPRING, date(2025, 1, 28), date(2025, 2, 4), (date(2025, 1, 26), date(2025, 2, 8))),
        _Holiday(QINGMING, date(2025, 4, 4), date(2025, 4, 6)),
        _Holiday(LABOUR, date(2025, 5, 1), date(2025, 5, 5), (date(2025, 4, 27),)),
        _Holiday(DRAGON_BOAT, date(2025, 5, 31), date(2025, 6, 2)),
        _Holiday(NATIONAL_AND_AUTUMN, date(2025, 10, 1), date(2025, 10, 8), (date(2025, 9, 28), date(2025, 10, 11))),
    ),
    NOTICE_2026: (
        _Holiday(NEW_YEAR, date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
        _Holiday(SPRING, date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))),
        _Holiday(QINGMING, date(2026, 4, 4), date(2026, 4, 6)),
        _Holiday(LABOUR, date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
        _Holiday(DRAGON_BOAT, date(2026, 6, 19), date(2026, 6, 21)),
        _Holiday(MID_AUTUMN, date(2026, 9, 25), date(2026, 9, 27)),
        _Holiday(NATIONAL, date(2026, 10, 1), date(2026, 10, 7), (date(2026, 9, 20), date(2026, 10, 10))),
    ),
    REGULATION: (
        _Holiday(NEW_YEAR, date(2027, 1, 1), date(2027, 1, 1)),
        _Holiday(SPRING, date(2027, 2, 5), date(2027, 2, 8)),
        _Holiday(QINGMING, date(2027, 4, 5), date(2027, 4, 5)),
        _Holiday(LABOUR, date(2027, 5, 1), date(2027, 5, 2)),
        _Holiday(DRAGON_BOAT, date(2027, 6, 9), date(2027, 6, 9)),
        _Holiday(MID_AUTUMN, date(2027, 9, 15), date(2027, 9, 15)),
        _Holiday(NATIONAL, date(2027, 10, 1), date(2027, 10, 3)),
    ),
}

#: Country → (month, first day, last day, names), the same every year.
FIXED_DAYS: Final[dict[str, tuple[tuple[int, int, int, Names], ...]]] = {
    "RU": (
        (1, 1, 6, ("New Year holidays", "新年假期", "Новогодние каникулы")),
        (1, 7, 7, CHRISTMAS),
        (1, 8, 8, ("New Year holidays", "新年假期", "Новогодние каникулы")),
        (2, 23, 23, ("Defender of the Fatherland Day", "祖国保卫者日", "День защитника Отечества")),
        (3, 8, 8, WOMEN),
        (5, 1, 1, ("Spring and Labour Day", "春天与劳动节", "Праздник Весны и Труда")),
        (5, 9, 9, VICTORY),
        (6, 12, 12, ("Russia Day", "俄罗斯日", "День России")),
        (11, 4, 4, ("Unity Day", "民族统一日", "День народного единства")),
    ),
    "KZ": (
        (1, 1, 2, NEW_YEAR),
        (1, 7, 7, CHRISTMAS),
        (3, 8, 8, WOMEN),
        (3, 21, 23, NOWRUZ),
        (5, 1, 1, ("Unity Day", "民族团结日", "Праздник единства народа Казахстана")),
        (5, 7, 7, ("Defender of the Fatherland Day", "祖国保卫者日", "День защитника Отечества")),
        (5, 9, 9, VICTORY),
        (7, 6, 6, ("Capital Day", "首都日", "День столицы")),
        (10, 25, 25, REPUBLIC),
        (12, 16, 16, INDEPENDENCE),
    ),
    "KG": (
        (1, 1, 1, NEW_YEAR),
        (1, 7, 7, CHRISTMAS),
        (3, 8, 8, WOMEN),
        (3, 21, 21, NOWRUZ),
        (5, 1, 1, LABOUR),
        (5, 5, 5, CONSTITUTION),
        (5, 9, 9, VICTORY),
        (8, 31, 31, INDEPENDENCE),
    ),
    "TJ": (
        (1, 1, 1, NEW_YEAR),
        (3, 8, 8, ("Mother's Day", "母亲节", "День матери")),
        (3, 21, 24, NOWRUZ),
        (5, 9, 9, VICTORY),
        (6, 27, 27, ("National Unity Day", "民族团结日", "День национального единства")),
        (9, 9, 9, INDEPENDENCE),
        (11, 6, 6, CONSTITUTION),
    ),
    "UZ": (
        (1, 1, 1, NEW_YEAR),
        (3, 8, 8, WOMEN),
        (3, 21, 21, NOWRUZ),
        (5, 9, 9, ("Day of Memory and Honour", "缅怀与荣誉日", "День памяти и почестей")),
        (9, 1, 1, INDEPENDENCE),
        (10, 1, 1, ("Teachers' Day", "教师节", "День учителя и наставника")),
        (12, 8, 8, CONSTITUTION),
    ),
    "IN": (
        (1, 26, 26, REPUBLIC),
        (8, 15, 15, INDEPENDENCE),
        (10, 2, 2, ("Gandhi Jayanti", "甘地诞辰日", "День рождения Махатмы Ганди")),
    ),
    "PK": (
        (3, 23, 23, ("Pakistan Day", "巴基斯坦日", "День Пакистана")),
        (5, 1, 1, LABOUR),
        (8, 14, 14, INDEPENDENCE),
        (12, 25, 25, ("Quaid-e-Azam Day", "真纳诞辰日", "День рождения Мухаммада Али Джинны")),
    ),
    "IR": (
        (3, 21, 24, NOWRUZ),
        (4, 1, 1, ("Islamic Republic Day", "伊斯兰共和国日", "День Исламской Республики")),
        (4, 2, 2, ("Nature Day", "自然日", "День природы")),
    ),
    "BY": (
        (1, 1, 2, NEW_YEAR),
        (1, 7, 7, CHRISTMAS),
        (3, 8, 8, WOMEN),
        (5, 1, 1, LABOUR),
        (5, 9, 9, VICTORY),
        (7, 3, 3, INDEPENDENCE),
        (11, 7, 7, ("October Revolution Day", "十月革命日", "День Октябрьской революции")),
        (12, 25, 25, ("Christmas", "圣诞节", "Рождество Христово (католическое)")),
    ),
}


def shipped_days() -> list[Day]:
    """All of them, by country and day."""
    return sorted([*_china(), *_fixed()], key=lambda each: (each.country, each.day))


def _china() -> Iterator[Day]:
    for source, holidays in CHINA.items():
        for holiday in holidays:
            yield from (Day("CN", day, False, holiday.names, source) for day in _days(holiday.first, holiday.last))
            yield from (Day("CN", day, True, holiday.names, source) for day in holiday.worked)


def _fixed() -> Iterator[Day]:
    for country, days in FIXED_DAYS.items():
        for year in YEARS:
            for month, first, last, names in days:
                for day in _days(date(year, month, first), date(year, month, last)):
                    yield Day(country, day, False, names, FIXED)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
