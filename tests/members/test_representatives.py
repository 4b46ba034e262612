"""Who acts for an organisation: invited by letter, gone at once, and never seen by another organisation."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from members import workflows
from members.enums import InvitationState
from members.informing import notice_for
from members.models import Consent, Invitation, Organisation, Representative
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.models import Transition
from temp_portal.notifications.models import Delivery, Notification
from tests.factories import OrganisationFactory, UserFactory, grant, user_with
from tests.factories.applications import draft
from tests.factories.web import enter, text, title

pytestmark = pytest.mark.django_db

SECRET = {"name": "Алия Сейтова", "password": "a long enough secret"}


@pytest.fixture
def organisation():
    return OrganisationFactory.create(legal_name="ТОО «Пример»", name_en="Example", name_ru="ТОО «Пример»")


@pytest.fixture
def representative(organisation):
    return user_with(Role.REPRESENTATIVE, organisation, name="Dana")


def page(name, organisation, **others):
    return reverse(f"members:{name}", kwargs={"pk": organisation.pk} | others)


def invite(client, organisation, email, **changes):
    answers = {"email": email, "name": "Алия", "post": "Менеджер", "language": "ru", "notice_confirmed": "on"} | changes
    return client.post(page("representative-invite", organisation), answers, follow=True)


def letter_to(email, organisation, *, by):
    return workflows.invite_representative(organisation, by=by, notice=notice_for("CN"), email=email)


def link():
    letter = Notification.objects.filter(kind="representative_invited").latest("pk")
    return "/" + letter.context["address"].split("//", 1)[1].partition("/")[2]


def grant_of(user):
    return RoleGrant.objects.get(user=user, role=Role.REPRESENTATIVE)


def test_a_newcomer_accepts_by_the_link_in_the_letter(client, organisation, representative):
    response = invite(enter(client, representative), organisation, "new@example.org")
    assert "new@example.org is on its way" in text(response)
    newcomer = User.objects.get(email="new@example.org")
    assert newcomer.language == "ru"
    assert not Organisation.objects.represented_by(newcomer).exists(), "nobody represents who has not agreed"

    client.logout()
    assert "new@example.org" in text(client.get(link()))
    weak = client.post(link(), SECRET | {"password": "short"})
    assert title(weak).startswith("Error:")
    assert SECRET["name"] in text(weak)
    response = client.post(link(), SECRET)
    assert response.url == reverse("accounts:protect")
    assert list(Organisation.objects.represented_by(newcomer)) == [organisation]
    assert EmailAddress.objects.get(user=newcomer).verified
    assert Representative.objects.get(organisation=organisation, person__user=newcomer).post == "Менеджер"
    shown = Consent.objects.get(person__user=newcomer)
    assert (shown.purpose, shown.channel, shown.text_version) == ("notice", "organisation", "general-0")
    assert [each.move for each in Transition.objects.of(Invitation.objects.get())] == ["create", "accept"]
    told = Delivery.objects.filter(notification__kind="representative_joined")
    assert {each.recipient_id for each in told} == {representative.pk}
    assert client.post(link(), SECRET).status_code == 410, "a link works once"


def test_who_has_an_account_signs_in_and_agrees(client, organisation, representative):
    known, other = UserFactory.create(email="known@example.org"), UserFactory.create()
    invite(enter(client, representative), organisation, "Known@Example.org")
    client.logout()
    assert reverse("account_login") in text(client.get(link()))
    assert client.post(link()).status_code == 403
    forwarded = enter(client, other)
    assert "is for Known@Example.org" in text(forwarded.get(link()))
    assert forwarded.post(link()).status_code == 403
    response = enter(client, known).post(link(), follow=True)
    assert "You now represent" in text(response)
    assert list(Organisation.objects.represented_by(known)) == [organisation]


def test_a_password_of_somebody_who_never_confirmed_the_address_is_replaced(client, organisation, representative):
    squatter = User.objects.create_user("victim@example.org", "the squatter's secret", name="Squatter")
    EmailAddress.objects.create(user=squatter, email=squatter.email, primary=True, verified=False)
    workflows.invite_representative(
        organisation, by=representative, notice=notice_for("CN"), email="victim@example.org"
    )
    client.post(link(), SECRET)
    squatter.refresh_from_db()
    assert squatter.check_password(SECRET["password"])


def over_time(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def revoked(invitation):
    workflows.revoke_invitation(invitation, by=invitation.created_by)


def writer_left(invitation):
    workflows.end_access(grant_of(invitation.created_by), by=invitation.created_by)


@pytest.mark.parametrize("end", [over_time, revoked, writer_left])
def test_a_link_that_is_no_longer_good_opens_nothing_and_says_the_same(client, organisation, representative, end):
    end(
        workflows.invite_representative(
            organisation, by=representative, notice=notice_for("CN"), email="new@example.org"
        )
    )
    answers = [client.get(link()), client.post(link(), SECRET), client.get(link()[:-2] + "x/")]
    assert [answer.status_code for answer in answers] == [410] * 3
    assert len({title(answer) for answer in answers}) == 1
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_known_and_unknown_addresses_are_answered_alike(client, organisation, representative):
    UserFactory.create(email="known@example.org")
    UserFactory.create(email="closed@example.org", is_active=False)
    enter(client, representative)
    pages = []
    for address in ("known@example.org", "unknown@example.org", "closed@example.org"):
        response = invite(client, organisation, address)
        assert response.redirect_chain == [(page("representatives", organisation), 302)]
        main = text(response).split("<main")[1].replace(address, "ADDRESS")
        pages.append(re.sub(r"\d+", "N", main))
        Invitation.objects.all().delete()
    assert len(set(pages)) == 1


def test_inviting_again_renews_the_letter(organisation, representative):
    first = workflows.invite_representative(
        organisation, by=representative, notice=notice_for("CN"), email="new@example.org"
    )
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        again = workflows.invite_representative(
            organisation, by=representative, notice=notice_for("CN"), email="new@example.org"
        )
        assert again.expires_at > first.expires_at + timedelta(days=12)
    assert again.pk == first.pk
    with pytest.raises(ValidationError, match="represents the organisation already"):
        workflows.invite_representative(
            organisation, by=representative, notice=notice_for("CN"), email=representative.email
        )
    with pytest.raises(PermissionDenied):
        workflows.invite_representative(
            organisation, by=user_with(Role.STAFF), notice=notice_for("CN"), email="x@example.org"
        )


def test_leaving_ends_every_session_and_token_at_once(client):
    application, leaver = draft()
    organisation = application.organisation
    colleague = user_with(Role.REPRESENTATIVE, organisation)
    enter(client, leaver)
    _token, value = AuthToken.objects.create(leaver)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {value}")
    own = f"/api/v1/applications/{application.pk}/"
    mine = reverse("committees:apply-application", args=[application.pk])
    assert client.get(mine).status_code == 200
    assert program.get(own).status_code == 200

    workflows.end_access(grant_of(leaver), by=colleague, reason="Left the company")
    assert client.get(mine).status_code == 404
    assert client.get(page("representatives", organisation)).status_code == 404
    assert program.get(own).status_code == 404
    told = Delivery.objects.filter(notification__kind="representation_ended")
    assert {each.recipient_id for each in told} == {leaver.pk}


def test_the_last_one_is_warned_and_the_secretariat_told(client, organisation, representative):
    staff, colleague = user_with(Role.STAFF), user_with(Role.REPRESENTATIVE, organisation)
    enter(client, colleague)
    leave = page("representative-end", organisation, grant=grant_of(colleague).pk)
    assert "Nobody else acts" not in text(client.get(leave))
    assert "You no longer act" in text(client.post(leave, {"reason": ""}, follow=True))
    assert not Notification.objects.filter(kind="nobody_represents").exists()

    enter(client, representative)
    leave = page("representative-end", organisation, grant=grant_of(representative).pk)
    assert "Nobody else acts" in text(client.get(leave))
    client.post(leave, {"reason": "Retired"})
    told = Delivery.objects.filter(notification__kind="nobody_represents")
    assert {each.recipient_id for each in told} == {staff.pk}
    assert client.post(leave, {"reason": ""}).status_code == 404


def test_nothing_of_another_organisation_is_reached_from_anywhere(client, organisation, representative):
    """Each object of one organisation in the address, the body and the filter of another one's representative."""
    foreign, stranger = OrganisationFactory.create(), UserFactory.create()
    grant(stranger, Role.REPRESENTATIVE, foreign)
    letter = workflows.invite_representative(
        organisation, by=representative, notice=notice_for("CN"), email="new@example.org"
    )
    claim = workflows.claim_organisation(organisation, by=UserFactory.create(), post="x", statement="Secret letter")
    enter(client, stranger)
    addresses = [
        page("representatives", organisation),
        page("representative-invite", organisation),
        page("invitation-revoke", organisation, invitation=letter.pk),
        page("invitation-revoke", foreign, invitation=letter.pk),
        page("representative-end", organisation, grant=grant_of(representative).pk),
        page("representative-end", foreign, grant=grant_of(representative).pk),
        reverse("members:claim", args=[claim.pk]),
        reverse("members:claim-refuse", args=[claim.pk]),
        reverse("members:own-claim-withdraw", args=[claim.pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"email": "x@example.org", "language": "en"}).status_code in (404, 405), address
    for wanted in (organisation.pk, "", "x", 10**30, -1):
        assert client.post(reverse("members:acting-for"), {"organisation": wanted}).status_code == 404
    assert client.get(reverse("members:claim-list"), {"q": "Example", "waits": "staff"}).status_code == 403
    assert "Secret letter" not in text(client.get(reverse("members:own-claims")))
    letter.refresh_from_db()
    assert letter.state == InvitationState.OPEN
    assert Invitation.objects.count() == 1
    assert grant_of(representative).valid.upper is None


def test_a_claim_is_answered_on_the_page_of_the_own_people(client, organisation, representative):
    claimant = UserFactory.create(name="Claimant")
    claim = workflows.claim_organisation(organisation, by=claimant, post="x", statement="Letter of 1 May")
    enter(client, representative)
    assert claim.get_absolute_url() in text(client.get(reverse("accounts:me")))
    assert claim.get_absolute_url() in text(client.get(page("representatives", organisation)))
    assert "Letter of 1 May" in text(client.get(claim.get_absolute_url()))
    refuse = reverse("members:claim-refuse", args=[claim.pk])
    response = client.post(refuse, {"reason": "Nobody knows you here"}, follow=True)
    assert response.redirect_chain[-1][0] == page("representatives", organisation)
    enter(client, claimant)
    answered = text(client.get(reverse("members:own-claims")))
    assert "Nobody knows you here" in answered
    assert "Dana" not in answered, "who decided is not for the claimant"
    late = client.post(reverse("members:own-claim-withdraw", args=[claim.pk]))
    assert late.status_code == 409
    assert "Dana" not in text(late)


def test_one_acts_for_one_of_several_organisations_at_a_time(client, organisation, representative):
    other = OrganisationFactory.create(name_en="Other firm")
    enter(client, representative)
    assert "Acting for" not in text(client.get(reverse("accounts:me")))
    grant(representative, Role.REPRESENTATIVE, other)
    assert "Acting for" in text(client.get(reverse("accounts:me")))
    choose = {"organisation": other.pk, "next": reverse("members:own-representatives")}
    response = client.post(reverse("members:acting-for"), choose, follow=True)
    assert response.redirect_chain[-1][0] == page("representatives", other)
    assert client.get(reverse("committees:apply")).context["form"].initial["organisation"] == other
    assert client.post(reverse("members:acting-for"), choose | {"next": "https://elsewhere.example/"}).url == "/me/"

    workflows.end_access(RoleGrant.objects.get(scope_id=other.pk, user=representative), by=representative)
    assert client.get(reverse("members:own-representatives")).url == page("representatives", organisation)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    client, organisation, representative, number, django_assert_num_queries
):
    for n in range(number):
        user_with(Role.REPRESENTATIVE, organisation)
        workflows.invite_representative(
            organisation, by=representative, notice=notice_for("CN"), email=f"new{n}@example.org"
        )
        workflows.claim_organisation(organisation, by=UserFactory.create(), post="x", statement="x")
    enter(client, representative)
    client.get(page("representatives", organisation))
    # user, organisation, claims, people, posts, me's grants, invitations, unread notices
    with django_assert_num_queries(8):
        assert client.get(page("representatives", organisation)).status_code == 200
