"""Before one applies: the organisation is found, claimed, or added once."""

import re

import pytest
from django.urls import reverse

from committees.enums import ApplicationState, CommitteeState
from committees.models import Application
from members.models import Claim, Identifier, Organisation
from temp_portal.accounts.enums import Role
from tests.factories import CommitteeFactory, OrganisationFactory, UserFactory, admit, user_with
from tests.factories.web import enter, text, title

pytestmark = pytest.mark.django_db

FIND, NEW, BEGIN = "committees:apply-organisation", "committees:apply-new-organisation", "committees:apply"
XIAOMI = "91110108551385082Q"
ANSWERS = {
    "country": "CN",
    "scheme": "",
    "number": XIAOMI,
    "legal_name": "重庆长山铝业有限公司",
    "legal_name_language": "zh-hans",
    "name_en": "Changshan Aluminium",
    "kind": "enterprise",
    "post": "Manager",
}


@pytest.fixture
def newcomer(client):
    user = UserFactory.create()
    client.force_login(user)
    return user


@pytest.fixture
def known():
    organisation = OrganisationFactory.create(
        legal_name="特变电工股份有限公司", name_en="TBEA", website="https://tbea.example"
    )
    Identifier.objects.create(organisation=organisation, scheme="CN-USCC", value=XIAOMI, format_ok=True)
    return organisation


@pytest.mark.parametrize("typed", ["特变电工", "tebian", "тэбянь", "TBEA"])
def test_an_organisation_is_found_by_its_name_in_any_script(client, newcomer, known, typed):
    page = text(client.get(reverse(FIND), {"country": "CN", "number": "", "name": typed}))
    assert "Is one of these yours?" in page
    assert reverse("committees:apply-claim", args=[known.pk]) in page
    assert "tbea.example" not in page
    assert XIAOMI not in page


def test_an_organisation_is_found_by_its_number(client, newcomer, known):
    page = text(client.get(reverse(FIND), {"country": "CN", "number": XIAOMI.lower(), "name": ""}))
    assert "has this number" in page
    assert reverse("committees:apply-claim", args=[known.pk]) in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"country": "CN", "number": "91110108551385082X", "name": ""}, "should be Q"),
        ({"country": "KZ", "number": "12", "name": ""}, "Expected is"),
        ({"country": "CN", "number": "", "name": ""}, "Enter the register number or the name"),
        ({"country": "", "number": "", "name": "Kept name"}, "required"),
    ],
)
def test_a_wrong_search_says_what_is_wrong(client, newcomer, asked, says):
    response = client.get(reverse(FIND), asked)
    assert says in text(response)
    assert title(response).startswith("Error:")
    assert all(value in text(response) for value in asked.values())


def test_the_committee_travels_along(client, newcomer):
    committee = CommitteeFactory.create()
    asked = {"committee": committee.slug, "country": "CN", "number": "", "name": "Unknown company"}
    new = client.get(reverse(FIND), asked).context["new_url"]
    assert f"committee={committee.slug}" in new
    assert "Unknown company" in text(client.get(new))


def test_a_number_of_the_register_is_not_entered_twice(client, newcomer, known):
    response = client.post(reverse(NEW), ANSWERS)
    assert "in the register already" in text(response)
    assert reverse("committees:apply-claim", args=[known.pk]) in text(response)
    assert "Changshan Aluminium" in text(response)
    assert Organisation.objects.count() == 1


