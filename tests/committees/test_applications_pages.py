"""An enterprise applies page by page, a secretary decides, as both would do it in a browser."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Application, Seat
from committees.workflows import applications
from members import workflows
from members.enums import ConsentPurpose
from members.models import Consent, Ownership, Person
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    UserFactory,
    admit,
    committee_with_secretary,
    grant,
    own,
    user_with,
)
from tests.factories.applications import draft, submitted

pytestmark = pytest.mark.django_db

XIAOMI = "91110108551385082Q"
SINCE_2020 = date_range(date(2020, 1, 1))
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


@pytest.mark.parametrize(
    "fault", ["section-ownership", "section-chain", "section-representative", "section-motivation"]
)
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
    assert not Consent.objects.exists()
    client.post(url("section-representative", application), ANSWERS["section-representative"])
    assert Consent.objects.count() == 1
    unticked = {name: value for name, value in ANSWERS["section-representative"].items() if name != "representation"}
    response = client.post(url("section-representative", application), unticked)
    assert "Without this consent" in text(response)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


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
    answers = {"motivation": "Changed afterwards", "motivation_language": "en"}
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
        assert response.url == url("apply-application", application)
    assert Transition.objects.of(application).filter(move="submit").count() == 1


def test_the_check_page_opens_when_nothing_is_missing(client):
    application, user = draft(motivation="")
    enter(client, user)
    assert client.get(url("apply-check", application)).url == url("apply-application", application)
    response = client.post(url("apply-check", application))
    assert "Why this committee" in text(response)
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


# Decisions


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (
            "application-approve",
            {"document": "Minutes 9", "functional_role": "support", "reason": "Typed by the second"},
        ),
        ("application-reject", {"reason": "Typed by the second"}),
        ("application-return", {"reason": "Typed by the second"}),
    ],
)
def test_the_second_of_two_secretaries_reads_who_decided_what_and_loses_nothing(client, name, typed):
    application, _user = submitted()
    first = user_with(Role.SECRETARY, application.committee, name="Yan Lan")
    applications.approve(application, by=first, effective_on=timezone.localdate())
    enter(client, user_with(Role.SECRETARY, application.committee))
    typed |= {"confirm": "1", "effective_on": timezone.localdate().isoformat(), "reason": "Typed by the second"}
    response = client.post(url(name, application), typed)
    assert response.status_code == 409
    assert "Yan Lan" in text(response)
    assert "approved" in text(response)
    assert "Typed by the second" in text(response)
    assert 'class="btn btn-primary" type="submit"' not in text(response)
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("application-reject", {"reason": ""}, "Give the reason"),
        ("application-return", {"reason": ""}, "Say what is missing"),
        ("application-approve", {"effective_on": "2999-01-01", "document": "Minutes 9"}, "lies in the future"),
        ("application-approve", {"effective_on": "tomorrow", "document": "Minutes 9"}, "Write the day as year"),
    ],
)
def test_a_faulty_decision_is_explained_and_kept(client, name, typed, says):
    application, _user = submitted()
    enter(client, user_with(Role.SECRETARY, application.committee))
    response = client.post(url(name, application), {"confirm": "1", "functional_role": "lead"} | typed)
    assert says in text(response)
    assert title(response).startswith("Error:")
    assert all(value in text(response) for value in typed.values())
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_rejection_asks_first(client):
    application, _user = submitted()
    enter(client, user_with(Role.SECRETARY, application.committee))
    asked = client.post(url("application-reject", application), {"reason": "Outside the industry"})
    assert "cannot be undone" in text(asked)
    assert "Outside the industry" in text(asked)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    client.post(url("application-reject", application), {"confirm": "1", "reason": "Outside the industry"})
    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (ApplicationState.REJECTED, "Outside the industry")


def test_the_approval_suggests_the_role_of_the_declared_ownership(client):
    application, _user = submitted(ownership_type="local_soe")
    enter(client, user_with(Role.SECRETARY, application.committee))
    page = client.get(url("application-approve", application))
    assert page.context["form"].initial["functional_role"] == "support"


def test_the_own_organisation_is_out_of_bounds_and_the_page_says_so(client):
    application, user = submitted()
    RoleGrant.objects.create(
        user=user, role=Role.SECRETARY, scope_kind="committee", scope_id=application.committee_id, valid=SINCE_2020
    )
    enter(client, user)
    review = text(client.get(url("application", application)))
    assert "Conflict of interest" in review
    assert "a colleague has to decide" in review
    assert "Approve and give a seat" not in review
    for name in ("application-approve", "application-return", "application-reject"):
        response = client.post(url(name, application), {"confirm": "1", "reason": "x"})
        assert response.status_code == 403
        assert "You represent this organisation" in text(response)


def test_the_review_shows_duplicates_and_the_committee_before_and_after(client):
    committee, secretary = committee_with_secretary()
    for kind in ("central_soe", "private", "private"):
        admit(committee, own(OrganisationFactory.create(), kind).organisation, by=secretary)
    application, _user = submitted(
        committee, OrganisationFactory.create(legal_name="重庆长山铝业有限公司", name_en="Changshan Aluminium")
    )
    twin = OrganisationFactory.create(legal_name="长山铝业股份有限公司", name_en="Changshan Aluminium Co., Ltd.")
    enter(client, secretary)
    response = client.get(url("application", application))
    assert twin.get_absolute_url() in text(response)
    lines = {line.group: (line.before, line.after) for line in response.context["effect"]}
    assert lines["private"] == (2, 2)
    assert lines["unverified"] == (0, 1)
    verify(application)
    lines = {line.group: line for line in client.get(url("application", application)).context["effect"]}
    assert (lines["private"].before, lines["private"].after) == (2, 3)
    assert lines["private"].share_after == Fraction(3, 4)


def verify(application):
    fact = Ownership.objects.current().get(organisation=application.organisation)
    workflows.verify_ownership(fact, by=user_with(Role.REVIEWER), whole=True)


# Queue


def test_the_queue_is_kept_by_state_and_says_what_is_late(client):
    committee, secretary = committee_with_secretary()
    with time_machine.travel(timezone.now() - timedelta(days=60)):
        late, _user = submitted(committee)
        returned, _user = submitted(committee)
        applications.return_for_completion(returned, by=secretary, note="More")
        rejected, _user = submitted(committee)
        applications.reject(rejected, by=secretary, reason="No")
    fresh, _user = submitted(committee)
    unsent, _user = draft(committee)
    enter(client, secretary)
    queue = reverse("committees:queue", args=[committee.slug])

    def shown(**query):
        response = client.get(queue, query)
        return {
            each for each in (late, returned, rejected, fresh, unsent) if url("application", each) in text(response)
        }

    assert shown() == {late, fresh}
    assert shown(tab="returned") == {returned}
    assert shown(tab="decided") == {rejected}
    assert shown(tab="all") == {late, returned, rejected, fresh}
    assert shown(overdue="true") == {late}
    assert shown(q=fresh.organisation.name_en) == {fresh}
    assert shown(ownership="private") == set()
    verify(fresh)
    assert shown(ownership="private") == {fresh}
    assert text(client.get(queue)).count("Overdue</span>") == 1
    assert "Decided or withdrawn" in text(client.get(queue, {"tab": "nonsense"}))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_queue_goes_out_as_a_file(client, ending):
    committee, secretary = committee_with_secretary()
    application, _user = submitted(committee)
    enter(client, secretary)
    response = client.get(f"/committees/{committee.slug}/applications.{ending}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    assert f"{committee.slug}-applications-open.{ending}" in response["Content-Disposition"]
    if ending == "csv":
        assert application.number in content.decode("utf-8-sig")


def test_an_empty_queue_says_why_and_what_next(client):
    committee, secretary = committee_with_secretary()
    page = text(enter(client, secretary).get(reverse("committees:queue", args=[committee.slug])))
    assert "No application waits for a decision" in page
    assert "?tab=decided" in page


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_the_database_as_often_for_three_as_for_one(client):
    committee, secretary = committee_with_secretary()
    application, user = submitted(committee)
    addresses = {
        secretary: [reverse("committees:queue", args=[committee.slug]), "/me/"],
        user: ["/me/"],
        user_with(Role.STAFF): ["/me/", reverse("committees:role-list")],
    }
    counts = []
    for _round in range(2):
        for who, pages in addresses.items():
            enter(client, who)
            for page in pages:
                client.get(page)
                counts.append(queries(client, page))
        for _more in range(2):
            submitted(committee)
            other = CommitteeFactory.create()
            grant(secretary, Role.SECRETARY, other)
            applications.create_draft(other, application.organisation, by=user)
    half = len(counts) // 2
    assert counts[:half] == counts[half:]
    assert max(counts) <= 16


# Who may see what


PAGES_OF_THE_ENTERPRISE = [
    "apply-application",
    "apply-check",
    "apply-withdraw",
    "section-organisation",
    "section-ownership",
    "section-chain",
    "section-representative",
    "section-motivation",
]
PAGES_OF_THE_COMMITTEE = ["application", "application-approve", "application-return", "application-reject"]


def test_a_visitor_signs_in_first(client):
    application, _user = submitted()
    pages = [url(name, application) for name in PAGES_OF_THE_ENTERPRISE + PAGES_OF_THE_COMMITTEE]
    pages += [reverse("committees:apply"), reverse("committees:apply-organisation"), "/me/", "/people/roles/"]
    pages.append(reverse("committees:queue", args=[application.committee.slug]))
    for page in pages:
        response = client.get(page)
        assert response.status_code == 302, page
        assert response.url.startswith("/account/login/"), page


def test_outsiders_find_nothing(client):
    application, _user = submitted()
    _other, stranger = committee_with_secretary()
    another = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    for outsider in (another, stranger, UserFactory.create()):
        enter(client, outsider)
        for name in PAGES_OF_THE_ENTERPRISE + PAGES_OF_THE_COMMITTEE:
            assert client.get(url(name, application)).status_code == 404, name
            assert client.post(url(name, application), {"confirm": "1", "reason": "x"}).status_code in (404, 405), name
        assert client.get(reverse("committees:queue", args=[application.committee.slug])).status_code == 404
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_draft_is_the_enterprises_own(client):
    application, _user = draft()
    for who in (user_with(Role.SECRETARY, application.committee), user_with(Role.STAFF)):
        enter(client, who)
        for name in PAGES_OF_THE_ENTERPRISE + PAGES_OF_THE_COMMITTEE:
            assert client.get(url(name, application)).status_code == 404, name


def test_a_chair_and_a_leader_read_but_do_not_decide(client):
    application, _user = submitted()
    for who in (user_with(Role.CHAIR, application.committee), user_with(Role.LEADER)):
        enter(client, who)
        review = client.get(url("application", application))
        assert review.status_code == 200
        assert "Approve and give a seat" not in text(review)
        for name in PAGES_OF_THE_COMMITTEE[1:]:
            assert client.get(url(name, application)).status_code == 403, name
            assert client.post(url(name, application), {"confirm": "1", "reason": "x"}).status_code == 403, name
    assert not Seat.objects.exists()


def test_the_notices_link_leads_the_enterprise_to_its_own_page(client):
    application, user = submitted()
    response = enter(client, user).get(application.get_absolute_url())
    assert response.url == url("apply-application", application)
