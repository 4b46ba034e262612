from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from django_countries import countries
from hypothesis import given
from hypothesis import strategies as st

from members.enums import CountryStanding
from members.reference import (
    STANDINGS,
    countries_with,
    country_choices,
    country_name,
    find_country,
    is_region,
    standing_on,
)
from members.reference.countries import LANGUAGES
from members.reference.load import load

MEMBER, PARTNER = CountryStanding.MEMBER, CountryStanding.PARTNER
OBSERVER, DIALOGUE_PARTNER = CountryStanding.OBSERVER, CountryStanding.DIALOGUE_PARTNER


class TestStandings:
    @pytest.mark.parametrize(
        ("day", "members", "partners", "observers", "dialogue_partners"),
        [
            (date(2001, 6, 14), 0, 0, 0, 0),
            (date(2001, 6, 15), 6, 0, 0, 0),
            (date(2015, 7, 10), 6, 0, 6, 6),
            (date(2017, 6, 8), 6, 0, 6, 6),
            (date(2017, 6, 9), 8, 0, 4, 6),
            (date(2022, 9, 16), 8, 0, 4, 14),
            (date(2023, 7, 4), 9, 0, 3, 14),
            (date(2024, 7, 4), 10, 0, 2, 14),
            (date(2025, 8, 31), 10, 0, 2, 14),
            (date(2025, 9, 1), 10, 17, 0, 0),
            (date(2026, 6, 30), 10, 17, 0, 0),
        ],
    )
    def test_how_many_countries_had_which_standing(self, day, members, partners, observers, dialogue_partners):
        assert len(countries_with(MEMBER, day)) == members
        assert len(countries_with(PARTNER, day)) == partners
        assert len(countries_with(OBSERVER, day)) == observers
        assert len(countries_with(DIALOGUE_PARTNER, day)) == dialogue_partners

    def test_the_ten_members_and_seventeen_partners(self):
        day = date(2026, 1, 1)

        assert countries_with(MEMBER, day) == ["CN", "KZ", "KG", "RU", "TJ", "UZ", "IN", "PK", "IR", "BY"]
        assert set(countries_with(PARTNER, day)) == {
            *("AF", "MN", "AZ", "AM", "BH", "EG", "KH", "QA", "KW"),
            *("MV", "MM", "NP", "AE", "SA", "TR", "LK", "LA"),
        }

    @pytest.mark.parametrize(
        ("country", "day", "standing"),
        [
            ("BY", date(2009, 6, 15), None),
            ("BY", date(2009, 6, 16), DIALOGUE_PARTNER),
            ("BY", date(2015, 7, 10), OBSERVER),
            ("BY", date(2024, 7, 3), OBSERVER),
            ("BY", date(2024, 7, 4), MEMBER),
            ("LA", date(2025, 8, 31), None),
            ("LA", date(2025, 9, 1), PARTNER),
            ("MN", date(2025, 8, 31), OBSERVER),
            ("RS", date(2026, 1, 1), None),
            ("TM", date(2026, 1, 1), None),
        ],
    )
    def test_standing_on_a_day(self, country, day, standing):
        assert standing_on(country, day) == standing

    @given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
    def test_no_country_has_two_standings_on_one_day(self, day):
        holders = Counter(one.country for one in STANDINGS if one.holds_on(day))

        assert all(count == 1 for count in holders.values())

    def test_periods_join_without_gap_and_name_their_source(self):
        for one in STANDINGS:
            assert one.source
            assert countries.alpha3(one.country)
            assert one.valid_to is None or one.valid_to > one.valid_from
            if one.valid_to:
                assert standing_on(one.country, one.valid_to) not in {None, one.standing}
                assert standing_on(one.country, one.valid_to - timedelta(days=1)) == one.standing


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
            ("Niger", "NE"),
            ("Nigeria", "NG"),
            ("Samoa", "WS"),
            ("Ирак", "IQ"),
            ("Иран", "IR"),
        ],
    )
    def test_found(self, text, code):
        assert find_country(text) == code

    @pytest.mark.parametrize("text", ["", "—", "Atlantis", "Казах", "XX", "999", "the"])
    def test_unknown(self, text):
        assert find_country(text) is None

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_name_shown_leads_back_to_its_country(self, language):
        for code in countries.countries:
            assert find_country(country_name(code, language)) == code
            assert find_country(code) == code
            assert find_country(countries.alpha3(code)) == code

    def test_no_variant_is_claimed_by_two_countries(self):
        for code, variants in load("country_variants").items():
            assert {find_country(variant) for variant in variants} == {code}

    def test_the_language_of_the_reader_does_not_matter(self):
        with override("ru"):
            assert find_country("Казахстан") == find_country("哈萨克斯坦") == "KZ"
