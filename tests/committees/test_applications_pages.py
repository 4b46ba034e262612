"""An enterprise applies page by page, a secretary decides, as both would do it in a browser."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Application, Seat
from committees.workflows import applications
from members.models import Consent, Person
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    UserFactory,
    committee_with_secretary,
    user_with,
)
from tests.factories.applications import draft, submitted
from tests.factories.web import enter, text, title, url

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
    "section-markets": {"industry_codes": ["GB/T 4754|2017|32", "ISIC|4|24"], "target_countries": ["KZ", "UZ"]},
    "section-representative": {
        "name": "Zhang Wei",
        "post": "Export director",
        "email": "zhang@example.org",
        "languages": ["zh-hans", "ru"],
        "notice_confirmed": "on",
        "representation": "on",
    },
    "section-motivation": {
        "chain_role": "processing",
        "motivation": "We look for partners in Kazakhstan.",
        "motivation_language": "en",
    },
}


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
    assert "2 of 6 complete" in text(response)

    for name, answers in ANSWERS.items():
        response = client.post(url(name, application), answers)
        assert response.status_code == 302, text(response)
    response = client.get(url("apply-application", application))
    assert "6 of 6 complete" in text(response)

    check = client.get(url("apply-check", application))
    for said in ("Zhang family", "Kazakhstan, Uzbekistan", "zhang@example.org", "We look for partners", XIAOMI):
        assert said in text(check)
    response = client.post(url("apply-check", application), follow=True)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.number in text(response)
    assert {consent.purpose for consent in Consent.objects.all()} == {"notice", "representation"}

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
    assert asked.context["form"].errors == {}
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


@pytest.mark.parametrize("fault", ["section-ownership", "section-representative", "section-motivation"])
def test_an_incomplete_part_is_explained_and_kept(client, fault):
    application, user = draft(**dict.fromkeys(("ownership_type", "controller", "chain_role", "motivation"), ""))
    enter(client, user)
    typed = {name: value for name, value in ANSWERS[fault].items() if isinstance(value, str)}
    missing = next(iter(typed))
    kept = {name: value for name, value in typed.items() if name != missing and value != "on"}
    response = client.post(url(fault, application), kept)
    assert title(response).startswith("Error:")
    assert f'href="#id_{missing}"' in text(response)
    assert all(value in text(response) for value in kept.values())


def test_a_day_in_the_future_and_a_day_that_is_none(client):
    application, user = draft()
    enter(client, user)
    for day, says in [("2999-01-01", "lies in the future"), ("1 May", "Write the day as year")]:
        response = client.post(
            url("section-ownership", application), ANSWERS["section-ownership"] | {"ownership_since": day}
        )
        assert says in text(response)
        assert f'value="{day}"' in text(response)


def autosave(client, name, application, answers):
    return client.post(url(name, application), answers, headers={"X-Requested-With": "XMLHttpRequest"})


def test_a_page_saves_itself_while_it_is_incomplete(client):
    application, user = draft(motivation="", controller="")
    enter(client, user)
    response = autosave(client, "section-ownership", application, {"controller": "Half a name"})
    assert re.fullmatch(r"\d\d:\d\d", response.json()["saved_at"])
    application.refresh_from_db()
    assert (application.controller, application.ownership_type) == ("Half a name", "")
    assert 'value="Half a name"' in text(client.get(url("section-ownership", application)))


def test_saving_by_itself_keeps_what_is_valid_and_says_that_something_is_not(client):
    application, user = draft(controller="")
    enter(client, user)
    response = autosave(
        client, "section-ownership", application, {"controller": "Zhang family", "ownership_since": "someday"}
    )
    assert response.status_code == 422
    assert "ownership_since" in response.json()["errors"]
    application.refresh_from_db()
    assert application.controller == "Zhang family"


def test_saving_by_itself_gives_no_consent(client):
    organisation = OrganisationFactory.create()
    user = user_with(Role.REPRESENTATIVE, organisation)
    application = applications.create_draft(CommitteeFactory.create(), organisation, by=user)
    enter(client, user)
    assert autosave(client, "section-representative", application, ANSWERS["section-representative"]).status_code == 200
    assert Person.objects.get(user=user).name == "Zhang Wei"
    assert {consent.purpose for consent in Consent.objects.all()} == {"notice"}
    client.post(url("section-representative", application), ANSWERS["section-representative"])
    assert Consent.objects.exclude(purpose="notice").count() == 1
    unticked = {name: value for name, value in ANSWERS["section-representative"].items() if name != "representation"}
    response = client.post(url("section-representative", application), unticked)
    assert "Without this consent" in text(response)
    assert Consent.objects.exclude(purpose="notice").filter(withdrawn_at=None).count() == 1


def test_a_box_that_is_unticked_withdraws_the_consent(client):
    application, user = draft()
    enter(client, user)
    with_name = ANSWERS["section-representative"] | {"publication": "on"}
    client.post(url("section-representative", application), with_name)
    assert list(Person.objects.publishable()) == [application.representative]
    client.post(url("section-representative", application), ANSWERS["section-representative"])
    assert not Person.objects.publishable().exists()


def test_what_is_submitted_cannot_be_typed_over(client):
    application, user = draft()
    enter(client, user)
    applications.submit(application, by=user)
    assert client.get(url("section-motivation", application)).url == url("apply-application", application)
    answers = ANSWERS["section-motivation"] | {"motivation": "Changed afterwards"}
    response = client.post(url("section-motivation", application), answers)
    assert response.status_code == 409
    assert "Changed afterwards" in text(response)
    assert autosave(client, "section-motivation", application, answers).status_code == 409
    application.refresh_from_db()
    assert application.motivation != "Changed afterwards"


def test_a_second_press_submits_nothing_twice(client):
    application, user = draft()
    enter(client, user)
    for _press in range(2):
        response = client.post(url("apply-check", application))
        assert response.url == url("apply-receipt", application)
    assert Transition.objects.of(application).filter(move="submit").count() == 1


def test_the_check_page_opens_when_nothing_is_missing(client):
    application, user = draft(motivation="")
    enter(client, user)
    assert client.get(url("apply-check", application)).url == url("apply-application", application)
    response = client.post(url("apply-check", application))
    assert "why this committee" in text(response)
    assert title(response).startswith("Error:")
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_a_returned_application_shows_what_is_missing_and_goes_in_again(client):
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    enter(client, secretary)
    client.post(url("application-return", application), {"confirm": "1", "reason": "Which register is it?"})
    enter(client, user)
    overview = client.get(url("apply-application", application))
    assert "Which register is it?" in text(overview)
    assert "waits for you to complete it" in text(client.get("/me/"))
    client.post(
        url("section-ownership", application), ANSWERS["section-ownership"] | {"controller": "Zhang family trust"}
    )
    client.post(url("apply-check", application))
    enter(client, secretary)
    review = text(client.get(url("application", application)))
    assert "Submitted again" in review
    assert "actual controller" in review


def test_withdrawing_asks_first_and_tells_the_secretary(client):
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    enter(client, user)
    assert "cannot be undone" in text(client.get(url("apply-withdraw", application)))
    client.post(url("apply-withdraw", application), {"reason": "We apply next year"})
    enter(client, secretary)
    review = text(client.get(url("application", application)))
    assert "We apply next year" in review
    assert "Approve and give a seat" not in review


def test_an_enterprise_that_comes_too_late_reads_the_state_and_no_name(client):
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee, name="Yan Lan")
    applications.reject(application, by=secretary, reason="No trade with the region")
    response = enter(client, user).post(url("apply-withdraw", application), {"reason": "Too late"})
    assert response.status_code == 409
    assert "rejected" in text(response)
    assert "Yan Lan" not in text(response)
    assert "Too late" in text(response)
    status = text(client.get(url("apply-application", application)))
    assert "No trade with the region" in status
    assert "Yan Lan" not in status
