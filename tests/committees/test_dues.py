"""Dues: fixed tiers, a year drawn up in one act, payments, waivers, arrears, the statement."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committees.dues.plan import Plan
from committees.enums import DuesGroup, DuesStanding, PositionCode
from committees.models import DuesCharge, DuesPayment, DuesYear, Position
from committees.workflows import appointments, dues, seats
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.db import date_range
from temp_portal.notifications.models import Delivery
from tests.factories import (
    OrganisationFactory,
    admit,
    charged,
    committee_with_secretary,
    dues_tier,
    user_with,
)
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db

SLIP = {"paid_on": date(2026, 3, 1), "document": "Slip 4711"}


@pytest.fixture
def kept():
    """(committee, secretary)."""
    return committee_with_secretary(slug="copper", name_ru="Комитет по меди")


def pages(name, *arguments):
    return reverse(f"committees:{name}", args=["copper", *arguments])


def standing(charge, day=None):
    return DuesCharge.objects.with_standing(day).get(pk=charge.pk)


def open_of(charge):
    return standing(charge).open


def test_a_year_is_shown_and_then_drawn_up_as_shown_by_the_highest_office(client, kept):
    committee, secretary = kept
    chair, plain, suspended = (admit(committee, by=secretary) for _each in range(3))
    observer = admit(committee, by=secretary, voting=False)
    seats.suspend(suspended, by=secretary, effective_on=timezone.localdate(), reason="Papers missing")
    position = Position.objects.create(committee=committee, code=PositionCode.CHAIR, title_en="Chair", holders_max=1)
    appointments.appoint(chair, position, by=secretary, effective_on=date(2024, 1, 1))
    dues_tier(committee), dues_tier(committee, DuesGroup.CHAIR, "30000")
    today = timezone.localdate()
    order = {"year": today.year, "day": today, "due_on": today + timedelta(days=30), "document": "Minutes 7"}
    page = enter(client, secretary).post(pages("dues-draw-up"), order)
    assert "Charge 3 members" in text(page)
    assert "CNY\xa034,000.00" in text(page)
    assert not DuesYear.objects.exists()
    shown = Plan.of(committee, today.year, today).fingerprint
    representative = user_with(Role.REPRESENTATIVE, plain.organisation)
    assert client.post(pages("dues-draw-up"), order | {"confirm": shown}).status_code == 302
    assert dict(DuesCharge.objects.values_list("seat", "amount")) == {
        chair.pk: Decimal(30000),
        plain.pk: Decimal(2000),
        suspended.pk: Decimal(2000),
    }
    assert not observer.dues_charges.exists()
    assert Delivery.objects.filter(recipient=representative, notification__kind="dues_drawn_up").exists()
    drawn = DuesYear.objects.get()
    assert Transition.objects.of(drawn).get().details == {"charges": 3}
    late = admit(committee, by=secretary)
    assert client.post(pages("dues-draw-up"), order | {"confirm": shown}).status_code == 409
    dues.draw_up(committee, by=secretary, **{name: order[name] for name in ("year", "day", "due_on")})
    assert list(late.dues_charges.values_list("dues_year", flat=True)) == [drawn.pk]


def test_a_year_is_taken_back_only_while_nothing_is_paid_or_waived(kept):
    committee, secretary = kept
    charge = charged(admit(committee, by=secretary), by=secretary)
    payment = dues.pay(charge, by=secretary, amount=Decimal(500), **SLIP)
    with pytest.raises(ValidationError, match="paid or waived"):
        dues.withdraw(charge.dues_year, by=secretary, reason="Too early")
    dues.correct_payment(payment, by=secretary, amount=Decimal(0), reason="Not ours", **SLIP)
    dues.withdraw(charge.dues_year, by=secretary, reason="Too early")
    assert not DuesCharge.objects.live().exists()
    with pytest.raises(StateConflict):
        dues.withdraw(charge.dues_year, by=secretary, reason="Again")
    with pytest.raises(ValidationError, match="taken back"):
        dues.pay(charge, by=secretary, amount=Decimal(1), **SLIP)
    assert charged(charge.seat, by=secretary).dues_year_id != charge.dues_year_id


def test_payments_are_counted_to_the_cent_and_corrected_without_being_changed(kept):
    committee, secretary = kept
    charge = charged(admit(committee, by=secretary), by=secretary)
    first = dues.pay(charge, by=secretary, amount=Decimal("1999.99"), **SLIP)
    assert open_of(charge) == Decimal("0.01")
    with pytest.raises(ValidationError, match=r"0\.01"):
        dues.pay(charge, by=secretary, amount=Decimal("0.02"), **SLIP)
    dues.correct_payment(first, by=secretary, amount=Decimal(1500), reason="Bank fee", **SLIP)
    assert open_of(charge) == Decimal(500)
    with pytest.raises(ValidationError, match="corrected already"):
        dues.correct_payment(first, by=secretary, amount=Decimal(1), reason="Again", **SLIP)
    dues.pay(charge, by=secretary, amount=Decimal(500), **SLIP)
    assert standing(charge).standing == DuesStanding.PAID
    moves = Transition.objects.of(charge).order_by("pk").values_list("move", "to_state")
    assert list(moves) == [("pay", "arrears"), ("correct_payment", "arrears"), ("pay", "paid")]
    with pytest.raises(DatabaseError), transaction.atomic():
        DuesPayment.objects.update(amount=1)


def test_how_dues_stand_follows_the_days(kept):
    committee, secretary = kept
    charge = charged(admit(committee, by=secretary), by=secretary)
    assert standing(charge, date(2026, 3, 31)).standing == DuesStanding.DUE
    assert standing(charge, date(2026, 4, 1)).standing == DuesStanding.ARREARS
    dues.pay(charge, by=secretary, amount=Decimal(500), **SLIP)
    assert standing(charge, date(2026, 2, 28)).standing == DuesStanding.DUE
    assert standing(charge, date(2026, 3, 1)).standing == DuesStanding.PART_PAID
    dues.waive(charge, by=secretary, waived_on=date(2026, 6, 1), reason="Flood", document="Minutes 9")
    assert standing(charge, date(2026, 5, 31)).standing == DuesStanding.ARREARS
    assert (standing(charge).standing, open_of(charge)) == (DuesStanding.WAIVED, 0)
    with pytest.raises(ValidationError, match="Nothing is open"):
        dues.waive(charge, by=secretary, waived_on=date(2026, 6, 1), reason="Flood", document="Minutes 9")
    dues.take_waiver_back(charge, by=secretary, reason="Another member")
    assert open_of(charge) == Decimal(1500)


def test_two_tiers_for_the_same_members_do_not_overlap_and_a_used_one_keeps_its_amount(kept):
    committee, secretary = kept
    charge = charged(admit(committee, by=secretary), by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        dues_tier(committee, amount="3000", valid=date_range(date(2025, 1, 1)))
    charge.tier.amount = Decimal(3000)
    with pytest.raises(ValidationError, match="Give it an end"):
        dues.save_tier(charge.tier, by=secretary)
    with pytest.raises(PermissionDenied):
        dues.save_tier(charge.tier, by=user_with(Role.CHAIR, committee))


def test_a_tier_names_amount_and_decision_and_what_was_typed_wrongly_stays(client, kept):
    committee, secretary = kept
    typed = {"kind": "member", "name_en": "Members", "amount": "2 000", "currency": "cny", "begins_on": "2026-01-01"}
    page = enter(client, secretary).post(pages("dues-tier-new"), typed | {"amount": "2,000 - 5,000"})
    assert page.status_code == 200
    assert 'value="2,000 - 5,000"' in text(page)
    assert "Error:" in text(page)
    decision = {"decided_by": "Member assembly", "document": "Minutes 3"}
    assert client.post(pages("dues-tier-new"), typed | decision).status_code == 302
    tier = committee.dues_tiers.get()
    assert (tier.amount, tier.currency, tier.decided_by) == (Decimal(2000), "CNY", "Member assembly")
    committee.refresh_from_db()
    assert committee.keeps_dues


def test_two_years_in_arrears_are_proposed_to_lapse_and_reminded_but_nothing_lapses(client, kept):
    committee, secretary = kept
    seat, other = admit(committee, by=secretary), admit(committee, by=secretary)
    representative = user_with(Role.REPRESENTATIVE, seat.organisation)
    charges = [charged(seat, year, by=secretary) for year in (2024, 2025)]
    paid = other.dues_charges.get(dues_year__year=2024)
    dues.pay(paid, by=secretary, amount=paid.amount, **SLIP)
    page = text(enter(client, secretary).get(pages("dues")))
    assert "2 years in arrears" in page
    assert f"{pages('seat-end', seat.pk)}?how=lapsed" in page
    assert pages("seat-end", other.pk) not in page
    assert "checked" in text(client.get(f"{pages('seat-end', seat.pk)}?how=lapsed"))
    assert client.post(pages("dues-remind")).status_code == 302
    assert dues.remind(committee, by=secretary) == 0
    told = Delivery.objects.filter(recipient=representative, notification__kind="dues_reminder", channel="inbox")
    assert sorted(told.values_list("notification__subject_id", flat=True)) == sorted(each.pk for each in charges)
    seat.refresh_from_db()
    assert not seat.has_ended
    rows = client.get(f"{reverse('committees:dues-csv', args=['copper'])}?state=arrears")
    assert len(b"".join(rows.streaming_content).splitlines()) == 1 + 3


def test_the_statement_speaks_the_members_language_and_is_for_the_member_and_the_committee_only(client, kept):
    committee, secretary = kept
    organisation = OrganisationFactory.create(legal_name="ООО Пример", legal_name_language="ru", country="RU")
    charge = charged(admit(committee, organisation, by=secretary), by=secretary)
    dues.pay(charge, by=secretary, amount=Decimal("1500.50"), **SLIP)
    address = reverse("committees:dues-statement", args=[charge.seat_id])
    page = enter(client, user_with(Role.REPRESENTATIVE, organisation)).get(address)
    words = pypdf.PdfReader(BytesIO(page.content)).pages[0].extract_text()
    assert "Комитет по меди" in words
    assert "499,50" in words
    assert client.get(address, {"language": "en"}).status_code == 200
    for stranger in (user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), committee_with_secretary()[1]):
        assert enter(client, stranger).get(address).status_code == 404


def test_the_roster_shows_and_filters_dues_where_the_committee_collects_some(client, kept):
    committee, secretary = kept
    late, paid = admit(committee, by=secretary), admit(committee, by=secretary)
    roster = reverse("committees:roster", args=["copper"])
    assert "in arrears" not in text(enter(client, secretary).get(roster))
    charged(late, by=secretary)
    own = paid.dues_charges.get()
    dues.pay(own, by=secretary, amount=own.amount, **SLIP)
    assert "In arrears" in text(client.get(roster, {"cols": "organisation,dues", "sort": "dues"}))
    page = text(client.get(roster, {"dues": "arrears"}))
    assert late.organisation.legal_name in page
    assert paid.organisation.legal_name not in page
    rows = b"".join(client.get(reverse("committees:roster-csv", args=["copper"])).streaming_content).decode()
    assert "in arrears" in rows
    assert f"{DuesStanding.PAID.label}" in rows
    assert DuesCharge.objects.live().filter(seat=late).exists()
    assert text(client.get(late.get_absolute_url())).count(reverse("committees:dues-statement", args=[late.pk])) == 1


@pytest.mark.parametrize("members", [1, 3])
def test_the_list_of_dues_asks_as_often_for_three_members_as_for_one(client, django_assert_num_queries, kept, members):
    committee, secretary = kept
    charge = [charged(admit(committee, by=secretary), by=secretary) for _each in range(members)][-1]
    enter(client, secretary)
    client.get(pages("dues"))
    with django_assert_num_queries(13):
        assert client.get(pages("dues")).status_code == 200
    with django_assert_num_queries(12):
        assert client.get(charge.get_absolute_url()).status_code == 200
