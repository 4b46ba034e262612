"""Certificates of membership: issued, had, checked by anybody, revoked."""

import re
from datetime import date
from io import BytesIO

import pypdf
import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committees.enums import CertificateState
from committees.models import Certificate
from committees.workflows import certificates, seats
from committees.workflows.takeback import take_back
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery
from tests.factories import CommitteeFactory, OrganisationFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

GROUNDS = {"document": "Minutes 9", "heard": "On 2 April, by letter"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Requests of earlier tests do not count."""
    cache.clear()


@pytest.fixture
def kept(client):
    """(seat, secretary), the secretary signed in."""
    committee, secretary = committee_with_secretary(slug="copper", name_ru="Комитет по меди")
    organisation = OrganisationFactory.create(name_ru="Пример")
    client.force_login(secretary)
    return admit(committee, organisation, on=date(2024, 1, 10), by=secretary), secretary


def of_seat(seat):
    return reverse("committees:seat-certificate", args=[seat.committee.slug, seat.pk])


def to_revoke(certificate):
    return reverse("committees:certificate-revoke", args=[certificate.seat.committee.slug, certificate.pk])


def paper(certificate):
    return reverse("committees:certificate-pdf", args=[certificate.pk])


def words_of(page):
    """The text of a page without its tags."""
    return " ".join(re.sub("<[^>]*>", "", page.text).split())


def test_a_certificate_is_issued_from_the_page_of_the_seat(client, kept):
    seat, secretary = kept
    assert of_seat(seat) in client.get(seat.get_absolute_url()).text
    assert client.get(of_seat(seat)).status_code == 200
    assert client.post(of_seat(seat)).headers["Location"] == seat.get_absolute_url()
    issued = Certificate.objects.get()
    assert issued.number == f"COPPER-{timezone.localdate().year}-0001"
    assert (issued.seat, issued.issued_by, issued.state) == (seat, secretary, CertificateState.VALID)
    assert len(issued.token) >= 32
    told = Transition.objects.of(issued).get()
    assert (told.move, told.to_state, told.by) == ("issue", "valid", secretary)
    page = client.get(seat.get_absolute_url())
    assert paper(issued) in page.text
    assert of_seat(seat) not in page.text


def test_numbers_follow_each_other_in_a_committee(kept):
    seat, secretary = kept
    first = certificates.issue(seat, by=secretary)
    second = certificates.issue(admit(seat.committee, by=secretary), by=secretary)
    other = admit(CommitteeFactory.create(slug="zinc"))
    third = certificates.issue(other, by=user_with(Role.SECRETARY, other.committee))
    year = timezone.localdate().year
    assert [each.number for each in (first, second, third)] == [
        f"COPPER-{year}-0001",
        f"COPPER-{year}-0002",
        f"ZINC-{year}-0001",
    ]
    assert len({first.token, second.token, third.token}) == 3


def test_one_valid_certificate_at_a_time_and_none_after_the_end(client, kept):
    seat, secretary = kept
    certificates.issue(seat, by=secretary)
    answer = client.post(of_seat(seat))
    assert answer.status_code == 200
    assert "has a valid certificate already" in answer.text
    gone = admit(seat.committee, on=date(2024, 1, 1), by=secretary)
    seats.end(gone, by=secretary, effective_on=date(2024, 5, 1), how="resigned")
    with pytest.raises(ValidationError, match="ended"):
        certificates.issue(gone, by=secretary)
    with pytest.raises(PermissionDenied):
        certificates.issue(seat, by=user_with(Role.CHAIR, seat.committee))


def test_a_certificate_is_revoked_once_and_another_one_may_follow(client, kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    assert "Say why" not in client.get(to_revoke(issued)).text
    assert client.post(to_revoke(issued), {"reason": ""}).status_code == 200
    assert client.post(to_revoke(issued), {"reason": "Lost"}).status_code == 302
    issued.refresh_from_db()
    assert (issued.state, issued.revoked_by) == (CertificateState.REVOKED, secretary)
    assert Transition.objects.of(issued).last().reason == "Lost"
    assert client.post(to_revoke(issued), {"reason": "Again"}).status_code == 409
    with pytest.raises(StateConflict):
        certificates.revoke(issued, by=secretary, reason="Again")
    assert client.get(paper(issued)).status_code == 404
    assert certificates.issue(seat, by=secretary).number.endswith("0002")


def test_the_database_keeps_what_was_issued(kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(number="X-1")
    with pytest.raises(IntegrityError, match="certificate_revoked_pair"), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(revoked_at=timezone.now())
    with pytest.raises(IntegrityError, match="certificate_one_valid"), transaction.atomic():
        Certificate.objects.create(seat=seat, number="X-2", issued_by=secretary)


def test_anybody_with_the_token_learns_whether_the_membership_is_valid(client, kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    client.logout()
    page = client.get(issued.get_absolute_url())
    assert "Valid since 10 Jan 2024" in words_of(page)
    for shown in (seat.organisation.name_en, seat.organisation.legal_name, seat.committee.name_en):
        assert shown in page.text
    for hidden in (issued.number, secretary.name, secretary.email, str(issued.issued_at.year) + "-"):
        assert hidden not in page.text.replace(issued.token, ""), hidden
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    seats.end(seat, by=secretary, effective_on=date(2024, 5, 1), how="expelled", reason="Fraud", **GROUNDS)
    page = client.get(issued.get_absolute_url())
    assert "Ended on 30 Apr 2024" in words_of(page)
    assert "Valid since" not in page.text
    assert "Fraud" not in page.text
    assert "expelled" not in page.text


def test_a_revoked_certificate_is_void_whatever_the_membership_is(client, kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    certificates.revoke(issued, by=secretary, reason="Lost in the post")
    client.logout()
    page = client.get(issued.get_absolute_url())
    assert "This certificate is void" in page.text
    assert "Valid since" not in page.text
    assert "Lost in the post" not in page.text
    for unknown in (issued.number, issued.token + "x", "x" * 300):
        assert client.get(reverse("committees:certificate", args=[unknown])).status_code == 404


def test_who_tries_one_token_after_the_other_is_held_up(client):
    address = reverse("committees:certificate", args=["guess"])
    found = [client.get(address).status_code for _each in range(31)]
    assert found == [404] * 30 + [429]
    answer = client.get(address)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait a minute" in answer.text


def test_the_paper_says_it_in_three_languages(client, kept):
    seat, secretary = kept
    seat.committee.positions.create(
        code="chair", title_en="Chair", title_zh_hans="主任委员", title_ru="Председатель", rank=1
    )
    issued = certificates.issue(seat, by=secretary)
    sheet = client.get(paper(issued))
    assert sheet.headers["Content-Type"] == "application/pdf"
    (page,) = pypdf.PdfReader(BytesIO(sheet.content)).pages
    text = "".join(page.extract_text().split())
    organisation, committee = seat.organisation, seat.committee
    for words in (
        "Certificate of membership", organisation.name_en, organisation.legal_name, organisation.name_ru,
        committee.name_en, committee.name_zh_hans, committee.name_ru, issued.number, "10 Jan 2024", "2024年1月10日",
        "10 января 2024", "主任委员", "Председатель", issued.token,
    ):  # fmt: skip
        assert "".join(words.split()) in text, words


def test_who_may_have_the_paper(client, kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    for user, code in [
        (secretary, 200),
        (user_with(Role.CHAIR, seat.committee), 200),
        (user_with(Role.STAFF), 200),
        (user_with(Role.REPRESENTATIVE, seat.organisation), 200),
        (user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), 404),
        (user_with(Role.SECRETARY, CommitteeFactory.create()), 404),
    ]:
        client.force_login(user)
        assert client.get(paper(issued)).status_code == code, user
    client.logout()
    assert client.get(paper(issued)).status_code == 302


def test_the_representatives_of_the_member_are_told(kept):
    seat, secretary = kept
    representative = user_with(Role.REPRESENTATIVE, seat.organisation)
    user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    issued = certificates.issue(seat, by=secretary)
    told = Delivery.objects.filter(notification__kind="certificate_issued")
    assert {each.recipient for each in told} == {representative}
    assert told.first().notification.context["number"] == issued.number


def test_a_representative_finds_it_on_the_own_page(client, kept):
    seat, secretary = kept
    client.force_login(user_with(Role.REPRESENTATIVE, seat.organisation))
    assert "Certificate (.pdf)" not in client.get(reverse("accounts:me")).text
    issued = certificates.issue(seat, by=secretary)
    assert paper(issued) in client.get(reverse("accounts:me")).text
    certificates.revoke(issued, by=secretary, reason="Wrong name")
    assert "Certificate (.pdf)" not in client.get(reverse("accounts:me")).text


def test_a_certificate_of_an_admission_that_was_taken_back_is_void(client, kept):
    seat, secretary = kept
    issued = certificates.issue(seat, by=secretary)
    take_back(Recording.objects.get(kind="admit"), by=secretary)
    assert client.get(paper(issued)).status_code == 404
    assert "This certificate is void" in client.get(issued.get_absolute_url()).text
    seat.refresh_from_db()
    with pytest.raises(ValidationError, match="taken back"):
        certificates.issue(seat, by=secretary)
