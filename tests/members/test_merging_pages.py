"""The pages on which records are found to be one, compared, merged and taken apart."""

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.composition.shares import composition_of_all
from committees.models import Committee
from members.models import Identifier, Organisation, OrganisationDismissal, OrganisationMerge, Person, PersonMerge
from members.suspects import suspected_organisations, suspected_people
from members.workflows import merge, undo_merge
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    grant,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = user_with(Role.STAFF, name="Anna Petrova")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def pair():
    one = OrganisationFactory.create(legal_name="华诺俄翔（北京）贸易有限公司", name_en="REX Trading", city="Beijing")
    other = OrganisationFactory.create(legal_name="华诺俄翔(北京)贸易公司", name_en="Huanuo Exiang", city="")
    return one, other


def compare(one, other):
    return reverse("members:organisation-merge", args=[one.pk, other.pk])


def test_the_same_name_is_suspected_whatever_its_width_and_legal_form(pair):
    found = suspected_organisations()
    assert [(each.one, each.other) for each in found] == [pair]
    assert "华诺俄翔" in found[0].reasons[0]


def test_the_same_number_in_two_registers_is_suspected():
    one, other = OrganisationFactory.create_batch(2)
    Identifier.objects.create(organisation=one, scheme="RU-INN", value="7707083893")
    Identifier.objects.create(organisation=other, scheme="RU-TAX", value="7707083893")
    assert [(each.one, each.other, each.reasons) for each in suspected_organisations()] == [
        (one, other, ["Same number: 7707083893"])
    ]


def test_people_of_one_address_or_name_are_suspected():
    one = PersonFactory.create(name="张伟", email="zhang@example.org")
    other = PersonFactory.create(name="Zhang Wei", email="Zhang@example.org")
    namesake = PersonFactory.create(name="张 伟", name_latin="zhang wei")
    found = {(each.one, each.other): each.reasons for each in suspected_people()}
    assert found == {
        (one, other): ["Same address: zhang@example.org"],
        (other, namesake): ["Same name: zhang wei"],
    }


def test_a_merged_one_is_suspected_no_longer(staff, pair):
    merge(*pair, by=staff)
    assert suspected_organisations() == []


def test_the_list_leads_to_the_comparison(client, staff, pair):
    page = client.get(reverse("members:organisation-duplicates")).content.decode()
    assert compare(*pair) in page
    assert "Same name" in page


def test_any_two_records_can_be_compared(client, staff, pair):
    one, other = pair
    address = reverse("members:organisation-doubles", args=[one.pk])
    assert compare(one, other) in client.get(address).content.decode()
    assert compare(one, other) in client.get(address, {"q": "huanuo"}).content.decode()


def test_the_comparison_shows_both_values_and_what_hangs_on_each(client, staff, pair):
    one, other = pair
    admit(CommitteeFactory.create(name_en="Rail Committee"), one)
    page = client.get(compare(one, other)).content.decode()
    assert "REX Trading" in page
    assert "Huanuo Exiang" in page
    assert "Rail Committee, since 2024-01-01" in page


def test_what_was_chosen_is_merged(client, staff, pair):
    one, other = pair
    chosen = {"value_legal_name": "one", "value_name_en": "other", "value_name_zh_hans": "one", "value_city": "one"}
    answer = client.post(compare(one, other), {"remaining": "other", "reason": "One licence"} | chosen)
    assert answer.status_code == 302, answer.context["form"].errors
    remaining = Organisation.objects.get(pk=other.pk)
    assert (remaining.legal_name, remaining.name_en, remaining.city) == (one.legal_name, "Huanuo Exiang", "Beijing")
    assert Organisation.objects.get(pk=one.pk).merged_into == remaining


