"""Names of countries and regions where those that django-countries ships are not the portal's (domain brief §4).

Imported by the settings, so nothing here may need them.
"""

from django.utils.functional import Promise

from temp_portal.core.titles import Titles

REGIONS: dict[str, Titles] = {
    "HK": Titles("Hong Kong, China", "中国香港", "Гонконг (Китай)"),
    "MO": Titles("Macao, China", "中国澳门", "Макао (Китай)"),
    "TW": Titles("Taiwan, China", "中国台湾", "Тайвань (Китай)"),
}
"""Codes that are listed as regions, never as countries."""

# The package has a wrong, misspelt or inflected name in Chinese or Russian.
_CORRECTED: dict[str, Titles] = {
    "BA": Titles("Bosnia and Herzegovina", "波斯尼亚和黑塞哥维那", "Босния и Герцеговина"),
    "KG": Titles("Kyrgyzstan", "吉尔吉斯斯坦", "Кыргызстан"),
    "KM": Titles("Comoros", "科摩罗", "Коморские Острова"),
    "LR": Titles("Liberia", "利比里亚", "Либерия"),
    "MK": Titles("North Macedonia", "北马其顿", "Северная Македония"),
    "ML": Titles("Mali", "马里", "Мали"),
    "MM": Titles("Myanmar", "缅甸", "Мьянма"),
    "NC": Titles("New Caledonia", "新喀里多尼亚", "Новая Каледония"),
    "NP": Titles("Nepal", "尼泊尔", "Непал"),
    "NR": Titles("Nauru", "瑙鲁", "Науру"),
    "PS": Titles("Palestine", "巴勒斯坦", "Палестина"),
    "SJ": Titles("Svalbard and Jan Mayen", "斯瓦尔巴群岛和扬马延岛", "Шпицберген и Ян-Майен"),
    "SM": Titles("San Marino", "圣马力诺", "Сан-Марино"),
    "SR": Titles("Suriname", "苏里南", "Суринам"),
    "TJ": Titles("Tajikistan", "塔吉克斯坦", "Таджикистан"),
    "TT": Titles("Trinidad and Tobago", "特立尼达和多巴哥", "Тринидад и Тобаго"),
    "WS": Titles("Samoa", "萨摩亚", "Самоа"),
}

COUNTRIES_OVERRIDE: dict[str, str | Promise] = {
    code: titles.lazy() for code, titles in sorted((REGIONS | _CORRECTED).items())
}
"""For the setting of that name."""
