import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from members.identifiers import check, guess_scheme, normalise
from members.identifiers.china import (
    USCC_ALPHABET,
    organisation_code_check_character,
    uscc_check_character,
)

PUBLISHED = "91110108551385082Q"
BODIES = st.builds(
    "{}{}{}".format,
    st.text(USCC_ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(USCC_ALPHABET, min_size=9, max_size=9),
)


def refused(value: str) -> bool:
    return check("CN-USCC", value).format_ok is False


@pytest.mark.parametrize(
    "code",
    [
        PUBLISHED,
        "914403001922038216",
        "911000007109250320",  # the remainder is 0: the character is 0 as well
        "G1610000713522976L",  # offices of foreign organisations begin with a letter
        "G1330000MCW06863XQ",
    ],
)
def test_codes_of_the_brief_pass_with_their_organisation_codes(code):
    result = check("CN-USCC", code)

    assert result.format_ok is True
    assert result.normalised == code
    assert result.warnings == ()
    assert result.reason == ""


@pytest.mark.parametrize(
    "typed",
    [
        " 91110108551385082q ",
        "9111 0108 5513 8508 2Q",
        "91110108-55138508-2Q",
        "９１１１０１０８５５１３８５０８２Ｑ",
        "统一社会信用代码：91110108551385082Q",
        "\ufeff91110108551385082\u200bQ",
    ],
)
def test_ways_of_typing_one_code(typed):
    assert check("CN-USCC", typed).normalised == PUBLISHED
    assert check("CN-USCC", typed).format_ok is True


def test_cyrillic_look_alikes_are_read_as_latin():
    assert normalise("CN-USCC", "G1330000МСW06863ХQ") == "G1330000MCW06863XQ"


def test_every_single_character_error_in_a_published_code_is_refused():
    for position in range(17):
        for character in set(USCC_ALPHABET) - {PUBLISHED[position]}:
            assert refused(PUBLISHED[:position] + character + PUBLISHED[position + 1 :])


@given(BODIES, st.integers(0, 17), st.characters(min_codepoint=33, max_codepoint=126))
def test_every_single_character_error_in_any_code_is_refused(body, position, intruder):
    code = body + uscc_check_character(body)
    assert check("CN-USCC", code).format_ok is True

    wrong = code[:position] + intruder + code[position + 1 :]

    assert normalise("CN-USCC", wrong) == code or refused(wrong)


@given(BODIES)
def test_where_the_package_knows_codes_it_agrees(body):
    code = body + uscc_check_character(body)

    assert stdnum_uscc.is_valid(code) == body[:2].isdigit()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Please enter the number."),
        ("无", "“无” does not occur in this number."),
        ("91110108551385O82Q", "“O” does not occur in this number. Is “0” meant?"),
        ("9V110108551385082Q", "“V” does not occur in this number. Is “U” meant?"),
        ("9111010855138508", "This number has 18 characters, but 16 were entered."),
        ("911101A8551385082Q", "Characters 3 to 8 stand for the place of registration and are digits."),
        (
            "914403001922038215",
            "The last character should be 6 if the others are right. Please compare with the certificate.",
        ),
        (
            "9.11101E+17",
            "A spreadsheet has rounded this number. Format the column as text and enter the number again.",
        ),
    ],
)
def test_reasons_say_what_to_do(typed, reason):
    result = check("CN-USCC", typed)

    assert result.format_ok is False
    assert str(result.reason) == reason


def test_a_doubtful_organisation_code_is_a_warning_only():
    body = "91110108" + "551385081"
    result = check("CN-USCC", body + uscc_check_character(body))

    assert result.format_ok is True
    assert [str(one) for one in result.warnings] == [
        "Character 17, the end of the organisation code, would normally be 2."
    ]


@pytest.mark.parametrize("code", ["551385082", "192203821", "710925032", "713522976", "MCW06863X"])
def test_organisation_codes(code):
    assert organisation_code_check_character(code) == code[-1]


class TestRegistrationNumber:
    def test_published_number(self):
        assert check("CN-REG", "110108000000016").format_ok is True
        assert check("CN-REG", "注册号: 110108000000016").normalised == "110108000000016"

    @given(st.text("0123456789", min_size=14, max_size=14), st.data())
    def test_one_check_digit_fits_and_single_errors_do_not(self, body, data):
        fitting = [body + digit for digit in "0123456789" if check("CN-REG", body + digit).format_ok]
        assert len(fitting) == 1

        position = data.draw(st.integers(0, 13))
        wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {body[position]})))
        for number in fitting:
            assert check("CN-REG", number[:position] + wrong + number[position + 1 :]).format_ok is False

    def test_it_is_told_from_the_new_code_by_its_length(self):
        assert guess_scheme("CN", "110108000000016").code == "CN-REG"
        assert guess_scheme("CN", PUBLISHED).code == "CN-USCC"


@pytest.mark.sample_data
def test_a_real_register_passes_but_for_four_rows():
    path = Path(os.environ["SAMPLE_DATA"]) / "enterprises" / "registry_2003_sample.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        results = [check("CN-USCC", row["统一社会信用代码"]) for row in csv.DictReader(file)]

    assert len(results) == 20_000
    assert sum(result.format_ok is True for result in results) == 19_996
    assert sum(not result.shape_ok for result in results) == 1
    assert sum(bool(result.warnings) for result in results) == 1


def test_a_register_in_the_shape_of_a_real_one():
    column = ["91110108551385082Q", "无", "110108000000016", "91110108551385082R", "914403001922038216"]

    verdicts = [
        (scheme.code, scheme.check(value).format_ok) if scheme else None
        for value in column
        for scheme in [guess_scheme("CN", value)]
    ]

    assert verdicts == [("CN-USCC", True), None, ("CN-REG", True), ("CN-USCC", False), ("CN-USCC", True)]
