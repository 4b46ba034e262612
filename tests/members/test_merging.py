"""Two records of one organisation: merged with both histories kept, met everywhere as one, and taken apart again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from committees.models import Seat
from committees.participation import participants
from committees.synchronisation.matching import match
from committees.synchronisation.reading import FileRow
from committees.synchronisation.roster import members_on
from committees.workflows import applications, seats
from committees.workflows.takeback import take_back
from members.duplicates import by_names, by_number
from members.models import Claim, Identifier, Organisation
from members.workflows import claim_organisation, merge, undo_merge
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.search import matches
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    OrganisationFactory,
    UserFactory,
    admit,
    committee_with_secretary,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return user_with(Role.STAFF, name="Anna Petrova")


@pytest.fixture
def pair():
    """The one that goes, the one that stays."""
    merged = OrganisationFactory.create(
        legal_name="华诺俄翔（北京）贸易有限公司", name_en="REX Trading", city="Beijing"
    )
    remaining = OrganisationFactory.create(legal_name="北京华诺俄翔贸易有限公司", name_en="Huanuo Exiang", city="")
    return merged, remaining


def fresh(*rows):
    return [type(row).objects.get(pk=row.pk) for row in rows]


def test_the_merged_one_points_to_the_remaining_one_which_takes_the_chosen_values(staff, pair):
    merged, remaining = pair
    made = merge(merged, remaining, by=staff, take=["city", "name_en"], reason="One licence")
    merged, remaining = fresh(merged, remaining)
    assert merged.merged_into == remaining
    assert (remaining.city, remaining.name_en) == ("Beijing", "REX Trading")
    assert remaining.legal_name == "北京华诺俄翔贸易有限公司"
    assert made.chosen == {"city": "Beijing", "name_en": "REX Trading"}
    assert made.previous == {"city": "", "name_en": "Huanuo Exiang"}
    moved = Transition.objects.of(made).get()
    assert (moved.move, moved.by, moved.reason) == ("merge", staff, "One licence")


def test_it_is_shown_and_linked_as_the_remaining_one(staff, pair):
    merged, remaining = pair
    merge(merged, remaining, by=staff)
    merged, remaining = fresh(merged, remaining)
    assert str(merged) == str(remaining)
    assert merged.get_absolute_url() == remaining.get_absolute_url()


def test_the_remaining_one_is_found_by_names_and_numbers_of_the_merged_one(staff, pair):
    merged, remaining = pair
    Identifier.objects.create(organisation=merged, scheme="CN-USCC", value="91110108551385082Q", is_primary=True)
    merge(merged, remaining, by=staff)
    assert by_number("CN", "91110108551385082Q") == remaining
    assert by_names(["REX Trading"]) == [remaining]
    found = Organisation.objects.unmerged().filter(matches("search_key", "rex trading"))
    assert list(found) == [remaining]
    fresh(remaining)[0].save()
    assert list(found.all()) == [remaining]


def test_seats_of_the_merged_one_stay_its_own_and_stand_on_the_page_of_the_remaining_one(client, staff, pair):
    merged, remaining = pair
    seat = admit(CommitteeFactory.create(name_en="Rail Committee"), merged)
    merge(merged, remaining, by=staff)
    assert Seat.objects.get(pk=seat.pk).organisation_id == merged.pk
    page = client.get(remaining.get_absolute_url()).content.decode()
    assert "Rail Committee" in page


def test_nothing_new_is_recorded_of_a_merged_one(staff, pair):
    merged, remaining = pair
    committee, secretary = committee_with_secretary()
    representative = user_with(Role.REPRESENTATIVE, merged)
    draft = ApplicationFactory.create(organisation=merged, created_by=representative)
    merge(merged, remaining, by=staff)
    named = "Huanuo Exiang"
    with pytest.raises(ValidationError, match=named):
        seats.admit(committee, merged, by=secretary, effective_on=date(2025, 1, 1))
    with pytest.raises(ValidationError, match=named):
        applications.create_draft(committee, merged, by=representative)
    with pytest.raises(ValidationError, match=named):
        applications.submit(draft, by=representative)
    with pytest.raises(ValidationError, match=named):
        claim_organisation(merged, by=UserFactory.create(), post="Head", statement="Letter")


def test_one_of_two_has_a_seat_so_the_other_gets_none_on_the_same_days(staff, pair):
    merged, remaining = pair
    committee, secretary = committee_with_secretary()
    admit(committee, merged, by=secretary, on=date(2024, 1, 1))
    merge(merged, remaining, by=staff)
    with pytest.raises(ValidationError, match="has a seat in this committee"):
        seats.admit(committee, remaining, by=secretary, effective_on=date(2025, 1, 1))


def test_overlapping_seats_are_settled_before(staff, pair):
    merged, remaining = pair
    committee, secretary = committee_with_secretary(name_en="Rail Committee")
    seat = admit(committee, merged, by=secretary, on=date(2024, 1, 1))
    admit(committee, remaining, by=secretary, on=date(2025, 1, 1))
    with pytest.raises(ValidationError, match="Rail Committee"):
        merge(merged, remaining, by=staff)
    seats.end(seat, by=secretary, effective_on=date(2025, 1, 1), how="resigned")
    merge(merged, remaining, by=staff)
    with pytest.raises(ValidationError, match="has a seat in this committee"):
        seats.withdraw_end(seat, by=secretary, reason="A slip")


def test_open_applications_and_claims_are_decided_before(staff, pair):
    merged, remaining = pair
    application = ApplicationFactory.create(organisation=merged)
    type(application).objects.filter(pk=application.pk).update(
        state="submitted", number="A-2026-00001", submitted_at="2026-01-01T00:00Z", submitted_by=application.created_by
    )
    Claim.objects.create(organisation=merged, user=UserFactory.create(name="Li Na"), post="Head", statement="Letter")
    with pytest.raises(ValidationError) as refused:
        merge(merged, remaining, by=staff)
    told = " ".join(refused.value.messages)
    assert "A-2026-00001" in told
    assert "Li Na" in told


def test_there_are_no_chains(staff, pair):
    merged, remaining = pair
    third = OrganisationFactory.create()
    merge(merged, remaining, by=staff)
    for gone, stays in [(remaining, third), (third, merged), (merged, third), (third, third)]:
        with pytest.raises(ValidationError):
            merge(gone, stays, by=staff)
    for gone, stays in [(remaining, third), (third, merged), (third, third)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=gone.pk).update(merged_into=stays)


def test_only_the_secretariat_merges(pair):
    with pytest.raises(PermissionDenied):
        merge(*pair, by=user_with(Role.REVIEWER))


def test_a_merge_is_undone_as_a_whole(staff, pair):
    merged, remaining = fresh(*pair)
    before = [dict(vars(row), _state=None) for row in fresh(merged, remaining)]
    made = merge(merged, remaining, by=staff, take=["city", "name_en", "legal_name", "aliases"])
    undone = undo_merge(made, by=staff, reason="Two firms after all")
    assert [dict(vars(row), _state=None) for row in fresh(merged, remaining)] == before
    assert (undone.state, undone.undone_by, undone.undo_reason) == ("undone", staff, "Two firms after all")
    with pytest.raises(StateConflict, match="Anna Petrova"):
        undo_merge(made, by=staff)
    merge(merged, remaining, by=staff)


def test_undoing_is_refused_with_names_when_a_taken_value_was_changed_since(staff, pair):
    merged, remaining = pair
    made = merge(merged, remaining, by=staff, take=["city"])
    changed = Organisation.objects.get(pk=remaining.pk)
    changed.city = "Tianjin"
    changed.save()
    with pytest.raises(ValidationError, match="City"):
        undo_merge(made, by=staff)
    changed.city = "Beijing"
    changed.save()
    undo_merge(made, by=staff)


def test_a_merge_on_record_is_not_changed_or_deleted(staff, pair):
    made = merge(*pair, by=staff)
    with pytest.raises(InternalError), transaction.atomic():
        made.delete()
    with pytest.raises(InternalError), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(remaining=OrganisationFactory.create())


def test_a_member_with_two_records_is_listed_once_with_the_seats_of_both(staff, pair):
    merged, remaining = pair
    admit(CommitteeFactory.create(), merged, on=date(2024, 1, 1))
    admit(CommitteeFactory.create(), remaining, on=date(2025, 1, 1))
    merge(merged, remaining, by=staff)
    found = participants(staff).get()
    assert (found.pk, found.seat_count, found.member_since) == (remaining.pk, 2, date(2024, 1, 1))


def test_where_the_remaining_one_does_not_sit_the_merged_one_is_listed_under_its_name(client, staff, pair):
    merged, remaining = pair
    admit(CommitteeFactory.create(), merged)
    merge(merged, remaining, by=staff)
    page = client.get("/committees/members/").content.decode()
    assert "Huanuo Exiang" in page
    assert "REX Trading" not in page


def test_a_roster_names_the_remaining_one_and_its_file_comes_back_without_a_difference(client, staff, pair):
    merged, remaining = pair
    committee, secretary = committee_with_secretary()
    admit(committee, merged, by=secretary)
    merge(merged, remaining, by=staff)
    client.force_login(secretary, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/committees/{committee.slug}/roster/").content.decode()
    assert "Huanuo Exiang" in page
    assert remaining.get_absolute_url() in client.get(Seat.objects.get().get_absolute_url()).content.decode()
    members = members_on(committee, timezone.localdate())
    for name in (merged.legal_name, "Huanuo Exiang", remaining.legal_name):
        row = FileRow(number=1, values={"organisation": name}, problems=[])
        assert match([row], members, lambda _done, _all: None)[0].organisation == merged.pk


def test_what_comes_back_by_undoing_finds_the_seat_of_the_other_record(staff, pair):
    merged, remaining = pair
    committee, secretary = committee_with_secretary()
    seat = admit(committee, merged, by=secretary, on=date(2024, 1, 1))
    seats.end(seat, by=secretary, effective_on=date(2025, 1, 1), how="resigned")
    ended = Recording.objects.latest("id")
    merge(merged, remaining, by=staff)
    admit(committee, remaining, by=secretary, on=date(2025, 6, 1))
    with pytest.raises(ValidationError, match="another seat"):
        take_back(ended, by=secretary)
