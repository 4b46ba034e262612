"""The administration site is entered through the portal's own sign-in, with a second factor."""

import pytest

from temp_portal.accounts.enums import Role
from tests.factories import UserFactory, user_with, with_second_factor

pytestmark = pytest.mark.django_db

HERE = "/admin/members/organisation/"


def test_a_visitor_is_sent_to_the_portals_own_sign_in(client):
    response = client.get(HERE, follow=True)
    assert response.redirect_chain[-1] == (f"/account/login/?next={HERE}", 302)


def test_whoever_may_not_administer_is_refused(client):
    client.force_login(with_second_factor(UserFactory.create()))
    assert client.get(HERE, follow=True).status_code == 403


def test_an_administrator_without_a_second_factor_is_led_to_set_one_up(client):
    client.force_login(user_with(Role.ADMINISTRATOR))
    response = client.get(HERE, follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/"
    assert "needs a second factor" in response.content.decode()


def test_with_a_second_factor_the_site_opens(client):
    client.force_login(with_second_factor(user_with(Role.ADMINISTRATOR)))
    assert client.get(HERE).status_code == 200
    assert client.get("/admin/login/").headers["Location"] == "/admin/"


def test_the_site_takes_no_password_of_its_own(client):
    administrator = user_with(Role.ADMINISTRATOR)
    client.post("/admin/login/", {"username": administrator.email, "password": "correct horse battery"})
    assert "_auth_user_id" not in client.session
