"""A re-election (换届): announced, its slate drawn up, its result recorded, the old term frozen."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.utils import timezone

from committees.enums import CommitteeState, ReElectionState
from committees.models import Appointment, Candidacy, Position, ReElection, SeatTerm, Term
from committees.terms import at_the_limit
from committees.workflows import appointments, reelection, seats
from committees.workflows.takeback import take_back
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.db import date_range
from temp_portal.notifications.models import Notification
from tests.factories import CommitteeFactory, OrganisationFactory, PersonFactory, admit, own, user_with

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BEGAN, ENDS = date(2022, 3, 1), date(2027, 3, 1)
ELECTED = TODAY - timedelta(days=2)
NEW_END = date(2031, 12, 31)


class Assembly:
    """A committee with a chair, a place for vice-chairs and three members, in its first term."""

    def __init__(self):
        self.committee = CommitteeFactory.create()
        self.secretary = user_with(Role.SECRETARY, self.committee)
        self.term = Term.objects.create(committee=self.committee, number=1, valid=date_range(BEGAN, ENDS))
        self.chair = self.position("chair", 1, 1)
        self.vice = self.position("vice_chair", 1, 2)
        self.firms = OrganisationFactory.create_batch(3)
        self.seats = [admit(self.committee, firm, on=BEGAN, by=self.secretary) for firm in self.firms]
        appointments.appoint(self.seats[0], self.chair, by=self.secretary, effective_on=BEGAN)

    def position(self, code, least, most):
        return Position.objects.create(
            committee=self.committee, code=code, title_en=code, holders_min=least, holders_max=most, rank=most
        )

    def announced(self):
        return reelection.announce(
            self.committee, by=self.secretary, announced_on=ELECTED, assembly_on=TODAY, announcement="Decision 3"
        )

    def nominated(self, slate=None):
        made = self.announced()
        slate = slate or {self.chair: self.seats[:2], self.vice: self.seats[1:]}
        reelection.draw_up(made, by=self.secretary, slate=slate)
        return reelection.close_slate(made, by=self.secretary)

    def result(self, made, *elected, by=None, on=ELECTED):
        return reelection.record_result(
            made,
            by=by or self.secretary,
            elected_on=on,
            term_ends_on=NEW_END,
            minutes="Minutes 9",
            elected={made.candidacies.get(position=position, seat=seat): person for position, seat, person in elected},
        )


@pytest.fixture
def assembly():
    return Assembly()


def holders(position, day):
    return set(Appointment.objects.current().on(day).filter(position=position).values_list("seat", flat=True))


def test_the_announcement_calls_the_committee_and_tells_its_people(assembly):
    representative = user_with(Role.REPRESENTATIVE, assembly.firms[0])
    stranger = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    made = assembly.announced()
    assembly.committee.refresh_from_db()
    assert assembly.committee.state == CommitteeState.RE_ELECTION_DUE
    assert Transition.objects.of(assembly.committee).last().effective_on == ELECTED
    assert Transition.objects.of(made).get().details == {"document": "Decision 3"}
    notice = Notification.objects.get(kind="re_election_announced")
    told = set(notice.deliveries.values_list("recipient", flat=True))
    assert told == {representative.pk, assembly.secretary.pk}
    assert stranger.pk not in told


def test_one_re_election_at_a_time(assembly):
    assembly.announced()
    with pytest.raises(ValidationError, match="under way already"):
        assembly.announced()


@pytest.mark.parametrize("state", [CommitteeState.PREPARATORY, CommitteeState.SUSPENDED, CommitteeState.DISSOLVED])
def test_only_a_committee_at_work_elects(state):
    committee = CommitteeFactory.create(state=state)
    with pytest.raises(ValidationError, match="at work"):
        reelection.announce(
            committee, by=user_with(Role.STAFF), announced_on=TODAY, assembly_on=TODAY, announcement="D"
        )


def test_the_slate_is_kept_as_it_is_left(assembly):
    made = assembly.announced()
    reelection.draw_up(made, by=assembly.secretary, slate={assembly.chair: assembly.seats[:2]})
    kept = made.candidacies.get(seat=assembly.seats[1])
    reelection.draw_up(
        made, by=assembly.secretary, slate={assembly.chair: assembly.seats[1:2], assembly.vice: assembly.seats[2:]}
    )
    assert set(made.candidacies.values_list("position", "seat")) == {
        (assembly.chair.pk, assembly.seats[1].pk),
        (assembly.vice.pk, assembly.seats[2].pk),
    }
    assert made.candidacies.get(seat=assembly.seats[1]) == kept


def test_who_has_left_does_not_stand(assembly):
    made = assembly.announced()
    seats.end(assembly.seats[2], by=assembly.secretary, effective_on=TODAY, how="resigned")
    with pytest.raises(ValidationError, match="has left"):
        reelection.draw_up(made, by=assembly.secretary, slate={assembly.vice: assembly.seats[2:]})
    stranger = admit(CommitteeFactory.create())
    with pytest.raises(ValidationError, match="has left"):
        reelection.draw_up(made, by=assembly.secretary, slate={assembly.vice: [stranger]})


def test_an_empty_slate_is_not_closed_and_a_closed_one_not_changed(assembly):
    made = assembly.announced()
    with pytest.raises(ValidationError, match="Nobody stands"):
        reelection.close_slate(made, by=assembly.secretary)
    reelection.draw_up(made, by=assembly.secretary, slate={assembly.chair: assembly.seats[:1]})
    reelection.close_slate(made, by=assembly.secretary)
    with pytest.raises(StateConflict):
        reelection.draw_up(made, by=assembly.secretary, slate={assembly.chair: assembly.seats[1:2]})
    reelection.reopen_slate(made, by=assembly.secretary)
    reelection.draw_up(made, by=assembly.secretary, slate={assembly.chair: assembly.seats[1:2]})
    assert made.candidacies.get().seat == assembly.seats[1]


def test_the_result_opens_the_term_and_ends_the_offices_of_the_old_one(assembly):
    person = PersonFactory.create()
    made = assembly.nominated()
    held = assembly.result(made, (assembly.chair, assembly.seats[1], person), (assembly.vice, assembly.seats[2], None))
    assembly.committee.refresh_from_db()
    assert (held.state, assembly.committee.state) == (ReElectionState.HELD, CommitteeState.ACTIVE)
    terms = list(assembly.committee.terms.values_list("number", "valid"))
    assert terms == [(1, date_range(BEGAN, ELECTED)), (2, date_range(ELECTED, date(2032, 1, 1)))]
    assert held.term.number == 2
    before = ELECTED - timedelta(days=1)
    assert (holders(assembly.chair, before), holders(assembly.chair, ELECTED)) == (
        {assembly.seats[0].pk},
        {assembly.seats[1].pk},
    )
    new = Appointment.objects.current().get(position=assembly.chair, seat=assembly.seats[1])
    assert (new.person, new.term) == (person, held.term)
    assert holders(assembly.vice, ELECTED) == {assembly.seats[2].pk}
    assert set(made.candidacies.filter(elected=True).values_list("seat", flat=True)) == {
        assembly.seats[1].pk,
        assembly.seats[2].pk,
    }
    assert Notification.objects.filter(kind="re_election_held").exists()
    moves = Transition.objects.of(assembly.seats[0]).values_list("move", flat=True)
    assert list(moves) == ["admit", "appoint", "end_appointment"]


def test_the_old_term_is_frozen_as_it_stood(assembly):
    own(assembly.firms[0], OwnershipType.CENTRAL_SOE, since=BEGAN)
    seats.end(assembly.seats[2], by=assembly.secretary, effective_on=date(2024, 1, 1), how="resigned")
    late = admit(assembly.committee, on=date(2025, 1, 1), by=assembly.secretary, voting=False)
    made = assembly.nominated({assembly.chair: assembly.seats[:1]})
    assembly.result(made, (assembly.chair, assembly.seats[0], None))
    frozen = {row.seat_id: row for row in SeatTerm.objects.filter(term=assembly.term)}
    assert len(frozen) == 4
    first = frozen[assembly.seats[0].pk]
    assert (first.ownership_type, first.offices, first.held) == (
        OwnershipType.CENTRAL_SOE,
        ["chair"],
        date_range(BEGAN, ELECTED),
    )
    assert frozen[assembly.seats[2].pk].held == date_range(BEGAN, date(2024, 1, 1))
    assert (frozen[late.pk].voting, frozen[late.pk].held) == (False, date_range(date(2025, 1, 1), ELECTED))
    assert assembly.committee.seats.get(pk=assembly.seats[0].pk).valid == date_range(BEGAN)
    with pytest.raises(InternalError), transaction.atomic():
        SeatTerm.objects.filter(pk=first.pk).update(voting=False)


def test_more_than_the_places_and_nobody_are_refused(assembly):
    made = assembly.nominated()
    with pytest.raises(ValidationError, match="only 1 places"):
        assembly.result(made, (assembly.chair, assembly.seats[0], None), (assembly.chair, assembly.seats[1], None))
    with pytest.raises(ValidationError, match="Say who was elected"):
        assembly.result(made)
    assert assembly.committee.terms.count() == 1
    assert not SeatTerm.objects.exists()


@pytest.mark.parametrize(("days", "message"), [(1, "in the future"), (-3, "after it was announced")])
def test_the_day_of_the_election(assembly, days, message):
    made = assembly.nominated()
    with pytest.raises(ValidationError, match=message):
        assembly.result(made, (assembly.chair, assembly.seats[0], None), on=TODAY + timedelta(days=days))


def test_an_office_given_since_the_election_is_in_the_way(assembly):
    made = assembly.nominated()
    appointments.appoint(assembly.seats[2], assembly.vice, by=assembly.secretary, effective_on=TODAY)
    with pytest.raises(ValidationError, match="take it back first"):
        assembly.result(made, (assembly.chair, assembly.seats[0], None))
    assert holders(assembly.chair, TODAY) == {assembly.seats[0].pk}


def test_of_two_who_record_one_is_told(assembly):
    made = assembly.nominated()
    stale = ReElection.objects.get(pk=made.pk)
    assembly.result(made, (assembly.chair, assembly.seats[0], None))
    with pytest.raises(StateConflict):
        reelection.record_result(
            stale,
            by=assembly.secretary,
            elected_on=ELECTED,
            term_ends_on=NEW_END,
            minutes="M",
            elected={Candidacy.objects.first(): None},
        )
    assert assembly.committee.terms.count() == 2


def test_calling_off_leaves_the_committee_due(assembly):
    made = assembly.announced()
    with pytest.raises(ValidationError, match="Give the reason"):
        reelection.call_off(made, by=assembly.secretary, reason=" ")
    reelection.call_off(made, by=assembly.secretary, reason="No quorum")
    assembly.committee.refresh_from_db()
    assert assembly.committee.state == CommitteeState.RE_ELECTION_DUE
    assert Notification.objects.get(kind="re_election_called_off").context["reason"] == "No quorum"
    assert assembly.announced().is_open


@pytest.mark.parametrize("role", [Role.CHAIR, Role.LEADER])
def test_only_who_keeps_the_committee_holds_it(assembly, role):
    other = user_with(role, assembly.committee if role == Role.CHAIR else None)
    with pytest.raises(PermissionDenied):
        reelection.announce(assembly.committee, by=other, announced_on=TODAY, assembly_on=TODAY, announcement="D")
    made = assembly.nominated()
    with pytest.raises(PermissionDenied):
        assembly.result(made, (assembly.chair, assembly.seats[0], None), by=other)


def test_two_terms_running_are_said(assembly, django_assert_num_queries):
    person = PersonFactory.create()
    first = assembly.nominated({assembly.chair: assembly.seats[:2], assembly.vice: assembly.seats[2:]})
    assembly.result(first, (assembly.chair, assembly.seats[0], None), (assembly.vice, assembly.seats[2], person))
    second = reelection.announce(
        assembly.committee, by=assembly.secretary, announced_on=TODAY, assembly_on=TODAY, announcement="D"
    )
    reelection.draw_up(
        second, by=assembly.secretary, slate={assembly.chair: assembly.seats[:2], assembly.vice: assembly.seats[2:]}
    )
    candidacies = list(second.candidacies.select_related("seat"))
    with django_assert_num_queries(2):
        limited = at_the_limit(assembly.committee, candidacies)
    assert limited == {each.pk for each in candidacies if each.seat_id == assembly.seats[0].pk}


def test_a_re_election_is_not_taken_back_in_part(assembly):
    made = assembly.nominated()
    assembly.result(made, (assembly.chair, assembly.seats[1], None))
    for recording in Recording.objects.filter(kind__in=["re_elect", "elect"]):
        with pytest.raises(ValidationError, match="election"):
            take_back(recording, by=assembly.secretary)
