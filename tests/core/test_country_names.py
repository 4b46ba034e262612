import pytest
from django.utils.translation import override
from django_countries import countries

from temp_portal.core.country_names import (
    LANGUAGES,
    country_choices,
    country_name,
    find_country,
    is_region,
    variants,
)


class TestNames:
    @pytest.mark.parametrize(
        ("code", "names"),
        [
            ("HK", ["Hong Kong, China", "中国香港", "Гонконг (Китай)"]),
            ("MO", ["Macao, China", "中国澳门", "Макао (Китай)"]),
            ("TW", ["Taiwan, China", "中国台湾", "Тайвань (Китай)"]),
            ("TJ", ["Tajikistan", "塔吉克斯坦", "Таджикистан"]),
            ("KG", ["Kyrgyzstan", "吉尔吉斯斯坦", "Кыргызстан"]),
            ("NP", ["Nepal", "尼泊尔", "Непал"]),
            ("MM", ["Myanmar", "缅甸", "Мьянма"]),
            ("KZ", ["Kazakhstan", "哈萨克斯坦", "Казахстан"]),
            ("BY", ["Belarus", "白俄罗斯", "Беларусь"]),
        ],
    )
    def test_display_names(self, code, names):
        assert [country_name(code, language) for language in LANGUAGES] == names

    def test_the_active_language_is_used_without_another(self):
        with override("ru"):
            assert country_name("HK") == "Гонконг (Китай)"
        assert country_name("XX") == ""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_country_has_its_own_clean_name(self, language):
        names = [country_name(code, language) for code in countries.countries]

        assert all(name and name == name.strip() for name in names)
        assert len(set(names)) == len(names)

    def test_regions_stand_in_a_list_of_their_own(self):
        with override("en"):
            (countries_title, nations), (regions_title, regions) = country_choices()

        assert (str(countries_title), str(regions_title)) == ("Countries", "Regions")
        assert [code for code, _name in regions] == ["HK", "MO", "TW"]
        assert not any(is_region(code) for code, _name in nations)
        assert len(nations) + len(regions) == len(countries.countries)
        assert ("TW", "Taiwan, China") in regions

    @pytest.mark.parametrize(
        ("language", "order"),
        [
            ("en", ["Åland Islands", "Albania", "China", "Zimbabwe"]),
            ("zh-hans", ["阿富汗", "白俄罗斯", "哈萨克斯坦", "中国"]),
            ("ru", ["Австралия", "Казахстан", "Эфиопия", "Япония"]),
        ],
    )
    def test_lists_are_in_the_order_of_the_language(self, language, order):
        with override(language):
            names = [name for _code, name in country_choices()[0][1]]

        assert [name for name in names if name in order] == order


class TestFindCountry:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Kazakhstan", "KZ"),
            ("KAZAKHSTAN", "KZ"),
            ("Казахстан", "KZ"),
            ("哈萨克斯坦", "KZ"),
            ("Қазақстан", "KZ"),
            ("Республика Казахстан", "KZ"),
            ("KAZ", "KZ"),
            ("kz", "KZ"),
            ("398", "KZ"),
            ("004", "AF"),
            (" Российская Федерация ", "RU"),
            ("俄罗斯", "RU"),
            ("俄罗斯联邦", "RU"),
            ("Белоруссия", "BY"),
            ("Киргизия", "KG"),
            ("Кыргызстан", "KG"),
            ("吉尔吉斯", "KG"),
            ("塔吉克斯坦", "TJ"),
            ("尼泊尔", "NP"),
            ("Iran (Islamic Republic of)", "IR"),
            ("Iran, Islamic Republic of", "IR"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("Turkiye", "TR"),
            ("Lao PDR", "LA"),
            ("Viet Nam", "VN"),
            ("The Netherlands", "NL"),
            ("U.S.A.", "US"),
            ("ОАЭ", "AE"),
            ("阿联酋", "AE"),
            ("Hong Kong", "HK"),
            ("香港", "HK"),
            ("Hong Kong, China", "HK"),
            ("台湾", "TW"),
            ("Taiwan, Province of China", "TW"),
            ("刚果（金）", "CD"),
            ("Côte d’Ivoire", "CI"),
            ("Cote d'Ivoire", "CI"),
            ("印度", "IN"),
            ("印度尼西亚", "ID"),
            ("Trinidad & Tobago", "TT"),
            ("St. Lucia", "LC"),
            ("Gambia, The", "GM"),
            ("Congo, Dem. Rep.", "CD"),
            ("Korea, Rep.", "KR"),
            ("NA", "NA"),
            ("Niger", "NE"),
            ("Nigeria", "NG"),
            ("Samoa", "WS"),
            ("Ирак", "IQ"),
            ("Иран", "IR"),
        ],
    )
    def test_found(self, text, code):
        assert find_country(text) == code

    @pytest.mark.parametrize(
        "text", ["", "—", "Atlantis", "Казах", "XX", "999", "the", "Korea", "Africa, regional", "浙江省"]
    )
    def test_unknown(self, text):
        assert find_country(text) is None

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_name_shown_leads_back_to_its_country(self, language):
        for code in countries.countries:
            assert find_country(country_name(code, language)) == code
            assert find_country(code) == code
            assert find_country(countries.alpha3(code)) == code

    def test_no_variant_is_claimed_by_two_countries(self):
        for code, names in variants().items():
            assert {find_country(name) for name in names} == {code}

    def test_the_language_of_the_reader_does_not_matter(self):
        with override("ru"):
            assert find_country("Казахстан") == find_country("哈萨克斯坦") == "KZ"
