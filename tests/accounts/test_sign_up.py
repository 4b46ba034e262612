"""A representative signs up: the address is verified before anything else, and the way goes on where it began."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from temp_portal.accounts.models import User
from tests.factories import CommitteeFactory, UserFactory
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def sign_up(client, **changes):
    answers = {"name": "Dana Omarova", "email": "dana@example.org", "password1": "a long enough secret"}
    return client.post(reverse("account_signup"), answers | changes)


def confirmation_link():
    letter = mail.outbox[-1].body
    return re.search(r"https?://\S+(/account/confirm-email/\S+/)", letter)[1]


def test_from_the_committees_page_through_the_letter_to_the_application(client):
    committee = CommitteeFactory.create()
    wish = f"/apply/?committee={committee.slug}"
    refused = client.get(wish)
    assert refused.url.startswith("/account/login/?next=")

    sign_up(client, next=wish)
    assert client.get(wish).status_code == 302
    assert not EmailAddress.objects.get().verified
    link = confirmation_link()
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified, "opening the letter's link changes nothing by itself"
    response = client.post(link)
    assert EmailAddress.objects.get().verified
    offer = client.get(response.url)
    assert offer.request["PATH_INFO"] == reverse("accounts:protect")
    assert offer.context["go_on_url"] == wish
    assert client.get(wish, follow=True).redirect_chain[-1][0].startswith("/apply/organisation/")


def test_without_a_wish_one_lands_on_the_start_page(client):
    sign_up(client)
    response = client.post(confirmation_link(), follow=True)
    assert response.redirect_chain[-1][0] == reverse("accounts:protect")
    assert response.context["go_on_url"] == reverse("accounts:me")
    page = client.get(reverse("accounts:me")).content.decode()
    assert "You have not applied yet" in page
    assert reverse("mfa_index") in page


def test_the_account_keeps_the_language_of_the_page_and_letters_follow_it(client):
    client.cookies["django_language"] = "ru"
    sign_up(client)
    user = User.objects.get(email="dana@example.org")
    assert (user.language, user.name) == ("ru", "Dana Omarova")


def test_an_address_that_has_an_account_is_not_given_away(client):
    UserFactory.create(email="dana@example.org")
    known = sign_up(client)
    unknown = sign_up(client, email="other@example.org")
    assert known.url == unknown.url
    assert User.objects.filter(email="dana@example.org").count() == 1


@pytest.mark.parametrize(("field", "value"), [("password1", "short"), ("email", "no address"), ("name", "")])
def test_faulty_answers_are_explained_and_kept(client, field, value):
    response = sign_up(client, **{field: value})
    page = response.content.decode()
    assert "<title>Error:" in re.sub(r"\s*\n\s*", "", page)
    assert 'value="Dana Omarova"' in page or field == "name"
    assert not User.objects.exists()


def test_who_has_not_confirmed_the_address_cannot_sign_in(client):
    sign_up(client)
    client.logout()
    client.post(reverse("account_login"), {"login": "dana@example.org", "password": "a long enough secret"})
    assert client.get(reverse("accounts:me")).status_code == 302


def test_signing_in_leads_to_the_start_page(client):
    user = UserFactory.create()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.url == "/me/"


def test_a_profile_switches_name_and_language(client):
    user = UserFactory.create()
    client.force_login(user)
    response = client.post(reverse("accounts:profile"), {"name": "何静", "language": "zh-hans"})
    assert response.cookies["django_language"].value == "zh-hans"
    user.refresh_from_db()
    assert (user.name, user.language) == ("何静", "zh-hans")
    wrong = client.post(reverse("accounts:profile"), {"name": "Kept", "language": "xx"})
    assert "Kept" in wrong.content.decode()
