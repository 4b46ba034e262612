import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from temp_portal.core.search import SearchQuery, double_cjk, name_forms, search_key
from temp_portal.core.search.chinese import MAX_READINGS, readings
from temp_portal.core.search.folding import fold, words
from temp_portal.core.search.scripts import cyrillic_spellings, latin_spellings, pinyin_syllables

COMMON_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
CHINESE_NAME = st.text(COMMON_HAN, min_size=2, max_size=12)


def finds(query: str, *names: str) -> bool:
    """What the database does: every fragment of the query is a substring of the key."""
    key = search_key(*names)
    terms = SearchQuery(query).terms
    return bool(terms) and all(term.fragment in key for term in terms)


class TestChineseNames:
    @pytest.mark.parametrize(
        "query",
        [
            "特变",
            "特变电工",
            "tebian",
            "TEBIAN",
            "te bian",
            "te-bian",
            "тэбянь",
            "Тэбянь Дяньгун",
            "тебян",
            "тэ бянь",
            "ｔｅｂｉａｎ",
            "特",
            "工",
            "diangong tebian",
            "bian",
        ],
    )
    def test_one_name_in_every_form(self, query):
        assert finds(query, "特变电工股份有限公司")

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("潍柴动力股份有限公司", "вэйчай"),
            ("潍柴动力股份有限公司", "weichai"),
            ("中联重科", "чжунлянь чжункэ"),
            ("徐工集团", "сюйгун"),
            ("绿城中国", "lvcheng"),
            ("绿城中国", "lucheng"),
            ("绿城中国", "lücheng"),
            ("西安隆基", "xi'an"),
            ("西安隆基", "xian longji"),
            ("长安汽车", "чанъань"),
            ("长安汽车", "чанань"),
            ("朝阳银行", "chaoyang"),
            ("朝阳银行", "zhaoyang"),
            ("厦航", "xiahang"),
            ("厦航", "shahang"),
            ("重庆长安", "chongqing"),
            ("曾氏集团", "zengshi"),
            ("单县化工", "shanxian"),
            ("中国银行", "zhongguo yinhang"),
            ("深圳市第2建筑公司", "第2"),
            ("TCL科技集团", "tclkeji"),
            ("TCL科技集团", "科技 tcl"),
            ("华诺俄翔（北京）贸易有限公司", "华诺俄翔(北京)贸易"),
            ("华诺俄翔（北京）贸易有限公司", "华诺俄翔北京"),
            ("华诺俄翔北京贸易有限公司", "华诺俄翔（北京）"),
            ("华诺俄翔（北京）贸易有限公司", "北京 华诺"),
            ("阿里·巴巴", "阿里巴巴"),
        ],
    )
    def test_found(self, name, query):
        assert finds(query, name)

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("特变电工", "变特"),
            ("特变电工", "特变股份"),
            ("特变电工", "тэбань"),
            ("中国银行", "zhongguoyinxing"),
            ("北京", "shanghai"),
            ("特变电工", "ebian dianong"),
        ],
    )
    def test_not_found(self, name, query):
        assert not finds(query, name)

    @given(CHINESE_NAME, st.data())
    def test_any_part_of_a_name_finds_it_in_chinese_and_in_pinyin(self, name, data):
        start = data.draw(st.integers(0, len(name) - 1))
        part = name[start : data.draw(st.integers(start + 1, len(name)))]
        whole = readings(name)
        assume(whole and len(whole[0]) == len(name))

        assert finds(part, name)
        assert finds("".join(whole[0][start : start + len(part)]), name)
        assert finds(" ".join(whole[0][start : start + len(part)]), name)

    @given(CHINESE_NAME)
    def test_readings_are_bounded_and_led_by_the_dictionary(self, name):
        found = readings(name)

        assert len(found) <= MAX_READINGS
        assert len(set(found)) == len(found)
        assert list(found[0] if found else ()) == lazy_pinyin(name, errors="ignore")


class TestCyrillicNames:
    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("ПАО «Северсталь»", "severstal"),
            ("ПАО «Северсталь»", "северсталь"),
            ("ПАО «Северсталь»", "СЕВЕРСТАЛ"),
            ("Уралхим", "uralkhim"),
            ("Уралхим", "uralhim"),
            ("Евраз", "evraz"),
            ("Евраз", "yevraz"),
            ("Королёв", "королев"),
            ("Королев", "королёв"),
            ("Королёв", "korolev"),
            ("Королёв", "korolyov"),
            ("Лукойл", "lukoil"),
            ("Лукойл", "lukoyl"),
            ("Щёкиноазот", "shchekinoazot"),
            ("Волжский оргсинтез", "volzhsky"),
            ("Волжский оргсинтез", "volzhskiy"),
            ("Қазақстан темір жолы", "казакстан темир"),
            ("Қазақстан темір жолы", "qazaqstan temir joly"),
            ("Қазақстан темір жолы", "kazakstan zholy"),
            ("Өскемен титан", "oskemen"),
            ("Үлбі металлургия зауыты", "улби"),
            ("Үлбі металлургия зауыты", "ulbi"),
            ("Әуежай", "ауежаи"),
            ("Һүнәр", "хунар"),
            ("Кыргызөнүгүү", "kyrgyzonuguu"),
            ("Кыргызөнүгүү", "кыргызонугуу"),
            ("Тоҷикистон", "tojikiston"),
            ("Тоҷикистон", "точикистон"),
            ("Роҳи Абрешим Ғарм", "rohi garm"),
            ("Хуҷандӣ Сӯзанӣ", "khujandi suzani"),
            ("Ўзбекнефтгаз", "ozbekneftgaz"),
            ("Ўзбекнефтгаз", "uzbekneftgaz"),
            ("Қурилиш ва Ҳамкор", "qurilish hamkor"),
            ("Беларуськалий", "belaruskali"),
            ("Шэньчжэнь Строй", "шеньчжень"),
        ],
    )
    def test_found(self, name, query):
        assert finds(query, name)

    @given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіҳҷӣӯў", min_size=1, max_size=20))
    def test_every_letter_has_a_latin_spelling(self, word):
        for spelling in latin_spellings(word):
            assert spelling.isascii()
            assert spelling == "" or spelling.isalpha()


