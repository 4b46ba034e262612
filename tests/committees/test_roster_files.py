"""The roster on paper and in an address book."""

import re
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees.files.vcards import escape, fold
from committees.models import Seat, SeatPeriod
from committees.workflows import appointments
from members.enums import OwnershipType
from members.models import Organisation, Representative
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

FILES = ["-pdf", "-attendance", "-cards", "-vcf"]


@pytest.fixture
def kept(client):
    """(committee, secretary), signed in. A private member has a representative and an office, a central one neither."""
    committee, secretary = committee_with_secretary(slug="copper", contact_email="office@example.org")
    private, central = OrganisationFactory.create(city="Chongqing"), OrganisationFactory.create(name_ru="Пример")
    own(private, OwnershipType.PRIVATE)
    own(central, OwnershipType.CENTRAL_SOE)
    person = PersonFactory.create(
        name="宋雨桐",
        name_latin="Song Yutong",
        email="song@example.org",
        phone="+86 23 6000 0000",
        languages=["zh", "ru"],
    )
    Representative.objects.create(
        person=person, organisation=private, post="Head of trade; Asia", valid=date_range(date(2024, 1, 1))
    )
    seat = admit(committee, private, by=secretary, representative=person)
    admit(committee, central, by=secretary, on=date(2024, 6, 1))
    office = committee.positions.create(code="chair", title_en="Chair", title_zh_hans="主任委员", rank=1, holders_max=1)
    appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 2, 1))
    client.force_login(secretary)
    return committee, secretary


def address(committee, fmt, **params):
    return f"{reverse(f'committees:roster{fmt}', args=[committee.slug])}?{urlencode(params)}"


def words_of(response):
    """The text of a PDF without white space, which the reader of PDFs puts between scripts."""
    assert response.headers["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(BytesIO(response.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def has(response, *texts):
    found = words_of(response)
    missing = [text for text in texts if "".join(text.split()) not in found]
    assert missing == [], found


def test_the_printed_roster_holds_what_is_on_screen(client, kept):
    committee, _secretary = kept
    private, central = Organisation.objects.order_by("pk")
    has(
        client.get(address(committee, "-pdf")),
        committee.name_en, "office@example.org", "Roster", "Entries 2", private.name_en, central.name_en,
        "Spearhead", "Chair", "宋雨桐", "1 Jan 2024", "sitting",
    )  # fmt: skip
    narrowed = words_of(client.get(address(committee, "-pdf", ownership="central", cols="country")))
    assert "OwnershipCentralSOE" in narrowed
    assert "Entries1" in narrowed
    assert "China" in narrowed
    assert "".join(private.name_en.split()) not in narrowed
    assert "Spearhead" not in narrowed
    past = words_of(client.get(address(committee, "-pdf", as_of="2024-03-01")))
    assert "Asof1Mar2024" in past
    assert "Entries1" in past


def test_the_printed_roster_in_two_languages(client, kept):
    committee, _secretary = kept
    _private, central = Organisation.objects.order_by("pk")
    chinese = {"with": "zh-hans", "cols": "position,role,since"}
    has(
        client.get(address(committee, "-pdf", **chinese)),
        committee.name_en, committee.name_zh_hans, central.name_en, central.legal_name, "Chair", "主任委员",
        "Unit member", "单位会员",
        "1 Jun 2024",
    )  # fmt: skip
    assert "2024年" not in words_of(client.get(address(committee, "-pdf", **chinese)))
    has(client.get(address(committee, "-pdf", **{"with": "ru"})), committee.name_ru, "Пример")
    assert client.get(address(committee, "-pdf", **{"with": "tlh"})).status_code == 200


def test_the_menu_offers_the_files_of_what_is_on_screen(client, kept):
    committee, _secretary = kept
    files = client.get(address(committee, "", ownership="central")).context["list"].files
    assert [(label, url.removeprefix("/committees/copper/roster")) for label, url in files] == [
        ("Printed roster (.pdf)", ".pdf?ownership=central"),
        ("Printed roster, also in Chinese (.pdf)", ".pdf?ownership=central&with=zh-hans"),
        ("Printed roster, also in Russian (.pdf)", ".pdf?ownership=central&with=ru"),
        ("Attendance sheet (.pdf)", "-attendance.pdf?ownership=central"),
        ("Name cards (.pdf)", "-cards.pdf?ownership=central"),
        ("Contacts for an address book (.vcf)", ".vcf?ownership=central"),
    ]


def test_a_sheet_to_be_signed(client, kept):
    committee, _secretary = kept
    private, central = Organisation.objects.order_by("pk")
    sheet = client.get(address(committee, "-attendance"))
    has(sheet, "Attendance sheet", "Signature", private.name_en, private.legal_name, central.name_en, "Song Yutong")


def test_name_cards_stand_ten_on_a_page(client, kept):
    committee, secretary = kept
    for _each in range(9):
        admit(committee, by=secretary)
    cards = client.get(address(committee, "-cards"))
    pages = pypdf.PdfReader(BytesIO(cards.content)).pages
    assert len(pages) == 2
    has(cards, "宋雨桐", "Song Yutong", "Chair", Organisation.objects.order_by("pk")[0].name_en)
    assert len(re.findall("UnitmemberSCO|Unitmember", words_of(cards))) == 10


def test_contacts_for_an_address_book(client, kept):
    committee, _secretary = kept
    book = client.get(address(committee, "-vcf"))
    assert book.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert "copper-" in book.headers["Content-Disposition"]
    lines = book.content.decode().replace("\r\n ", "").split("\r\n")
    person = SeatPeriod.objects.exclude(representative=None).get().representative
    organisation = Organisation.objects.order_by("pk")[0]
    assert [line for line in lines if not line.startswith("REV:")] == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:urn:sco-temp:person:{person.pk}:organisation:{organisation.pk}",
        "FN;ALTID=1:宋雨桐",
        "FN;ALTID=1;LANGUAGE=en:Song Yutong",
        "N:宋雨桐;;;;",
        f"ORG:{organisation.name_en}",
        "TITLE:Head of trade\\; Asia",
        "ROLE:Chair",
        "EMAIL;TYPE=work:song@example.org",
        "TEL;TYPE=work;VALUE=text:+86 23 6000 0000",
        "ADR;TYPE=work:;;;Chongqing;;;China",
        "LANG;PREF=1:zh",
        "LANG;PREF=2:ru",
        f"CATEGORIES:{committee.name_en}",
        "END:VCARD",
        "",
    ]


