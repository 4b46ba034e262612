"""What is handed to the host country, the certificate that sums it up, and the reviews after it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pypdf import PdfReader

from projects.enums import Stage
from projects.handover.enums import TransferKind
from projects.handover.models import HandoverCertificate, Review, TransferLine
from projects.handover.workflows import reviews, transfer
from projects.handover.workflows.reviews import months_after
from projects.models import Project, ProjectCountry
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Notification
from tests.factories.race import at_once
from tests.projects.sites import site_of

HANDED_OVER = date(2026, 2, 28)


def complete(site):
    for kind in TransferKind:
        line = TransferLine(
            project=site.project, kind=kind, title=f"One of {kind}", completed_on=HANDED_OVER, evidence="Minutes 3"
        )
        transfer.save(line, by=site.secretary)


def handed_over(**fields):
    """A project that has come to S10 on HANDED_OVER."""
    site = site_of(stage=Stage.S10, **fields)
    Transition.objects.create(
        subject_type=Project._meta.label_lower,
        subject_id=site.project.pk,
        move="advance",
        from_state="S9",
        to_state="S10",
        effective_on=HANDED_OVER,
    )
    return site


@pytest.mark.django_db
def test_a_certificate_needs_a_complete_checklist_and_the_stage():
    site = site_of(stage=Stage.S9)
    certify = {"by": site.secretary, "handed_over_on": HANDED_OVER, "received_by": "City of Almaly"}
    complete(site)
    with pytest.raises(ValidationError):
        transfer.issue(site.project, **certify)
    site = handed_over()
    certify["by"] = site.secretary
    with pytest.raises(ValidationError):
        transfer.issue(site.project, **certify)
    complete(site)
    extra = transfer.save(
        TransferLine(project=site.project, kind="technology", title="Kiln control"), by=site.secretary
    )
    with pytest.raises(ValidationError):
        transfer.issue(site.project, **certify)
    transfer.remove(extra, by=site.secretary)
    with pytest.raises(PermissionDenied):
        transfer.issue(site.project, **certify | {"by": site.lead})
    made = transfer.issue(site.project, **certify)
    with pytest.raises(ValidationError):
        complete(site)
    with pytest.raises(ValidationError):
        transfer.issue(site.project, **certify)
    transfer.revoke(made, by=site.secretary, reason="Wrong city")
    with pytest.raises(StateConflict):
        transfer.revoke(made, by=site.secretary, reason="Once more")
    assert transfer.issue(site.project, **certify).number == f"{site.project.code}-H2"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_certify_at_once_one_does(monkeypatch):
    site = handed_over()
    complete(site)
    certify = {"by": site.secretary, "handed_over_on": HANDED_OVER, "received_by": "City"}
    found = at_once(*[lambda: transfer.issue(site.project, **certify)] * 2)
    assert sorted(type(each).__name__ for each in found) == ["HandoverCertificate", "ValidationError"]
    # Without the lock both pass the checks, and the number that both have counted is refused.
    HandoverCertificate.objects.all().delete()
    monkeypatch.setattr(transfer, "lock", lambda project, **_options: Project.objects.get(pk=project.pk))
    at_once(*[lambda: transfer.issue(site.project, **certify)] * 2)
    assert HandoverCertificate.objects.count() == 1


@pytest.mark.django_db
def test_the_certificate_speaks_three_languages(client):
    site = handed_over(title_en="Light rail", title_zh_hans="轻轨", title_ru="Лёгкое метро")
    ProjectCountry.objects.create(project=site.project, country="ET")
    complete(site)
    made = transfer.issue(site.project, by=site.secretary, handed_over_on=HANDED_OVER, received_by="City of Adama")
    client.force_login(site.lead)
    page = client.get(f"/projects/{site.project.code}/handover/certificates/{made.pk}.pdf")
    text = "".join(PdfReader(BytesIO(page.content)).pages[0].extract_text().split())
    assert len(PdfReader(BytesIO(page.content)).pages) == 1
    for part in ("Lightrail", "轻轨", "Лёгкоеметро", "CityofAdama", made.number):
        assert part in text, part


@pytest.mark.django_db
def test_reviews_fall_due_by_themselves():
    site = handed_over()
    site_of(stage=Stage.S9)
    assert reviews.plan_due() == 1
    assert reviews.plan_due() == 0
    assert [(each.months, each.due_on) for each in Review.objects.all()] == [
        (12, date(2027, 2, 28)),
        (36, date(2029, 2, 28)),
        (60, date(2031, 2, 28)),
    ]
    for moment, count in [("2027-01-20", 0), ("2027-01-30", 1), ("2027-02-01", 0), ("2027-03-01", 1)]:
        with time_machine.travel(f"{moment} 01:00+08:00", tick=False):
            assert reviews.remind_due() == count, moment
    assert Notification.objects.filter(kind="handover_review_due").count() == 2
    first = Review.objects.get(months=12)
    answers = {
        "done_on": timezone.localdate(),
        "availability": Decimal("91.5"),
        "spare_parts": "partly",
        "local_staff": Decimal(80),
        "findings": "Half of the trains wait for parts.",
        "evidence": "",
    }
    with pytest.raises(PermissionDenied):
        reviews.do(first, by=site.lead, **answers)
    reviews.do(first, by=site.secretary, **answers)
    with pytest.raises(StateConflict):
        reviews.do(first, by=site.secretary, **answers)
    with time_machine.travel("2027-06-01", tick=False):
        assert reviews.remind_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_plan_once():
    handed_over()
    assert sorted(at_once(reviews.plan_due, reviews.plan_due)) == [0, 1]
    assert Review.objects.count() == 3


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 60, date(2029, 2, 28)),
        (date(2025, 12, 31), 36, date(2028, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_end_where_they_end(day, months, found):
    assert months_after(day, months) == found


@pytest.mark.django_db
def test_pages_and_forms(client, site):
    client.force_login(site.secretary)
    path = f"/projects/{site.project.code}/handover/"
    assert client.get(f"{path}new/poetry/").status_code == 404
    line = {"applies": "on", "title": "Operators", "persons": "182", "certificates": "170"}
    page = client.post(f"{path}new/expertise/", line | {"completed_on": "2026-01-05"})
    assert set(page.context["form"].errors) == {"evidence"}
    client.post(f"{path}new/expertise/", line | {"completed_on": "2026-01-05", "evidence": "List 7"})
    made = TransferLine.objects.get()
    assert (made.persons, made.is_complete) == (182, True)
    page = client.post(f"{path}new/standards/", {"title": ""})
    assert set(page.context["form"].errors) == {"note"}
    client.post(f"{path}new/standards/", {"note": "The host's own code applies."})
    assert TransferLine.objects.get(kind="standards").is_complete
    page = client.get(path).content.decode()
    assert "List 7" in page
    client.logout()
    assert "List 7" not in client.get(path).content.decode()
