"""The same organisation is recognised by its number and by nearly the same name, in any script."""

import pytest

from members.duplicates import Likeness, by_names, by_number, candidates, core_name
from members.models import Identifier
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("特变电工股份有限公司", "特变电工"),
        ("Changshan Aluminium Co., Ltd.", "Changshan Aluminium ,"),
        ("ТОО «Сарыаркинский завод сплавов»", "«Сарыаркинский завод сплавов»"),
        ("有限公司", "有限公司"),
    ],
)
def test_legal_forms_are_passed_over(name, core):
    assert core_name(name) == core


@pytest.fixture
def plant():
    return OrganisationFactory.create(
        legal_name="ТОО «Сарыаркинский завод сплавов»",
        legal_name_language="ru",
        name_en="Saryarka Alloy Works",
        name_zh_hans="萨雷阿尔卡合金厂",
        name_ru="Сарыаркинский завод сплавов",
        country="KZ",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Saryarka Alloy Works LLP",
        "сарыаркинский завод сплавов",
        "萨雷阿尔卡合金厂",
        "Saryarka Aloy Works",
        "Works Saryarka",
    ],
)
def test_a_name_is_found_in_any_script_and_with_a_slip(plant, typed):
    OrganisationFactory.create(legal_name="Steppe Railways", name_en="Steppe Railways")
    assert plant in by_names([typed])


def test_other_names_are_left_alone(plant):
    assert list(by_names(["Chongqing Motors"])) == []
    assert list(by_names(["", " "])) == []


def test_oneself_is_no_duplicate(plant):
    assert plant not in by_names(plant.all_names(), but=plant.pk)


def test_the_likest_comes_first_and_five_are_shown(plant):
    for number in range(6):
        OrganisationFactory.create(legal_name=f"Alloy Trade {number}", name_en=f"Alloy Trade {number}")
    found = list(by_names(["Saryarka Alloy Works", "Alloy"]))
    assert len(found) == 5
    assert found[0] == plant


def test_a_number_is_found_however_it_is_written_and_only_in_its_country(plant):
    Identifier.objects.create(organisation=plant, scheme="KZ-BIN", value="950440001673", format_ok=True)
    assert by_number("KZ", "БИН 9504 4000 1673") == plant
    assert by_number("KZ", "950440001674") is None
    assert by_number("RU", "950440001673") is None


def test_the_one_with_the_number_comes_before_namesakes_and_once(plant):
    Identifier.objects.create(organisation=plant, scheme="KZ-BIN", value="950440001673", format_ok=True)
    namesake = OrganisationFactory.create(
        legal_name="Saryarka Alloy Works Trading", country="KZ", name_en="", name_zh_hans=""
    )
    found = candidates("KZ", "950440001673", ["Saryarka Alloy Works"])
    assert [(each.organisation, each.likeness) for each in found] == [
        (plant, Likeness.NUMBER),
        (namesake, Likeness.NAME),
    ]
