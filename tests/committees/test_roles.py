"""Staff invite, replace and dismiss the holders of roles; newcomers take the invitation up."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.workflows import roles
from members import workflows
from members.models import Organisation, Representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.invitations import invitation_path
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.accounts.workflows import open_account
from temp_portal.audit.models import Transition
from temp_portal.notifications.models import Notification
from tests.factories import CommitteeFactory, OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return user_with(Role.STAFF, name="Guo Min")


def enter(client, user):
    client.force_login(user)
    return client


def invite(client, **changes):
    answers = {"email": "new@example.org", "name": "Yan Lan", "language": "ru", "role": "secretary", "committee": ""}
    return client.post(reverse("committees:role-invite"), answers | changes, follow=True)


def address_in_the_letter():
    return Notification.objects.get(kind="role_invited").context["address"].split("//", 1)[1].partition("/")[2]


def test_a_newcomer_is_invited_chooses_a_password_and_finds_the_committee(client, staff):
    committee = CommitteeFactory.create()
    response = invite(enter(client, staff), committee=committee.slug)
    assert "Yan Lan is now" in response.content.decode()
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert user.language == "ru"
    assert user.has_role_on(ScopeKind.COMMITTEE, committee.pk, Role.SECRETARY)
    grant = RoleGrant.objects.get(user=user)
    assert [(each.move, each.by) for each in Transition.objects.of(grant)] == [("grant", staff)]

    client.logout()
    link = f"/{address_in_the_letter()}"
    assert "new@example.org" in client.get(link).content.decode()
    weak = client.post(link, {"name": "Yan Lan", "password": "short"})
    assert "<title>" in weak.content.decode()
    assert "Error:" in weak.content.decode()
    response = client.post(link, {"name": "Yan Lan", "password": "a long enough secret"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("accounts:protect")
    assert str(committee) in client.get(reverse("accounts:me")).content.decode()
    assert user.emailaddress_set.get().verified


def test_an_invitation_is_good_once_and_for_a_fortnight(client):
    user = User.objects.create_user("new@example.org")
    link = invitation_path(user)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(link).status_code == 410
    assert client.get(link).status_code == 200
    client.post(link, {"name": "Yan", "password": "a long enough secret"})
    client.logout()
    assert client.get(link).status_code == 410
    assert client.post(link, {"name": "Yan", "password": "another long secret"}).status_code == 410
    assert client.get(f"{link[:-2]}x/").status_code == 410


def test_who_has_an_account_gets_the_role_and_no_link(client, staff):
    known = UserFactory.create(email="known@example.org", name="Known")
    invite(enter(client, staff), email="Known@Example.org", role="reviewer", name="Other")
    known.refresh_from_db()
    assert known.name == "Known"
    assert User.objects.get(pk=known.pk).has_role(Role.REVIEWER)
    assert [each.kind for each in Notification.objects.all()] == ["role_granted"]


def test_a_role_is_held_once(client, staff):
    committee = CommitteeFactory.create()
    enter(client, staff)
    invite(client, committee=committee.slug)
    again = invite(client, committee=committee.slug)
    assert "has this role already" in again.content.decode()
    assert 'value="new@example.org"' in again.content.decode()
    assert RoleGrant.objects.filter(role=Role.SECRETARY).count() == 1


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"role": "secretary"}, "Choose the committee"),
        ({"role": ""}, "required"),
        ({"role": "reviewer", "email": "nobody"}, "valid email address"),
    ],
)
def test_a_faulty_invitation_is_explained_and_kept(client, staff, answers, says):
    response = invite(enter(client, staff), **answers)
    assert says in response.content.decode()
    assert 'value="Yan Lan"' in response.content.decode()
    assert RoleGrant.objects.count() == 1


def test_a_committee_for_a_role_over_the_whole_platform_is_refused(client, staff):
    response = invite(enter(client, staff), role="reviewer", committee=CommitteeFactory.create().slug)
    assert "choose no committee" in response.content.decode()


def test_a_holder_is_replaced_in_one_step(client, staff):
    committee = CommitteeFactory.create()
    old = user_with(Role.SECRETARY, committee, name="Old")
    grant = RoleGrant.objects.get(user=old)
    url = reverse("committees:role-replace", args=[grant.pk])
    enter(client, staff)
    client.post(url, {"email": "new@example.org", "name": "New", "language": "en", "reason": "Moved on"})
    assert not User.objects.get(pk=old.pk).has_role(Role.SECRETARY)
    assert User.objects.get(email="new@example.org").has_role_on(ScopeKind.COMMITTEE, committee.pk, Role.SECRETARY)
    assert {each.kind for each in Notification.objects.all()} == {"role_ended", "role_invited"}
    grant.refresh_from_db()
    assert grant.valid.upper == timezone.localdate()


def test_a_role_ends_on_a_day_and_the_person_is_told_why(client, staff):
    holder = user_with(Role.REVIEWER)
    grant = RoleGrant.objects.get(user=holder)
    url = reverse("committees:role", args=[grant.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    enter(client, staff)
    past = client.post(url, {"on": "2020-05-01", "reason": "Kept"})
    assert "ends today or later" in past.content.decode()
    assert "Kept" in past.content.decode()
    client.post(url, {"on": tomorrow.isoformat(), "reason": "The term is over"})
    assert User.objects.get(pk=holder.pk).has_role(Role.REVIEWER)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert not User.objects.get(pk=holder.pk).has_role(Role.REVIEWER)
    assert Notification.objects.get(kind="role_ended").context["reason"] == "The term is over"


def test_a_role_given_by_mistake_is_gone_at_once(staff):
    grant = roles.invite(by=staff, role=Role.REVIEWER, email="wrong@example.org")
    subject = grant.pk
    roles.dismiss(grant, by=staff)
    assert not RoleGrant.objects.filter(pk=subject).exists()
    moves = Transition.objects.about(RoleGrant).filter(subject_id=subject)
    assert [each.move for each in moves] == ["grant", "end"]


def test_a_representatives_role_ends_with_the_entry_in_the_register(staff):
    organisation, user = OrganisationFactory.create(), UserFactory.create()
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        workflows.make_representative(organisation, user, by=staff)
    roles.dismiss(RoleGrant.objects.get(user=user), by=staff)
    assert not Organisation.objects.represented_by(user).exists()
    assert not Representative.objects.live().exists()


def test_the_letter_goes_out_again_until_it_is_taken_up(client, staff):
    grant = roles.invite(by=staff, role=Role.REVIEWER, email="new@example.org", name="New")
    url = reverse("committees:role-invite-again", args=[grant.pk])
    enter(client, staff)
    assert "is on its way again" in client.post(url, follow=True).content.decode()
    assert Notification.objects.filter(kind="role_invited").count() == 2
    open_account(grant.user, name="New", password="a long enough secret")
    assert "taken up the account already" in client.post(url).content.decode()


def test_staff_do_not_make_administrators_nor_end_their_own_role(client, staff):
    with pytest.raises(PermissionDenied):
        roles.invite(by=staff, role=Role.ADMINISTRATOR, email="new@example.org")
    administrator = user_with(Role.ADMINISTRATOR)
    own, higher = RoleGrant.objects.get(user=staff), RoleGrant.objects.get(user=administrator)
    enter(client, staff)
    assert "administrator" not in str(client.get(reverse("committees:role-invite")).context["form"]["role"])
    for grant in (own, higher):
        page = client.get(reverse("committees:role", args=[grant.pk])).content.decode()
        assert "ended by a colleague" in page
        with pytest.raises(PermissionDenied):
            roles.dismiss(grant, by=staff)
    made = roles.invite(by=administrator, role=Role.ADMINISTRATOR, email="new@example.org")
    roles.dismiss(made, by=administrator)


def test_a_scope_that_does_not_fit_the_role_is_refused(staff):
    for role, scope in [(Role.SECRETARY, None), (Role.REVIEWER, CommitteeFactory.create())]:
        with pytest.raises(ValidationError):
            roles.invite(by=staff, role=role, email="new@example.org", scope=scope)
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, None])
def test_nobody_else_manages_roles(client, role):
    grant = RoleGrant.objects.get(user=user_with(Role.CHAIR, CommitteeFactory.create()))
    pages = [reverse("committees:role-list"), reverse("committees:role-invite")]
    details = [reverse(f"committees:{name}", args=[grant.pk]) for name in ("role", "role-replace", "role-invite-again")]
    assert {client.get(page).status_code for page in pages + details} == {302}
    enter(client, user_with(role) if role else UserFactory.create())
    assert {client.get(page).status_code for page in pages} == {403}
    assert {client.get(page).status_code for page in details} == {404}


def test_the_list_names_scopes_in_the_readers_language_and_finds_people(client, staff):
    committee = CommitteeFactory.create()
    user_with(Role.SECRETARY, committee, name="Dana Omarova")
    workflows.make_representative(OrganisationFactory.create(name_ru="Пример"), UserFactory.create(), by=staff)
    client.cookies["django_language"] = "ru"
    enter(client, staff)
    page = client.get(reverse("committees:role-list")).content.decode()
    assert committee.name_ru in page
    assert "Пример" in page

    def people(**query):
        rows = client.get(reverse("committees:role-list"), query).context["list"].page.rows
        return {row.user.name for row in rows}

    assert people(person="omarova") == {"Dana Omarova"}
    assert people(committee=committee.slug) == {"Dana Omarova"}
    assert people(role="staff") == {"Guo Min"}