def test_a_namesake_is_shown_and_must_be_denied(client, newcomer):
    twin = OrganisationFactory.create(legal_name="长山铝业股份有限公司", name_en="Changshan Aluminium Industry")
    response = client.post(reverse(NEW), ANSWERS)
    assert "Is one of these yours?" in text(response)
    assert str(twin) in text(response)
    assert Organisation.objects.count() == 1
    response = client.post(reverse(NEW), ANSWERS | {"none_of_these": "on"}, follow=True)
    assert response.redirect_chain[-1][0] == "/me/"
    added = Organisation.objects.represented_by(newcomer).get()
    assert added.identifiers.get().value == XIAOMI


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"number": "91110108551385082X"}, "should be Q"),
        ({"scheme": "KZ-BIN"}, "not given out in the chosen country"),
        ({"legal_name": ""}, "required"),
        ({"post": ""}, "required"),
        ({"website": "no address"}, "valid URL"),
    ],
)
def test_a_faulty_entry_is_explained_and_kept(client, newcomer, fault, says):
    response = client.post(reverse(NEW), ANSWERS | fault)
    assert says in text(response)
    assert title(response).startswith("Error:")
    kept = [value for value in (ANSWERS | fault).values() if value]
    assert all(value in text(response) for value in kept)
    assert not Organisation.objects.exists()


def test_an_organisation_of_the_register_is_claimed_and_waits(client, newcomer, known):
    committee = CommitteeFactory.create()
    address = f"{reverse('committees:apply-claim', args=[known.pk])}?committee={committee.slug}"
    faulty = client.post(address, {"post": "Manager", "statement": ""})
    assert title(faulty).startswith("Error:")
    response = client.post(address, {"post": "Manager", "statement": "Power of attorney of 1 May"}, follow=True)
    assert "Your claim is on its way" in text(response)
    assert "Waiting for an answer" in text(response)
    assert Claim.objects.get().user == newcomer
    waiting = text(client.get(f"{reverse(BEGIN)}?committee={committee.slug}"))
    assert "As soon as that is confirmed" in waiting
    assert "Begin the application" not in waiting
    assert not Application.objects.exists()


def test_a_claim_looks_the_same_whether_somebody_represents_the_organisation(client, newcomer, known):
    user_with(Role.REPRESENTATIVE, known)
    other = OrganisationFactory.create(legal_name=known.legal_name, name_en=known.name_en)
    shown = set()
    for organisation in (known, other):
        address = reverse("committees:apply-claim", args=[organisation.pk])
        before = text(client.get(address))
        after = text(client.post(address, {"post": "x", "statement": "y"}, follow=True))
        Claim.objects.all().delete()
        shown.add(tuple(re.sub(r"\d+", "N", page.split("<main")[1].split("</main>")[0]) for page in (before, after)))
    assert len({re.sub(r'csrf.*?">', "", str(each)) for each in shown}) == 1


def test_ones_own_organisation_is_not_claimed(client, known):
    enter(client, user_with(Role.REPRESENTATIVE, known))
    found = text(client.get(reverse(FIND), {"country": "CN", "number": XIAOMI, "name": ""}))
    assert "Yours: go on" in found
    assert client.get(reverse("committees:apply-claim", args=[known.pk])).url == reverse(BEGIN)


def test_beginning_twice_opens_the_same_application(client, known):
    committee = CommitteeFactory.create()
    enter(client, user_with(Role.REPRESENTATIVE, known))
    answers = {"committee": committee.slug, "organisation": known.pk}
    first, second = (client.post(reverse(BEGIN), answers).url for _tab in range(2))
    assert first == second
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_only_open_committees_and_own_organisations_can_be_chosen(client, known):
    closed, stranger = CommitteeFactory.create(state=CommitteeState.DISSOLVED), OrganisationFactory.create()
    enter(client, user_with(Role.REPRESENTATIVE, known))
    for committee, organisation in [(closed, known), (CommitteeFactory.create(), stranger)]:
        response = client.post(reverse(BEGIN), {"committee": committee.slug, "organisation": organisation.pk})
        assert title(response).startswith("Error:")
    assert "does not take applications" in text(client.get(f"{reverse(BEGIN)}?committee={closed.slug}"))
    assert not Application.objects.exists()


def test_a_member_is_told_that_it_is_one(client, known):
    seat = admit(CommitteeFactory.create(), known)
    enter(client, user_with(Role.REPRESENTATIVE, known))
    response = client.post(reverse(BEGIN), {"committee": seat.committee.slug, "organisation": known.pk})
    assert "member of this committee already" in text(response)
