"""An organisation that a list names goes on record with its names by script and its number."""

import pytest
from django.core.exceptions import ValidationError

from members.workflows import record_organisation
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return user_with(Role.STAFF)


def test_names_go_where_their_script_says(staff):
    made = record_organisation(by=staff, names=["渝岭矿业有限公司", "Yuling Mining", "Юйлин Майнинг"], country="CN")
    assert (made.legal_name, made.name_en, made.name_zh_hans, made.name_ru) == (
        "渝岭矿业有限公司",
        "Yuling Mining",
        "渝岭矿业有限公司",
        "Юйлин Майнинг",
    )
    assert made.aliases == ["Yuling Mining", "Юйлин Майнинг"]
    assert "yuling" in made.search_key
    assert [move.move for move in Transition.objects.of(made)] == ["create"]


def test_the_number_tells_the_country(staff):
    made = record_organisation(by=staff, names=["渝岭矿业有限公司"], number="91110108551385082Q")
    assert (made.country.code, made.identifiers.get().scheme) == ("CN", "CN-USCC")


@pytest.mark.parametrize(
    ("names", "country", "number"),
    [([], "CN", ""), (["甲"], "CN", "12345"), (["甲"], "", "99"), (["甲"], "CN", "91110108551385082X")],
)
def test_what_is_wrong_is_refused(staff, names, country, number):
    with pytest.raises(ValidationError):
        record_organisation(by=staff, names=names, country=country, number=number)


def test_a_number_has_one_owner(staff):
    record_organisation(by=staff, names=["甲"], country="CN", number="91110108551385082Q")
    with pytest.raises(ValidationError, match="in the register already"):
        record_organisation(by=staff, names=["乙"], country="CN", number="91110108551385082Q")
