"""Whom a row means: numbers before names, members before the register, and a question where more than one fits."""

from datetime import date

import pytest

from committees.synchronisation.plan import Group
from members.models import Identifier, Organisation, Representative
from temp_portal.core.db import date_range
from tests.committees.synchronising import compared, counts, csv_of, entries
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
COLUMNS = ("Organisation", "Register number", "Name in English", "Country", "Member since", "Representative")


@pytest.fixture
def keeper():
    return committee_with_secretary()


def firm(name: str, number: str = "", scheme: str = "CN-USCC", **fields: str) -> Organisation:
    made = OrganisationFactory.create(legal_name=name, **{"name_en": "", "name_zh_hans": ""} | fields)
    if number:
        Identifier.objects.create(organisation=made, scheme=scheme, value=number)
    return made


def asked(keeper, *rows: tuple[str, ...]):
    """The comparison of rows that fill the first columns."""
    committee, secretary = keeper
    lines = [dict(zip(COLUMNS, [*row, *[""] * 6][:6], strict=True)) for row in rows]
    return compared(committee, csv_of(lines), by=secretary, on=DAY)


def meant(made) -> list[str]:
    """Registered names of those whom the rows mean, in the order of the file."""
    found = [*entries(made, Group.JOINED), *entries(made, Group.UNCHANGED), *entries(made, Group.CHANGED)]
    return [entry.organisation.legal_name for entry in sorted(found, key=lambda entry: entry.row.number)]


def test_a_number_is_known_however_it_is_written(keeper):
    firm("渝岭矿业有限公司", "91110108551385082Q")
    firm("ООО «Ромашка»", "7707083893", "RU-INN", country="RU")
    made = asked(
        keeper, ("old name", "91110108 5513 8508 2q"), ("other", "ИНН 7707083893"), ("third", "７７０７０８３８９３")
    )
    assert counts(made) == {"joined": 2}
    assert meant(made) == ["渝岭矿业有限公司", "ООО «Ромашка»"]


@pytest.mark.parametrize(
    "written",
    ["ТЕБЯНЬ ЭЛЕКТРИК", "Тебянь—Электрик", "«тебянь электрик»", "Тебянь\xa0 Электрик"],
)
def test_case_signs_and_spaces_do_not_make_another_name(keeper, written):
    firm("Тебянь Электрик")
    assert meant(asked(keeper, (written,))) == ["Тебянь Электрик"]


def test_aliases_and_translated_names_count(keeper):
    firm("特变电工", name_ru="Тэбянь", aliases=["TBEA"])
    assert meant(asked(keeper, ("tbea",))) == meant(asked(keeper, ("Тэбянь",))) == ["特变电工"]


@pytest.mark.parametrize("written", ["特变电工新能源", "特变集团", "Tebian Diangong", "Тэбянь дяньгун", "特变电"])
def test_what_is_only_alike_is_offered(keeper, written):
    wanted = firm("特变电工股份有限公司")
    firm("华诺俄翔贸易有限公司")
    made = asked(keeper, (written,))
    assert counts(made) == {"unknown": 1}
    assert entries(made, Group.UNKNOWN)[0].candidates == [wanted]


def test_namesakes_are_asked_about_unless_the_row_tells_them_apart(keeper):
    firm("Orion", country="KZ", name_en="Orion Steel")
    firm("Orion", country="UZ", name_en="Orion Foods")
    assert counts(asked(keeper, ("Orion",), ("Orion", "", "", "", "2024-01-01"))) == {"ambiguous": 2}
    made = asked(keeper, ("Orion",))
    assert len(entries(made, Group.AMBIGUOUS)[0].candidates) == 2
    assert entries(asked(keeper, ("Orion", "", "", "Казахстан")), Group.JOINED)[0].organisation.name_en == "Orion Steel"
    assert entries(asked(keeper, ("Orion", "", "Orion Foods")), Group.JOINED)[0].organisation.name_en == "Orion Foods"


def test_among_namesakes_a_member_is_meant(keeper):
    committee, secretary = keeper
    firm("Orion")
    member = firm("Orion")
    admit(committee, member, by=secretary)
    made = asked(keeper, ("Orion",))
    assert counts(made) == {"unchanged": 1}
    assert entries(made, Group.UNCHANGED)[0].organisation == member


def test_member_namesakes_are_told_apart_by_what_else_the_row_says(keeper):
    committee, secretary = keeper
    first, second, third = firm("Orion"), firm("Orion"), firm("Orion")
    admit(committee, first, by=secretary, on=date(2024, 1, 1))
    admit(committee, second, by=secretary, on=date(2024, 2, 1))
    person = PersonFactory.create(name="Lee Sun")
    Representative.objects.create(person=person, organisation=third, valid=date_range(date(2020, 1, 1)))
    admit(committee, third, by=secretary, on=date(2024, 2, 1), representative=person)
    made = asked(
        keeper,
        ("Orion", "", "", "", "2024-01-01"),
        ("Orion", "", "", "", "2024-02-01", "Lee Sun"),
        ("Orion", "", "", "", "2024-02-01"),
    )
    assert [entry.organisation for entry in entries(made, Group.UNCHANGED)] == [first, third]
    assert len(entries(made, Group.AMBIGUOUS)) == 1


def test_a_number_and_a_name_that_disagree_are_asked_about(keeper):
    one = firm("渝岭矿业有限公司", "91110108551385082Q")
    other = firm("远屿贸易有限公司")
    made = asked(keeper, ("远屿贸易有限公司", "91110108551385082Q"))
    (entry,) = entries(made, Group.AMBIGUOUS)
    assert entry.candidates == [one, other]


def test_a_name_whose_owner_has_another_number_is_asked_about(keeper):
    firm("渝岭矿业有限公司", "91110108551385082Q")
    made = asked(keeper, ("渝岭矿业有限公司", "914403001922038216"))
    (entry,) = entries(made, Group.AMBIGUOUS)
    assert entry.reason == "The organisation of this name has another register number."


def test_a_number_that_nobody_has_does_not_hide_the_name(keeper):
    firm("渝岭矿业有限公司")
    assert meant(asked(keeper, ("渝岭矿业有限公司", "914403001922038216"))) == ["渝岭矿业有限公司"]


def test_a_number_that_lost_its_digits_rejects_the_row(keeper):
    made = asked(keeper, ("渝岭矿业有限公司", "9.11101E+17"))
    (entry,) = entries(made, Group.REJECTED)
    assert "dropped digits" in entry.reason


def test_a_rejected_row_keeps_its_member_from_being_missing(keeper):
    committee, secretary = keeper
    admit(committee, firm("渝岭矿业有限公司"), by=secretary)
    made = asked(keeper, ("渝岭矿业有限公司", "", "", "", "soon"))
    assert counts(made) == {"rejected": 1}


def test_questions_cost_no_more_the_more_rows_are_known(keeper, django_assert_max_num_queries):
    committee, secretary = keeper
    rows = [(f"Firm {number}",) for number in range(30)]
    for (name,) in rows:
        admit(committee, firm(name), by=secretary)
    with django_assert_max_num_queries(80):
        assert counts(asked(keeper, *rows)) == {"unchanged": 30}
