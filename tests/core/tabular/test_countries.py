import pytest
from django_countries import countries

from temp_portal.core.tabular.countries import country_code, is_chinese_province


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KZ", "KZ"),
        ("kaz", "KZ"),
        ("398", "KZ"),
        ("004", "AF"),
        ("Kazakhstan", "KZ"),
        (" KAZAKHSTAN ", "KZ"),
        ("哈萨克斯坦", "KZ"),
        ("Казахстан", "KZ"),
        ("Республика Казахстан", "KZ"),
        ("Russian Federation", "RU"),
        ("俄罗斯", "RU"),
        ("РФ", "RU"),
        ("塔吉克斯坦", "TJ"),
        ("Côte d’Ivoire", "CI"),
        ("Cote D'Ivoire", "CI"),
        ("Trinidad & Tobago", "TT"),
        ("St. Lucia", "LC"),
        ("Gambia, The", "GM"),
        ("The Gambia", "GM"),
        ("Congo, Dem. Rep.", "CD"),
        ("Korea, Rep.", "KR"),
        ("中国香港", "HK"),
        ("Namibia", "NA"),
        ("NA", "NA"),
    ],
)
def test_codes_and_names(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", " ", "Africa, regional", "Atlantis", "X", "浙江省", "Korea"])
def test_what_is_no_country(text: str) -> None:
    assert country_code(text) is None


def test_every_code_is_known_in_three_forms() -> None:
    for code, __ in countries:
        assert country_code(code) == code
        alpha3 = countries.alpha3(code)
        assert not alpha3 or country_code(alpha3) == code


@pytest.mark.parametrize("text", ["浙江省", "浙江", "北京市", "广西壮族自治区", "新疆生产建设兵团", "重庆"])
def test_provinces(text: str) -> None:
    assert is_chinese_province(text)


@pytest.mark.parametrize("text", ["美国", "台湾省", "香港", "中国", "深圳市", ""])
def test_no_provinces(text: str) -> None:
    assert not is_chinese_province(text)
