"""A representative signs up: the address is verified before anything else, and the way goes on where it began."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse, reverse_lazy

from temp_portal.accounts.models import User
from tests.factories import CommitteeFactory, UserFactory
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

CONFIRM = reverse_lazy("account_email_verification_sent")


def sign_up(client, **changes):
    answers = {"name": "Dana Omarova", "email": "dana@example.org", "password1": "a long enough secret"}
    return client.post(reverse("account_signup"), answers | changes)


def confirm(client, code=None, **options):
    """Enter the code of the last letter."""
    return client.post(CONFIRM, {"code": code or code_in(mail.outbox[-1])}, **options)


def code_in(letter):
    return re.search(r"[A-Z]{4}-[A-Z]{4}", letter.subject)[0]


def test_from_the_committees_page_through_the_letter_to_the_application(client):
    committee = CommitteeFactory.create()
    wish = f"/apply/?committee={committee.slug}"
    refused = client.get(wish)
    assert refused.url.startswith("/account/login/?next=")

    sign_up(client, next=wish)
    assert client.get(wish).status_code == 302
    assert not EmailAddress.objects.get().verified
    assert confirm(client, "WRONG-CODE").status_code == 200
    assert not EmailAddress.objects.get().verified
    response = confirm(client)
    assert EmailAddress.objects.get().verified
    offer = client.get(response.url)
    assert offer.request["PATH_INFO"] == reverse("accounts:protect")
    assert offer.context["go_on_url"] == wish
    assert client.get(wish, follow=True).redirect_chain[-1][0].startswith("/apply/organisation/")


def test_without_a_wish_one_lands_on_the_start_page(client):
    sign_up(client)
    response = confirm(client, follow=True)
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


def shown(response, address):
    """The page without what differs by nature: the address itself and the token against forgery."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, response.get("Location"), page.replace(address, "ADDRESS")


@pytest.mark.parametrize("way", ["account_signup", "account_signup_by_passkey"])
def test_an_address_that_has_an_account_is_not_given_away_at_sign_up(client, way):
    UserFactory.create(email="known@example.org")
    seen = []
    for address in ("known@example.org", "unknown@example.org"):
        client.cookies.clear()
        answers = {"name": "Dana", "email": address, "password1": "a long enough secret"}
        steps = [client.post(reverse(way), answers), client.get(CONFIRM)]
        steps += [client.post(CONFIRM, {"code": "WRONG-CODE"}) for _try in range(3)]
        steps += [client.get(CONFIRM)]
        seen.append([shown(step, address) for step in steps])
    assert seen[0] == seen[1]
    assert [letter.to for letter in mail.outbox] == [["known@example.org"], ["unknown@example.org"]]
    assert "already" in mail.outbox[0].subject
    assert User.objects.count() == 2


def test_an_address_that_has_an_account_is_not_given_away_by_a_new_password(client):
    UserFactory.create(email="known@example.org")
    seen = []
    for address in ("known@example.org", "unknown@example.org"):
        client.cookies.clear()
        steps = [client.post(reverse("account_reset_password"), {"email": address})]
        steps += [client.get(reverse("account_reset_password_done"))]
        seen.append([shown(step, address) for step in steps])
    assert seen[0] == seen[1]
    assert len(mail.outbox) == 2


def test_who_tries_addresses_out_is_held_up(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"{n}@example.org"}).status_code for n in range(21)
    ]
    assert answers == [302] * 20 + [429]


def test_letters_are_in_the_language_of_the_page_and_speak_of_the_portal(client):
    client.cookies["django_language"] = "ru"
    sign_up(client)
    client.post(reverse("account_reset_password"), {"email": "dana@example.org"})
    for letter in mail.outbox:
        assert "SCO TEMP" in letter.subject + letter.body
        assert "example.com" not in letter.body


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