def test_a_contact_holds_no_line_of_its_own():
    assert escape("a;b,c\\d\r\nEND:VCARD") == "a\\;b\\,c\\\\d\\nEND:VCARD"


@given(st.text(max_size=400))
def test_a_long_line_goes_on_in_the_next_without_tearing_a_character(text):
    line = "NOTE:" + escape(text)
    folded = fold(line)
    assert folded.endswith(b"\r\n")
    assert all(len(part) <= 75 and part.decode() is not None for part in folded.split(b"\r\n"))
    assert folded.decode().removesuffix("\r\n").replace("\r\n ", "") == line


@pytest.mark.parametrize("members", [1, 3])
@pytest.mark.parametrize(("fmt", "number"), [("-pdf", 4), ("-attendance", 5), ("-cards", 5), ("-vcf", 7)])
def test_files_take_as_many_queries_for_one_member_as_for_three(client, members, fmt, number):
    committee, secretary = committee_with_secretary()
    for _each in range(members):
        admit(committee, by=secretary, representative=PersonFactory.create())
    client.force_login(secretary)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(committee, fmt)).status_code == 200
    assert len(captured) == number


@pytest.mark.parametrize("fmt", FILES)
def test_an_empty_roster_makes_files_too(client, fmt):
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    assert client.get(address(committee, fmt)).status_code == 200
    assert client.get(address(committee, fmt, as_of="nonsense", standing="left")).status_code == 200


def test_who_may_have_them(client):
    committee = CommitteeFactory.create()
    admit(committee)
    for user, code in [
        (user_with(Role.SECRETARY, committee), 200),
        (user_with(Role.CHAIR, committee), 200),
        (user_with(Role.STAFF), 200),
        (user_with(Role.SECRETARY, CommitteeFactory.create()), 404),
        (user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), 404),
    ]:
        client.force_login(user)
        for fmt in FILES:
            assert client.get(address(committee, fmt)).status_code == code, (user, fmt)


def test_three_hundred_members_are_printed(client, kept):
    committee, _secretary = kept
    firms = Organisation.objects.bulk_create(
        Organisation(legal_name=f"第{number}示例企业有限公司", name_en=f"Example Enterprise no. {number}", country="CN")
        for number in range(300)
    )
    members = Seat.objects.bulk_create(
        Seat(committee=committee, organisation=firm, valid=date_range(date(2024, 5, 1)), functional_role="none")
        for firm in firms
    )
    SeatPeriod.objects.bulk_create(
        SeatPeriod(seat=seat, valid=seat.valid, functional_role="none", entry="admitted") for seat in members
    )
    has(client.get(address(committee, "-pdf", **{"with": "zh-hans"})), "Entries 302", "Example Enterprise no. 299")


def test_what_is_printed_is_never_taken_for_markup(client):
    committee, secretary = committee_with_secretary()
    name = '#panic("x") *bold* $a$ <b> [c] @d'
    person = PersonFactory.create(name=name)
    admit(committee, OrganisationFactory.create(name_en=name), by=secretary, representative=person, document=name)
    client.force_login(secretary)
    for fmt in ("-pdf", "-attendance", "-cards"):
        assert words_of(client.get(address(committee, fmt))).count("".join(name.split())) == 2, fmt
