"""A register number is judged while it is typed, with the reason, and gives away no more than a name."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from members.identifiers import Progress, read
from members.models import Identifier
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.web import enter, text

XIAOMI = "91110108551385082Q"


@pytest.mark.parametrize(
    ("country", "typed", "progress", "says"),
    [
        ("CN", "", Progress.EMPTY, ""),
        ("CN", "9111 0108", Progress.UNFINISHED, "8 characters so far; the whole number has 15 or 18"),
        ("CN", XIAOMI.lower(), Progress.RIGHT, ""),
        ("CN", XIAOMI[:-1] + "X", Progress.WRONG, "should be Q"),
        ("CN", "9111O", Progress.WRONG, "Is “0” meant?"),
        ("CN", "11010519491231002X", Progress.WRONG, "identity number of a person"),
        ("RU", "7707083894", Progress.UNFINISHED, "should be 3 if the others are right"),
        ("RU", "77070838931234567", Progress.WRONG, "has 10 or 12 characters, but 17 were entered"),
        ("RU", "1027700132195", Progress.RIGHT, ""),
        ("KZ", "900101300017", Progress.WRONG, "IIN of a person"),
        ("PK", "35201-1234567-8", Progress.WRONG, "CNIC of a person"),
        ("IR", "0010350829", Progress.UNFINISHED, "national code of a person"),
        ("UZ", "31010900123456", Progress.WRONG, "PINFL of a person"),
        ("KG", "21201199000123", Progress.WRONG, "PIN of a person"),
        ("IN", "ABCPE1234F", Progress.UNFINISHED, "PAN or Aadhaar number of a person"),
        ("UZ", "31234567890", Progress.WRONG, "has 9 characters"),
        ("DE", "724500PMK2A2M1SQQ228", Progress.RIGHT, ""),
        ("DE", "HRB", Progress.UNFINISHED, "contains digits"),
    ],
)
def test_how_far_a_number_is_and_what_is_wrong_with_it(country, typed, progress, says):
    reading = read(country, "", typed)
    assert reading.progress is progress
    assert says in str(reading.says)


def test_the_inn_of_a_person_is_that_of_a_sole_trader_at_best():
    reading = read("RU", "", "500100732259")
    assert reading.progress is Progress.RIGHT
    assert "INN of a person" in str(reading.warnings[0])


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def check(self, client):
        cache.clear()
        enter(client, UserFactory.create())
        return lambda **typed: client.get(reverse("members:number-check"), typed)

    def test_an_owner_is_named_for_the_whole_right_number_alone(self, check):
        owner = OrganisationFactory.create(name_en="Only the name", website="https://secret.example")
        Identifier.objects.create(organisation=owner, scheme="CN-USCC", value=XIAOMI)
        assert "Only the name" in text(check(country="CN", number=XIAOMI))
        assert "secret.example" not in text(check(country="CN", number=XIAOMI))
        for typed in (XIAOMI[:-1], XIAOMI[:-1] + "X", XIAOMI + "1"):
            assert "Only the name" not in text(check(country="CN", number=typed))

    def test_the_hint_says_what_it_looks_like(self, check):
        page = text(check(country="KZ", number=""))
        assert "12 digits" in page
        assert "950440001673" in page

    def test_it_speaks_the_users_language(self, check, client):
        client.cookies["django_language"] = "ru"
        assert "БИН" in text(check(country="KZ", number="950440001674"))

    @pytest.mark.parametrize(
        "typed",
        [{}, {"country": "XX"}, {"country": "CN", "number": "\0"}, {"country": "CN", "scheme": "no", "number": "1"}],
    )
    def test_nonsense_is_answered_with_silence(self, check, typed):
        response = check(**typed)
        assert (response.status_code, response.content) == (200, b"")

    def test_names_are_not_read_out_by_the_hundred(self, check):
        owner = OrganisationFactory.create(name_en="Only the name")
        Identifier.objects.create(organisation=owner, scheme="CN-USCC", value=XIAOMI)
        shown = ["Only the name" in text(check(country="CN", number=XIAOMI)) for _each in range(61)]
        assert shown == [True] * 60 + [False]
        assert [check(country="CN", number="1").status_code for _each in range(60)][-1] == 429

    def test_a_visitor_gets_nothing(self, client):
        assert client.get(reverse("members:number-check")).status_code == 403
