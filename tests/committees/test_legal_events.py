"""Renamed, taken over, divided, dissolved: what the register, the rosters and the seats say from the day on."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committees.enums import SeatExit
from committees.models import Appointment, Seat
from committees.workflows import appointments, certificates, seats
from committees.workflows.succession import succeed
from committees.workflows.takeback import take_back
from members.enums import EventKind, OrganisationStatus
from members.models import FormerName, LegalEvent, Organisation
from members.workflows.legal import rename
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db

MAY = date(2025, 5, 1)
NOTICE = {"effective_on": MAY, "document": "Notice 118"}


@pytest.fixture
def staff():
    return user_with(Role.STAFF)


@pytest.fixture
def firm():
    return OrganisationFactory.create(legal_name="旧名有限公司", name_en="Old Name", name_zh_hans="旧名有限公司")


def page_of(organisation, act):
    return reverse("committees:legal-event", args=[organisation.pk, act])


def record(client, organisation, act, **typed):
    """Post, confirm what is shown; gives the page that was shown."""
    typed = {"effective_on": MAY.isoformat(), "document": "Notice 118"} | typed
    shown = client.post(page_of(organisation, act), typed)
    assert shown.status_code == 200
    assert client.post(page_of(organisation, act), typed | {"confirm": shown.context["fingerprint"]}).status_code == 302
    return text(shown)


def test_a_renamed_member_stands_under_the_name_of_the_day(client, staff, firm):
    committee, secretary = committee_with_secretary(slug="copper")
    seat = admit(committee, firm, by=secretary)
    certificate = certificates.issue(seat, by=secretary)
    today = timezone.localdate().isoformat()
    new = {"legal_name": "新名有限公司", "legal_name_language": "zh-hans", "name_en": "New Name"}
    enter(client, staff)
    assert "keep the old one" in record(client, firm, "rename", **new | {"name_zh_hans": "新名有限公司"})
    firm.refresh_from_db()
    assert (firm.legal_name, firm.aliases) == ("新名有限公司", ["旧名有限公司", "Old Name"])
    assert FormerName.objects.get().valid.upper == MAY
    roster, public = reverse("committees:roster", args=["copper"]), committee.get_absolute_url()
    for address in (roster, public):
        assert "Old Name" in text(client.get(address, {"as_of": "2025-04-30"}))
        assert "New Name" in text(client.get(address, {"as_of": "2025-05-01"}))
        assert "Old Name" not in text(client.get(address))
    rows = b"".join(client.get(reverse("committees:roster-csv", args=["copper"]), {"as_of": "2025-04-30"})).decode()
    assert "旧名有限公司" in rows
    paper = client.get(reverse("committees:certificate-pdf", args=[certificate.pk]))
    assert "New Name" in pypdf.PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    page = text(client.get(firm.get_absolute_url()))
    assert "Old Name" in page
    assert Transition.objects.of(firm).filter(move="renamed", by=staff).exists()
    assert today > "2025-05-01"
    with pytest.raises(ValidationError, match="present name since"):
        rename(firm, by=staff, legal_name="Third", **NOTICE)
    with pytest.raises(ValidationError, match="on record already"):
        rename(firm, by=staff, legal_name=firm.legal_name, **NOTICE)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerName.objects.create(
            organisation=firm,
            event=LegalEvent.objects.create(
                kind="renamed", organisation=firm, effective_on=MAY, document="x", recorded_by=staff
            ),
            valid=date_range(date(2024, 1, 1), date(2024, 2, 1)),
            legal_name="Other",
        )


def test_a_certificate_names_the_member_as_it_was_called_when_it_was_issued(client, staff, firm):
    committee, secretary = committee_with_secretary(slug="copper")
    certificate = certificates.issue(admit(committee, firm, by=secretary), by=secretary)
    today = timezone.localdate()
    assert certificate.seat.organisation.named_on(today) == firm
    rename(firm, by=staff, legal_name="新名有限公司", effective_on=today, document="Notice 1")
    assert firm.named_on(today - timedelta(days=1)).legal_name == "旧名有限公司"


def test_seats_pass_to_who_takes_over_or_end_where_it_sits_already(client, staff, firm):
    heir = OrganisationFactory.create()
    copper, zinc = (committee_with_secretary(slug=slug)[0] for slug in ("copper", "zinc"))
    passing, ending = admit(copper, firm, chain_role="trade"), admit(zinc, firm)
    seats.suspend(passing, by=staff, effective_on=date(2024, 6, 1), reason="Papers")
    admit(zinc, heir)
    office = copper.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    appointments.appoint(passing, office, by=staff, effective_on=date(2024, 2, 1))
    representatives = [user_with(Role.REPRESENTATIVE, each) for each in (firm, heir)]
    shown = record(enter(client, staff), firm, "takeover", successor=heir.pk, offices="on")
    assert "is admitted in its place" in shown
    assert "has a seat of its own" in shown
    assert "the office passes on" in shown
    for seat in (passing, ending):
        seat.refresh_from_db()
        assert (seat.ended_as, seat.valid.upper) == (SeatExit.LAPSED, MAY)
    new = Seat.objects.get(committee=copper, organisation=heir)
    assert (new.valid.lower, new.chain_role, new.suspended) == (MAY, "trade", True)
    assert Appointment.objects.current().on(MAY).get().seat == new
    firm.refresh_from_db()
    assert firm.status == OrganisationStatus.DISSOLVED
    for user in representatives:
        assert Delivery.objects.filter(recipient=user, notification__kind="legal_event").exists()
    assert "Taken over" in text(client.get(heir.get_absolute_url())) or firm.name_en in text(
        client.get(heir.get_absolute_url())
    )
    with pytest.raises(ValidationError, match="on record already"):
        succeed(firm, by=staff, kind=EventKind.DISSOLVED, **NOTICE)
    take_back(Recording.objects.get(kind="succeed", subject_id=copper.pk), by=staff, reason="Another firm")
    passing.refresh_from_db()
    assert not passing.has_ended


def test_of_a_divided_member_one_part_gets_the_seats_and_both_keep_the_history(client, staff, firm):
    parts = OrganisationFactory.create_batch(2)
    seat = admit(committee_with_secretary()[0], firm)
    record(enter(client, staff), firm, "division", successor=parts[0].pk, others=[parts[1].pk])
    assert list(Seat.objects.sitting().values_list("organisation", flat=True)) == [parts[0].pk]
    for each in parts:
        assert firm.name_en in text(client.get(each.get_absolute_url()))
    firm.refresh_from_db()
    assert firm.status == OrganisationStatus.ACTIVE
    seat.refresh_from_db()
    assert seat.has_ended


def test_a_divided_member_may_live_on_with_its_seats(staff, firm):
    seat = admit(committee_with_secretary()[0], firm)
    others = OrganisationFactory.create_batch(1)
    succeed(firm, by=staff, kind=EventKind.SPLIT, successor=firm, others=others, **NOTICE)
    seat.refresh_from_db()
    assert not seat.has_ended
    assert LegalEvent.objects.about(others[0]).get().organisation == firm


def test_what_changed_after_the_preview_is_shown_again(client, staff, firm):
    committee, secretary = committee_with_secretary()
    typed = {"effective_on": MAY.isoformat(), "document": "Notice 118"}
    shown = enter(client, staff).post(page_of(firm, "dissolution"), typed).context["fingerprint"]
    admit(committee, firm, by=secretary)
    again = client.post(page_of(firm, "dissolution"), typed | {"confirm": shown})
    assert "has changed since" in text(again)
    assert Organisation.objects.get(pk=firm.pk).status == OrganisationStatus.ACTIVE


def test_nobody_takes_itself_over_and_only_the_secretariat_records(staff, firm):
    with pytest.raises(ValidationError, match="nobody takes itself over"):
        succeed(firm, by=staff, kind=EventKind.MERGED, successor=firm, **NOTICE)
    with pytest.raises(PermissionDenied):
        succeed(firm, by=committee_with_secretary()[1], kind=EventKind.DISSOLVED, **NOTICE)
