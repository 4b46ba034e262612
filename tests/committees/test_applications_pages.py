"""An enterprise applies page by page, a secretary decides, as both would do it in a browser."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Application, Seat
from members.enums import ConsentPurpose
from members.models import Consent, Person
from tests.factories import UserFactory, committee_with_secretary

pytestmark = pytest.mark.django_db

XIAOMI = "91110108551385082Q"
NEW = {
    "country": "CN",
    "scheme": "",
    "number": XIAOMI,
    "legal_name": "北京示例科技有限公司",
    "legal_name_language": "zh-hans",
    "name_en": "Beijing Example Technology",
    "kind": "enterprise",
    "post": "Export director",
}
ANSWERS = {
    "section-ownership": {
        "ownership_type": "private",
        "controller": "Zhang family",
        "ownership_since": "2021-05-01",
        "ownership_evidence": "Shareholder register of 1 May 2026",
    },
    "section-chain": {"chain_role": "processing", "target_countries": ["KZ", "UZ"]},
    "section-representative": {
        "name": "Zhang Wei",
        "post": "Export director",
        "email": "zhang@example.org",
        "languages": ["zh-hans", "ru"],
        "representation": "on",
    },
    "section-motivation": {"motivation": "We look for partners in Kazakhstan.", "motivation_language": "en"},
}


def enter(client, user):
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()


def title(response):
    return re.search(r"<title>(.*?)</title>", text(response), re.DOTALL)[1].strip()


def url(name, application):
    return reverse(f"committees:{name}", args=[application.pk])


def test_from_the_first_click_to_the_seat(client):
    committee, secretary = committee_with_secretary()
    user = UserFactory.create()
    enter(client, user)

    begin = f"{reverse('committees:apply')}?committee={committee.slug}"
    response = client.get(begin, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("committees:apply-organisation"))
    find = reverse("committees:apply-organisation")
    response = client.get(find, {"committee": committee.slug, "country": "CN", "number": XIAOMI, "name": ""})
    assert "not in the register yet" in text(response)
    new = response.context["new_url"]
    assert XIAOMI in text(client.get(new))
    response = client.post(new, NEW, follow=True)
    application = Application.objects.get()
    assert response.redirect_chain[-1][0] == url("apply-application", application)
    assert "1 of 5 complete" in text(response)

    for name, answers in ANSWERS.items():
        response = client.post(url(name, application), answers)
        assert response.status_code == 302, text(response)
    response = client.get(url("apply-application", application))
    assert "5 of 5 complete" in text(response)

    check = client.get(url("apply-check", application))
    for said in ("Zhang family", "Kazakhstan, Uzbekistan", "zhang@example.org", "We look for partners", XIAOMI):
        assert said in text(check)
    response = client.post(url("apply-check", application), follow=True)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.number in text(response)
    assert Consent.objects.get().purpose == ConsentPurpose.REPRESENTATION

    enter(client, secretary)
    queue = client.get(reverse("committees:queue", args=[committee.slug]))
    assert url("application", application) in text(queue)
    review = text(client.get(url("application", application)))
    for said in ("Beijing Example Technology", "Check passed", "Not verified yet", "Zhang family"):
        assert said in review
    approve = url("application-approve", application)
    asked = client.post(approve, {"reason": "Welcome"})
    assert asked.status_code == 200
    assert "Welcome" in text(asked)
    assert Seat.objects.count() == 0
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    decision = {
        "confirm": "1",
        "effective_on": day,
        "document": "Minutes 7",
        "functional_role": "spearhead",
        "voting": "on",
        "reason": "Welcome",
    }
    response = client.post(approve, decision, follow=True)
    assert "has been admitted" in text(response)
    seat = Seat.objects.get()
    assert (seat.valid.lower.isoformat(), seat.functional_role, seat.representative) == (
        day,
        "spearhead",
        Person.objects.get(user=user),
    )

    enter(client, user)
    status = text(client.get(url("apply-application", application)))
    assert "Secretary of the committee" in status
    assert secretary.name not in status
    assert "Welcome" in status
    start = text(client.get("/me/"))
    assert str(committee) in start
    assert "Beijing Example Technology" in start
