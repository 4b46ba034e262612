import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from temp_portal.core.search import chinese, palladius

# Russian names of places, as atlases print them.
PLACES = {
    "北京": "бэйцзин",
    "上海": "шанхай",
    "广州": "гуанчжоу",
    "重庆": "чунцин",
    "惠州": "хуэйчжоу",
    "长安": "чанъань",
    "平遥": "пинъяо",
    "西安": "сиань",
    "延安": "яньань",
    "吕梁": "люйлян",
    "酒泉": "цзюцюань",
    "徐州": "сюйчжоу",
    "苏州": "сучжоу",
    "遵义": "цзуньи",
    "自贡": "цзыгун",
    "日照": "жичжао",
    "义乌": "иу",
    "无锡": "уси",
    "云南": "юньнань",
    "略阳": "люэян",
    "女娲": "нюйва",
    "佛山": "фошань",
    "娄底": "лоуди",
    "恩施": "эньши",
    "四川": "сычуань",
    "慈溪": "цыси",
    "温州": "вэньчжоу",
    "琼海": "цюнхай",
    "雄安": "сюнъань",
    "潍坊": "вэйфан",
    "特变": "тэбянь",
    "二连": "эрлянь",
}


def test_every_reading_of_every_ideograph_is_in_the_table():
    ideographs = [chr(codepoint) for codepoint in PINYIN_DICT]
    emitted = {reading for one in ideographs for reading in pinyin(one, style=Style.NORMAL, heteronym=True)[0]}
    emitted |= {reading for one in ideographs for reading in lazy_pinyin(one)}
    emitted |= {reading for phrase in PHRASES_DICT for reading in lazy_pinyin(phrase)}

    assert len(emitted) > 400
    assert emitted - palladius.SYLLABLES.keys() == set()


def test_unified_ideographs_all_have_a_reading_or_none_at_all():
    unified = [chr(codepoint) for codepoint in range(0x4E00, 0xA000)]

    unread = [one for one in unified if not chinese.readings(one)]

    assert len(unread) < 100
    assert set(unread).isdisjoint("".join(PLACES))


def test_the_inventory_has_the_standard_size():
    umlauts = {"nv", "nve", "lv", "lve", "lvan", "lvn"}

    assert umlauts <= palladius.SYLLABLES.keys()
    assert 400 <= len(palladius.SYLLABLES) <= 440


@pytest.mark.parametrize(("name", "russian"), PLACES.items())
def test_places_are_spelled_as_atlases_do(name, russian):
    assert chinese.cyrillic_word(chinese.readings(name)[0]) == russian


@pytest.mark.parametrize(
    ("pinyin_syllable", "russian"),
    [("lü", "люй"), ("nüe", "нюэ"), ("huar", "хуар"), ("er", "эр"), ("wanr", "ваньр"), ("zi", "цзы"), ("zhi", "чжи")],
)
def test_umlaut_and_erhua(pinyin_syllable, russian):
    assert palladius.syllable(pinyin_syllable) == russian


@pytest.mark.parametrize("nonsense", ["", "r", "abc", "zhui4", "тэ"])
def test_what_is_no_syllable_is_refused(nonsense):
    with pytest.raises(KeyError):
        palladius.syllable(nonsense)


@given(st.lists(st.sampled_from(sorted(palladius.SYLLABLES)), min_size=1, max_size=8))
def test_syllables_are_spelled_in_lower_case_cyrillic_alone(syllables):
    word = palladius.joined([palladius.syllable(one) for one in syllables])

    assert set(word) <= set("абвгдежзийклмнопрстуфхцчшъыьэюя")
