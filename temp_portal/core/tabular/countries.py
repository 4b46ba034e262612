"""Countries as files name them: ISO 3166-1 codes of letters or digits, and names in English, Chinese and Russian."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django_countries import countries

_ARTICLE: Final = re.compile(r"\b(?:the|of)\b")
_SIGNS: Final = re.compile(r"[\W_]+")

#: Names in use that are neither the short name of the standard nor its translation.
_ALIASES: Final[Mapping[str, str]] = {
    "Congo, Rep.": "CG",
    "Congo, Dem. Rep.": "CD",
    "DR Congo": "CD",
    "Democratic Republic of the Congo": "CD",
    "Central African Rep.": "CF",
    "Cape Verde": "CV",
    "Macedonia, FYR": "MK",
    "Macedonia": "MK",
    "Palestinian Adm. Areas": "PS",
    "Palestine": "PS",
    "Turkey": "TR",
    "Swaziland": "SZ",
    "Burma": "MM",
    "East Timor": "TL",
    "Micronesia, Federated States of": "FM",
    "Micronesia, Fed. Sts.": "FM",
    "Russian Federation": "RU",
    "Kyrgyz Republic": "KG",
    "Slovak Republic": "SK",
    "Czech Republic": "CZ",
    "Republic of Korea": "KR",
    "Korea, Rep.": "KR",
    "Korea, Dem. Rep.": "KP",
    "Egypt, Arab Rep.": "EG",
    "Iran, Islamic Rep.": "IR",
    "Islamic Republic of Iran": "IR",
    "Yemen, Rep.": "YE",
    "Lao PDR": "LA",
    "Lao People's Democratic Republic": "LA",
    "Syrian Arab Republic": "SY",
    "Venezuela, RB": "VE",
    "Brunei Darussalam": "BN",
    "Curacao": "CW",
    "Kosovo": "XK",
    "United States": "US",
    "USA": "US",
    "U.S.": "US",
    "UK": "GB",
    "Great Britain": "GB",
    "UAE": "AE",
    "People's Republic of China": "CN",
    "PRC": "CN",
    "Hong Kong SAR, China": "HK",
    "Hong Kong, China": "HK",
    "Macao SAR, China": "MO",
    "Macao, China": "MO",
    "Macau": "MO",
    "Taiwan, China": "TW",
    "Chinese Taipei": "TW",
    "Republic of Belarus": "BY",
    "Republic of Kazakhstan": "KZ",
    "Republic of Tajikistan": "TJ",
    "Republic of Uzbekistan": "UZ",
    "中华人民共和国": "CN",
    "中国大陆": "CN",
    "中国香港": "HK",
    "香港特别行政区": "HK",
    "中国澳门": "MO",
    "澳门特别行政区": "MO",
    "中国台湾": "TW",
    "台湾省": "TW",
    "俄罗斯联邦": "RU",
    "俄国": "RU",
    "吉尔吉斯斯坦": "KG",
    "塔吉克斯坦": "TJ",
    "哈萨克斯坦共和国": "KZ",
    "白俄罗斯共和国": "BY",
    "大韩民国": "KR",
    "朝鲜": "KP",
    "美利坚合众国": "US",
    "阿联酋": "AE",
    "沙特": "SA",
    "沙特阿拉伯": "SA",
    "КНР": "CN",
    "Китайская Народная Республика": "CN",
    "Российская Федерация": "RU",
    "РФ": "RU",
    "Республика Беларусь": "BY",
    "Белоруссия": "BY",
    "Республика Казахстан": "KZ",
    "Кыргызстан": "KG",
    "Кыргызская Республика": "KG",
    "Республика Таджикистан": "TJ",
    "Республика Узбекистан": "UZ",
    "Исламская Республика Иран": "IR",
    "США": "US",
    "ОАЭ": "AE",
    "Республика Корея": "KR",
    "КНДР": "KP",
    "Гонконг, Китай": "HK",
    "Макао, Китай": "MO",
    "Тайвань, Китай": "TW",
}

#: Provincial-level units of the mainland, without the ending that says which kind of unit it is.
_PROVINCES: Final = frozenset(
    [
        *("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建"),
        *("江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏"),
        *("陕西", "甘肃", "青海", "宁夏", "新疆"),
    ]
)
_PROVINCE_ENDING: Final = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|生产建设兵团|省|市)$")


def country_code(text: str) -> str | None:
    """Two-letter code of the country that `text` names, or None."""
    names = _names()
    return names.get(_key(text)) or names.get(_key(text.replace("&", " and ")))


def is_chinese_province(text: str) -> bool:
    """Whether `text` is a provincial-level unit of the Chinese mainland, in full or without its ending."""
    return _PROVINCE_ENDING.sub("", text.strip()) in _PROVINCES


@cache
def _names() -> dict[str, str]:
    """Key of every code and name → two-letter code."""
    found = {_key(name): code for name, code in _ALIASES.items()}
    for language, __ in settings.LANGUAGES:
        with translation.override(language):
            found |= {_key(str(name)): code for code, name in countries}
    for code, __ in countries:
        spellings = (code, countries.alpha3(code), countries.numeric(code, padded=True))
        found |= {_key(spelling): code for spelling in spellings if spelling}
    found.pop("", None)
    return found


def _key(text: str) -> str:
    """Case, accents, signs, articles and "St." do not tell countries apart."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _SIGNS.sub(" ", _ARTICLE.sub(" ", plain)).split()
    return " ".join("saint" if word == "st" else word for word in words)