def test_a_choice_that_is_missing_is_asked_for_and_nothing_typed_is_lost(client, staff, pair):
    answer = client.post(compare(*pair), {"remaining": "other", "reason": "One licence"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "One licence" in page
    assert "Please correct" in page


def test_what_has_to_be_settled_first_is_told(client, staff, pair):
    one, other = pair
    committee = CommitteeFactory.create(name_en="Rail Committee")
    admit(committee, one)
    admit(committee, other)
    page = client.get(compare(one, other)).content.decode()
    assert "have seats on the same days" in page


def test_a_merged_page_leads_to_the_remaining_one_which_tells_of_it(client, staff, pair):
    one, other = pair
    old = one.get_absolute_url()
    merge(one, other, by=staff)
    assert client.get(old).url == other.get_absolute_url()
    page = client.get(other.get_absolute_url()).content.decode()
    assert "REX Trading" in page
    assert "Also recorded as" in page
    listed = client.get(reverse("members:organisation-list")).content.decode()
    assert listed.count('scope="row"') == 1


def test_a_merge_is_undone_with_a_reason(client, staff, pair):
    one, other = pair
    made = merge(one, other, by=staff)
    address = reverse("members:organisation-merge-undo", args=[made.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Two firms"}).status_code == 302
    assert OrganisationMerge.objects.get().state == "undone"
    again = client.post(address, {"reason": "Two firms"})
    assert again.status_code == 409
    assert "Anna Petrova" in again.content.decode()


def test_people_are_merged_and_their_page_follows(client, staff):
    one = PersonFactory.create(name="张伟", name_latin="Zhang Wei")
    other = PersonFactory.create(name="Zhang Wei", email="zhang@example.org")
    old = one.get_absolute_url()
    address = reverse("members:person-merge", args=[one.pk, other.pk])
    assert client.get(address).status_code == 200
    chosen = {"value_name": "one", "value_name_latin": "one", "value_email": "other"}
    answer = client.post(address, {"remaining": "other", "reason": "Card"} | chosen)
    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(old).url == other.get_absolute_url()
    remaining = Person.objects.get(pk=other.pk)
    assert (remaining.name, remaining.name_latin, remaining.email) == ("张伟", "Zhang Wei", "zhang@example.org")
    made = PersonMerge.objects.get()
    assert client.post(reverse("members:person-merge-undo", args=[made.pk]), {"reason": "No"}).status_code == 302
    assert Person.objects.get(pk=other.pk).name == "Zhang Wei"


def test_an_account_stays_with_the_record_that_remains(staff):
    one = PersonFactory.create(user=user_with(Role.REVIEWER))
    other = PersonFactory.create()
    with pytest.raises(Exception, match="has an account"):
        merge(one, other, by=staff)
    merge(other, one, by=staff)


def test_a_pair_that_is_not_one_is_suspected_no_longer_until_somebody_says_so(client, staff, pair):
    address = reverse("members:organisation-dismiss", args=[pair[1].pk, pair[0].pk])
    listed = reverse("members:organisation-duplicates")
    assert reverse("members:organisation-dismiss", args=[pair[0].pk, pair[1].pk]) in client.get(listed).text
    assert "This field is required" in client.post(address, {"reason": ""}).text
    assert client.post(address, {"reason": "Two firms of one family"}).url == listed
    assert suspected_organisations() == []
    assert "Somebody has said already" in client.post(address, {"reason": "Again"}).text
    said = OrganisationDismissal.objects.get()
    assert (said.one, said.other, said.dismissed_by) == (*pair, staff)
    page = client.get(listed).text
    assert "Two firms of one family" in page
    again = reverse("members:organisation-reopen", args=[said.pk])
    assert again in page
    assert client.post(again).url == listed
    assert [(each.one, each.other) for each in suspected_organisations()] == [pair]
    assert client.post(again).status_code == 409


def test_who_acts_for_a_merged_one_acts_for_the_other_at_once_and_no_longer_when_it_is_undone(staff):
    merged, remaining = OrganisationFactory.create_batch(2)
    theirs, both = user_with(Role.REPRESENTATIVE, merged), user_with(Role.REPRESENTATIVE, merged)
    grant(both, Role.REPRESENTATIVE, remaining)
    made = merge(merged, remaining, by=staff, reason="The same firm")
    acting = RoleGrant.objects.live().filter(scope_id=remaining.pk)
    assert set(acting.values_list("user", flat=True)) == {theirs.pk, both.pk}
    undo_merge(made, by=staff, reason="Two firms after all")
    assert set(acting.values_list("user", flat=True)) == {both.pk}
    assert set(RoleGrant.objects.live().filter(scope_id=merged.pk).values_list("user", flat=True)) == {
        theirs.pk,
        both.pk,
    }


def test_two_merged_ones_in_two_committees_take_part_once(staff):
    one, other = OrganisationFactory.create_batch(2)
    for organisation in (one, other):
        own(organisation)
        committee, secretary = committee_with_secretary()
        admit(committee, organisation, by=secretary)
    today = timezone.localdate()
    assert composition_of_all(Committee.objects.all(), today).counted == 2
    merge(other, one, by=staff)
    assert composition_of_all(Committee.objects.all(), today).counted == 1
