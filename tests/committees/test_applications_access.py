"""Who sees which page of an application, and who may act on it."""

import pytest
from django.urls import reverse

from committees.enums import ApplicationState
from committees.models import Seat
from temp_portal.accounts.enums import Role
from tests.factories import (
    OrganisationFactory,
    UserFactory,
    committee_with_secretary,
    user_with,
)
from tests.factories.applications import draft, submitted
from tests.factories.web import enter, text, url

pytestmark = pytest.mark.django_db


PAGES_OF_THE_ENTERPRISE = [
    "apply-application",
    "apply-check",
    "apply-withdraw",
    "section-organisation",
    "section-ownership",
    "section-markets",
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