class TestLatinNames:
    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("Huawei Technologies Co., Ltd.", "хуавэй"),
            ("Gazprom Export", "газпром экспорт"),
            ("Lukoil", "лукойл"),
            ("Almaty Trade", "алматы"),
            ("Dushanbe Cement", "душанбе"),
            ("Électricité du Laos", "electricite"),
            ("Electricite du Laos", "électricité"),
            ("Türk Hava Yolları", "turk yollari"),
            ("Łódź Ørsted", "lodz orsted"),
            ("Azərbaycan Dəmir", "azerbaycan demir"),
            ("Oʻzbekiston Havo Yoʻllari", "ozbekiston yollari"),
            ("O'zbekiston", "O‘zbekiston"),
            ("Straße AG", "STRASSE"),
            ("Coca-Cola", "cocacola"),
            ("Coca-Cola", "coca-cola"),
            ("C.N.P.C.", "cnpc"),
        ],
    )
    def test_found(self, name, query):
        assert finds(query, name)

    @pytest.mark.parametrize(
        ("word", "syllables"),
        [
            ("huawei", ["hua", "wei"]),
            ("xian", ["xian"]),
            ("nangang", ["nan", "gang"]),
            ("anan", ["a", "nan"]),
            ("lvchuanr", []),
            ("sinopec", []),
            ("bank", []),
            ("", []),
            ("ng" * 60, []),
        ],
    )
    def test_pinyin_is_recognised(self, word, syllables):
        assert pinyin_syllables(word) == syllables

    @given(st.lists(st.sampled_from(["xian", "an", "na", "gang", "e", "xi", "chuang"]), min_size=1, max_size=6))
    def test_joined_pinyin_is_always_cut(self, syllables):
        assert "".join(pinyin_syllables("".join(syllables))) == "".join(syllables)

    @given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
    def test_every_letter_has_a_cyrillic_spelling(self, word):
        for spelling in cyrillic_spellings(word):
            assert all(unicodedata.name(letter).startswith("CYRILLIC") for letter in spelling)


class TestOtherScripts:
    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("شرکت ملی نفت ایران", "نفت"),
            ("شركة النفط", "شرکة"),
            ("كوَيت", "کویت"),
            ("भारत पेट्रोलियम", "पेट्रोलियम"),
            ("서울전자", "서울"),
            ("トヨタ自動車", "トヨ"),
            ("შპს თბილისი", "თბილისი"),
        ],
    )
    def test_found_in_its_own_letters(self, name, query):
        assert finds(query, name)


class TestTheKey:
    def test_all_names_of_a_row_share_one_key(self):
        names = ("China Railway", "中国中铁", "Китайская железная дорога", "")

        assert all(finds(query, *names) for query in ("railway", "中铁", "zhongtie", "железная дорога"))

    def test_no_name_no_key(self):
        assert search_key() == ""
        assert search_key("", "…") == ""
        assert name_forms("") == ""

    def test_every_word_is_preceded_by_a_space_and_stands_once(self):
        key = search_key("北京 北京", "Beijing")

        assert key.startswith(" ")
        assert len(key.split()) == len(set(key.split()))
        assert "  " not in key

    def test_forms_are_what_is_stored_before_doubling(self):
        assert search_key("特变") == f" {double_cjk(name_forms('特变'))}"
        assert name_forms("特变").split()[:3] == ["特变", "tebian", "тебян"]

    @given(st.text(max_size=60))
    def test_a_name_always_finds_itself(self, name):
        assume(words(name))

        assert finds(name, name) or len(SearchQuery(name).terms) == 0

    @given(st.text(max_size=40))
    def test_case_and_width_make_no_difference(self, name):
        wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in name)

        assert search_key(wide) == search_key(name)

    @given(st.text(max_size=40))
    def test_folding_twice_changes_nothing(self, text):
        for word in words(text):
            assert fold(fold(word)) == fold(word)
            assert words(fold(word)) in ([fold(word)], [])

    @given(st.text("特变电工ab", max_size=8), st.text("特变电工ab", max_size=3))
    def test_doubling_preserves_what_contains_what(self, text, part):
        assume(not set(part) <= set("ab"))

        assert (double_cjk(part) in double_cjk(text)) == (part in text)

    def test_doubling_leaves_other_letters_alone(self):
        assert double_cjk("Te特bian变тэ") == "Te特特bian变变тэ"
        assert double_cjk("𠮷〇々한か") == "𠮷𠮷〇〇々々한한かか"
