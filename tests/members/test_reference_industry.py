import json

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from members.reference import classification, classifications, find_code

GB = ("GB/T 4754", "2017")
ISIC = ("ISIC", "4")


@pytest.mark.parametrize(("key", "sections", "divisions"), [(GB, 20, 97), (ISIC, 21, 88)])
def test_complete_to_the_division(key, sections, divisions):
    found = classification(*key)

    assert len(found.sections) == sections
    assert len(found.divisions()) == divisions
    assert [section.code for section in found.sections] == [chr(65 + number) for number in range(sections)]
    assert sum(len(found.divisions(section.code)) for section in found.sections) == divisions
    assert all(found.divisions(section.code) for section in found.sections)


def test_divisions_of_gb_are_numbered_without_gap_and_those_of_isic_with_its_own():
    assert [one.code for one in classification(*GB).divisions()] == [f"{number:02d}" for number in range(1, 98)]
    gaps = {"04", "34", "40", "44", "48", "54", "57", "67", "76", "83", "89"}
    expected = [f"{number:02d}" for number in range(1, 100) if f"{number:02d}" not in gaps]
    assert [one.code for one in classification(*ISIC).divisions()] == expected


@pytest.mark.parametrize("key", [GB, ISIC])
def test_codes_are_distinct_strings_with_titles_in_three_languages(key):
    entries = classification(*key).entries

    assert len({entry.code for entry in entries}) == len(entries)
    for entry in entries:
        assert isinstance(entry.code, str)
        assert entry.code == json.loads(json.dumps(entry.code))
        assert all(title and title == title.strip() for title in entry.title.all())
        assert entry.title.en.isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in entry.title.zh_hans)
        assert any("а" <= letter <= "я" for letter in entry.title.ru)


@pytest.mark.parametrize(
    ("key", "code", "title", "section"),
    [
        (GB, "01", "农业", "A"),
        (GB, "32", "有色金属冶炼和压延加工业", "C"),
        (GB, "83", "教育", "P"),
        (GB, "97", "国际组织", "T"),
        (ISIC, "01", "作物和牲畜生产、狩猎和相关服务活动", "A"),
        (ISIC, "24", "基本金属的制造", "C"),
        (ISIC, "85", "教育", "P"),
    ],
)
def test_titles_and_sections(key, code, title, section):
    found = classification(*key)

    assert found.find(code).title.zh_hans == title
    assert found.section_of(code).code == section
    assert found.find(code).parent == section


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        (GB, "C3216", "3216"),
        (GB, "c 3216", "3216"),
        (GB, "0916", "0916"),
        (GB, "01", "01"),
        (GB, "P", "P"),
        (GB, "p83", "83"),
        (GB, "A3216", None),
        (GB, "1", None),
        (GB, "98", None),
        (GB, "00", None),
        (GB, "U", None),
        (GB, "32161", None),
        (GB, "", None),
        (GB, "农业", None),
        (ISIC, "U", "U"),
        (ISIC, "2420", "2420"),
        (ISIC, "0416", None),
    ],
)
def test_normal_form(key, typed, stored):
    assert classification(*key).normalise(typed) == stored


def test_a_letter_means_something_within_its_scheme_only():
    assert classification(*GB).section_of("32").title.en == "Manufacturing"
    assert classification(*GB).find("52").parent == "F"
    assert classification(*ISIC).find("52").parent == "H"


def test_groups_and_classes_are_known_by_their_division():
    gb = classification(*GB)

    assert gb.is_valid("3216")
    assert not gb.is_valid("C3216")
    assert gb.division_of("3216").code == "32"
    assert gb.division_of("C") is None
    assert gb.division_of("nonsense") is None
    assert gb.section_of("C").code == "C"
    assert gb.section_of("nonsense") is None
    assert find_code(*GB, "3216").code == "32"
    assert find_code(*GB, "C").is_section
    assert find_code(*GB, "9999") is None
    assert find_code("ISIC", "5", "01") is None


def test_unknown_classifications_are_refused():
    with pytest.raises(KeyError):
        classification("ISIC", "5")
    assert set(classifications()) == {GB, ISIC}


def test_labels_follow_the_reader():
    code = find_code(*GB, "83")
    groups = classification(*GB).choices()
    education = next(choices for _section, choices in groups if choices[0][0] == "83")

    for language, label in [("ru", "83 Образование"), ("zh-hans", "83 教育"), ("en", "83 Education")]:
        with override(language):
            assert str(code) == label
            assert str(education[0][1]) == label
    assert len(groups) == 20


@given(st.sampled_from([GB, ISIC]), st.text(max_size=6))
def test_a_stored_code_is_a_string_that_stays_as_it_is(key, typed):
    found = classification(*key)
    stored = found.normalise(typed)

    if stored is not None:
        assert isinstance(stored, str)
        assert found.is_valid(stored)
        assert found.section_of(stored) is not None


@given(st.sampled_from([GB, ISIC]), st.data())
def test_leading_zeros_are_part_of_the_code(key, data):
    found = classification(*key)
    division = data.draw(st.sampled_from(found.divisions()))

    assert found.normalise(division.code) == division.code
    if division.code.startswith("0"):
        assert found.normalise(division.code.lstrip("0")) is None
