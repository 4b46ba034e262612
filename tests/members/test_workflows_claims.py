"""An organisation comes into the register, and a person comes to speak for it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members import workflows
from members.enums import ClaimState
from members.models import Claim, Identifier, Organisation, Representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery, Notification
from tests.factories import OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

XIAOMI = "91110108551385082Q"


def register(user, **changes):
    fields = {
        "legal_name": "北京示例科技有限公司",
        "legal_name_language": "zh-hans",
        "country": "CN",
        "scheme": "CN-USCC",
        "number": XIAOMI,
        "post": "Export director",
    }
    return workflows.register_organisation(by=user, **(fields | changes))


def told(kind):
    """Who was told about something, by mail or inbox."""
    return {each.recipient_id for each in Delivery.objects.filter(notification__kind=kind)}


def test_who_adds_an_organisation_represents_it():
    user = UserFactory.create(name="Dana Omarova")
    organisation = register(user, number=" 91110108551385082q ")

    assert organisation.identifiers.get().value == XIAOMI
    assert organisation.identifiers.get().is_primary
    entry = Representative.objects.live().get(organisation=organisation)
    assert (entry.person.user, entry.person.name, entry.post) == (user, "Dana Omarova", "Export director")
    assert user.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE)
    assert list(Organisation.objects.represented_by(user)) == [organisation]
    assert [each.move for each in Transition.objects.of(organisation)] == ["create"]


def test_a_wrong_number_registers_nothing():
    with pytest.raises(ValidationError) as refused:
        register(UserFactory.create(), number="91110108551385082X")
    assert "number" in refused.value.message_dict
    assert not Organisation.objects.exists()


def test_a_number_stands_in_the_register_once():
    register(UserFactory.create())
    second = UserFactory.create()
    with pytest.raises(ValidationError, match="in the register already"):
        register(second, legal_name="Another name")
    assert Organisation.objects.count() == 1
    assert not RoleGrant.objects.filter(user=second).exists()


def test_a_claim_waits_for_those_who_represent_the_organisation():
    staff, colleague = user_with(Role.STAFF), UserFactory.create()
    organisation = OrganisationFactory.create()
    representative = user_with(Role.REPRESENTATIVE, organisation)
    claim = workflows.claim_organisation(organisation, by=colleague, post="Manager", statement="Letter of 1 May")

    assert claim.state == ClaimState.OPEN
    assert not Organisation.objects.represented_by(colleague).exists()
    assert told("claim_made") == set()
    assert told("claim_made_on_yours") == {representative.pk}
    with pytest.raises(PermissionDenied):
        workflows.confirm_claim(claim, by=staff)
    workflows.confirm_claim(claim, by=representative)
    assert list(Organisation.objects.represented_by(colleague)) == [organisation]


def test_what_they_leave_unanswered_for_a_week_falls_to_the_secretariat():
    staff, organisation = user_with(Role.STAFF), OrganisationFactory.create()
    user_with(Role.REPRESENTATIVE, organisation)
    claim = workflows.claim_organisation(organisation, by=UserFactory.create(), post="x", statement="x")
    assert not Claim.objects.for_staff().exists()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        for _night in range(2):
            workflows.pass_overdue_claims_on()
        assert told("claim_overdue") == {staff.pk}
        assert Notification.objects.filter(kind="claim_overdue").count() == 1
        assert list(Claim.objects.for_staff()) == [claim]
        workflows.refuse_claim(claim, by=staff, reason="No such person there")


def test_a_claim_nobody_can_answer_waits_for_the_secretariat():
    staff, colleague = user_with(Role.STAFF), UserFactory.create()
    organisation = OrganisationFactory.create()
    claim = workflows.claim_organisation(organisation, by=colleague, post="Manager", statement="Letter of 1 May")
    assert told("claim_made") == {staff.pk}
    again = workflows.claim_organisation(organisation, by=colleague, post="Manager", statement="Letter of 1 May")
    assert again == claim


def test_a_confirmed_claim_makes_a_representative():
    staff, colleague, organisation = user_with(Role.STAFF), UserFactory.create(), OrganisationFactory.create()
    claim = workflows.claim_organisation(organisation, by=colleague, post="Manager", statement="Letter")
    workflows.confirm_claim(claim, by=staff)

    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == (ClaimState.CONFIRMED, staff)
    assert list(Organisation.objects.represented_by(colleague)) == [organisation]
    assert Representative.objects.get(organisation=organisation).post == "Manager"
    assert told("claim_confirmed") == {colleague.pk}
    with pytest.raises(ValidationError, match="represent this organisation already"):
        workflows.claim_organisation(organisation, by=User.objects.get(pk=colleague.pk), post="x", statement="x")


def test_a_refusal_has_a_reason_and_is_final():
    staff, colleague, organisation = user_with(Role.STAFF), UserFactory.create(), OrganisationFactory.create()
    claim = workflows.claim_organisation(organisation, by=colleague, post="Manager", statement="Letter")
    with pytest.raises(ValidationError, match="Give the reason"):
        workflows.refuse_claim(claim, by=staff, reason=" ")
    workflows.refuse_claim(claim, by=staff, reason="The letter is not signed.")

    assert told("claim_refused") == {colleague.pk}
    assert Notification.objects.get(kind="claim_refused").context["reason"] == "The letter is not signed."
    with pytest.raises(StateConflict) as conflict:
        workflows.confirm_claim(claim, by=user_with(Role.STAFF))
    assert str(staff) in conflict.value.message()


def test_a_claimant_takes_a_claim_back_and_asks_for_a_few_at_a_time():
    claimant = UserFactory.create()
    claims = [
        workflows.claim_organisation(each, by=claimant, post="x", statement="x")
        for each in OrganisationFactory.create_batch(5)
    ]
    one_more = OrganisationFactory.create()
    with pytest.raises(ValidationError, match="Too many"):
        workflows.claim_organisation(one_more, by=claimant, post="x", statement="x")
    with pytest.raises(PermissionDenied):
        workflows.withdraw_claim(claims[0], by=user_with(Role.STAFF))
    workflows.withdraw_claim(claims[0], by=claimant)
    assert [each.move for each in Transition.objects.of(claims[0])] == ["create", "withdraw"]
    workflows.claim_organisation(one_more, by=claimant, post="x", statement="x")


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER])
def test_only_staff_decide_on_claims(role):
    claim = workflows.claim_organisation(OrganisationFactory.create(), by=UserFactory.create(), post="x", statement="x")
    with pytest.raises(PermissionDenied):
        workflows.confirm_claim(claim, by=user_with(role))


def test_nobody_confirms_his_own_claim():
    staff = user_with(Role.STAFF)
    claim = workflows.claim_organisation(OrganisationFactory.create(), by=staff, post="x", statement="x")
    with pytest.raises(PermissionDenied):
        workflows.confirm_claim(claim, by=staff)
    assert list(Claim.objects.waiting()) == [claim]


def test_ending_a_representation_closes_grant_and_entry():
    organisation, user, staff = OrganisationFactory.create(), UserFactory.create(), user_with(Role.STAFF)
    long_ago = timezone.localdate() - timedelta(days=100)
    workflows.make_representative(organisation, user, by=staff, since=long_ago)
    grant = RoleGrant.objects.get(user=user)
    workflows.end_representation(grant, by=staff, reason="Left the company")

    assert not Organisation.objects.represented_by(user).exists()
    assert not Representative.objects.live().filter(organisation=organisation).exists()
    assert Representative.objects.live(long_ago).filter(organisation=organisation).exists()
    assert Transition.objects.of(grant).last().reason == "Left the company"


def test_a_representation_of_no_day_leaves_only_its_record():
    organisation, user, staff = OrganisationFactory.create(), UserFactory.create(), user_with(Role.STAFF)
    workflows.make_representative(organisation, user, by=staff)
    grant = RoleGrant.objects.get(user=user)
    subject = grant.pk
    workflows.end_representation(grant, by=staff)

    assert not RoleGrant.objects.filter(pk=subject).exists()
    assert not Representative.objects.filter(organisation=organisation).exists()
    moves = Transition.objects.about(RoleGrant).filter(subject_id=subject)
    assert [each.move for each in moves] == ["grant", "end"]


def test_a_representative_adds_numbers_but_only_to_the_own_organisation():
    organisation = register(UserFactory.create())
    with pytest.raises(PermissionDenied):
        workflows.add_identifier(organisation, "LEI", "724500PMK2A2M1SQQ228", by=UserFactory.create())
    owner = user_with(Role.REPRESENTATIVE, organisation)
    added = workflows.add_identifier(organisation, "LEI", "724500PMK2A2M1SQQ228", by=owner)
    assert not added.is_primary
    assert Identifier.objects.filter(organisation=organisation).count() == 2


def test_a_representative_completes_names_and_finds_the_organisation_by_them():
    user = UserFactory.create()
    organisation = register(user)
    workflows.save_own_details(organisation, by=user, name_ru="Пекинская примерная компания", legal_name="changed")
    organisation.refresh_from_db()
    assert organisation.legal_name == "北京示例科技有限公司"
    assert Organisation.objects.filter(search_key__contains="примерная").get() == organisation
