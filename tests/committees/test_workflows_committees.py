"""A committee is created or recorded, described, and moves through its life on evidence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from committees.enums import CommitteeState as State
from committees.enums import TitleSet
from committees.models import Committee, Seat
from committees.positions import OFFICES
from committees.querysets import state_on
from committees.tasks import call_re_elections
from committees.workflows import committees, offices
from committees.workflows.lifecycle import Evidence, Filed, History, flow
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.db import date_range
from tests.factories import CommitteeFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 1)
#: Voting members without whom the usual rules let no committee be established.
FOUNDERS = 10
NAMES = {"name_en": "Testing Committee", "name_zh_hans": "测试工作委员会", "name_ru": "Комитет испытаний"}


def create(state=State.PROPOSED, *, by=None, since=DAY, slug="testing", title_set=TitleSet.COUNCIL, **history):
    return committees.create(
        by=by or user_with(Role.STAFF),
        slug=slug,
        history=History(state=state, since=since, **history),
        sector="materials",
        title_set=title_set,
        **NAMES,
    )


def evidence(day=DAY, **fields):
    return Evidence(effective_on=day, **fields)


def states(committee):
    rows = Transition.objects.of(committee).order_by("effective_on", "id")
    return [(row.from_state, row.to_state, row.effective_on) for row in rows]


def test_a_proposal_starts_with_its_offices_titled_in_three_languages():
    committee = create(document="Letter 12")
    chair = committee.positions.get(code="chair")
    assert [chair.title_en, chair.title_zh_hans, chair.title_ru] == ["Chair", "理事长", "Председатель"]
    assert (chair.holders_min, chair.holders_max) == (1, 1)
    assert committee.positions.count() == len(OFFICES)
    assert states(committee) == [("", "proposed", DAY)]
    assert Transition.objects.of(committee).get().details == {"document": "Letter 12"}


@pytest.mark.parametrize(
    ("title_set", "chair"),
    [(TitleSet.DIRECTOR, "主任委员"), (TitleSet.PRESIDENT, "会长"), (TitleSet.COUNCIL, "理事长")],
)
def test_the_title_set_names_the_chair(title_set, chair):
    assert create(title_set=title_set).positions.get(code="chair").title_zh_hans == chair


def test_an_existing_committee_is_recorded_with_what_is_known_of_its_past():
    filings = (
        Filed(recipient="SCO Secretariat", filed_on=date(2022, 6, 1), document="F-1"),
        Filed(recipient="SCO Business Council", filed_on=date(2022, 5, 10)),
    )
    committee = create(
        State.RE_ELECTION_DUE,
        established_on=date(2022, 3, 4),
        filings=filings,
        term_number=1,
        term_begins_on=date(2022, 3, 4),
        term_ends_on=date(2024, 9, 3),
    )
    assert states(committee) == [
        ("", "established", date(2022, 3, 4)),
        ("established", "active", date(2022, 5, 10)),
        ("active", "re_election_due", DAY),
    ]
    term = committee.terms.get()
    assert (term.valid.lower, term.valid.upper) == (date(2022, 3, 4), date(2024, 9, 4))
    assert committee.filings.count() == 2
    past = [state_on(committee, day) for day in (date(2022, 1, 1), date(2022, 4, 1), date(2023, 1, 1), DAY)]
    assert past == ["", "established", "active", "re_election_due"]


def test_a_committee_recorded_as_active_knows_its_foundation_only_where_it_is_given():
    assert states(create(State.ACTIVE)) == [("", "active", DAY)]
    other = create(State.ACTIVE, slug="other", established_on=date(2023, 1, 1))
    assert states(other) == [("", "established", date(2023, 1, 1)), ("established", "active", DAY)]


@pytest.mark.parametrize(
    ("history", "field"),
    [
        ({"since": date(2999, 1, 1)}, "since"),
        ({"state": State.ACTIVE, "established_on": date(2024, 4, 1)}, "established_on"),
        ({"filings": (Filed(recipient="x", filed_on=date(2999, 1, 1)),)}, "filed_on"),
        (
            {"term_number": 1, "term_begins_on": date(2024, 2, 1), "term_ends_on": date(2024, 1, 1)},
            "term_ends_on",
        ),
    ],
)
def test_an_impossible_past_is_refused(history, field):
    with pytest.raises(ValidationError) as refusal:
        create(**history)
    assert list(refusal.value.message_dict) == [field]
    assert not Committee.objects.exists()


def test_an_address_taken_is_explained():
    create()
    with pytest.raises(ValidationError) as refusal:
        create()
    assert refusal.value.message_dict == {"slug": ["Committee with this Address in the portal already exists."]}


@pytest.mark.parametrize("role", [Role.LEADER, Role.REPRESENTATIVE])
def test_only_the_secretariat_creates_committees(role):
    scope = admit(CommitteeFactory.create()).organisation if role is Role.REPRESENTATIVE else None
    with pytest.raises(PermissionDenied):
        create(by=user_with(role, scope))


def test_from_proposal_to_the_second_term():
    staff = user_with(Role.STAFF)
    committee = create(by=staff)
    steps = [
        ("prepare", evidence(document="D-1", deadline=date(2024, 9, 1)), State.PREPARATORY),
        ("hand_in", evidence(), State.UNDER_REVIEW),
        ("return", evidence(reason="Budget is missing"), State.RETURNED),
        ("hand_in", evidence(), State.UNDER_REVIEW),
        ("approve", evidence(document="D-2"), State.APPROVED),
        ("establish", evidence(document="Minutes", term_ends_on=date(2026, 2, 28)), State.ESTABLISHED),
        ("activate", evidence(recipient="SCO Secretariat", document="F-1"), State.ACTIVE),
        ("call_re_election", evidence(date(2025, 9, 1)), State.RE_ELECTION_DUE),
        (
            "postpone",
            evidence(date(2025, 10, 1), document="D-3", term_ends_on=date(2026, 8, 31)),
            State.RE_ELECTION_DUE,
        ),
        ("re_elect", evidence(date(2026, 4, 1), document="D-4", term_ends_on=date(2031, 3, 31)), State.ACTIVE),
        ("suspend", evidence(date(2026, 5, 1), reason="Audit", review_on=date(2026, 8, 1)), State.SUSPENDED),
        ("resume", evidence(date(2026, 6, 1)), State.ACTIVE),
        ("dissolve", evidence(date(2026, 7, 1), document="D-5", reason="Merged"), State.DISSOLVED),
    ]
    for name, proof, state in steps:
        for _founder in range(FOUNDERS if name == "establish" else 0):
            admit(committee, by=staff, on=DAY)
        assert committees.advance(committee, name, by=staff, evidence=proof).state == state

    assert [(term.number, term.valid.lower, term.valid.upper) for term in committee.terms.all()] == [
        (1, DAY, date(2026, 4, 1)),
        (2, date(2026, 4, 1), date(2031, 4, 1)),
    ]
    committee.refresh_from_db()
    assert committee.established_on == DAY
    assert committee.filings.get().recipient == "SCO Secretariat"
    assert Transition.objects.of(committee).get(move="prepare").details == {
        "document": "D-1",
        "deadline": "2024-09-01",
    }
    assert committees.steps_for(committee, staff) == []


def test_every_step_asks_for_what_it_requires():
    for step in flow.moves.values():
        assert set(step.requires) <= set(step.asks), step.name
        assert str(step.label)


@pytest.mark.parametrize("name", ["prepare", "approve", "establish", "activate", "postpone", "suspend", "dissolve"])
def test_a_step_without_its_evidence_is_refused(name):
    committee = CommitteeFactory.create(state=next(iter(flow.moves[name].sources)))
    with pytest.raises(ValidationError) as refusal:
        committees.advance(committee, name, by=user_with(Role.STAFF), evidence=evidence())
    assert next(iter(refusal.value.message_dict)) in flow.moves[name].requires
    assert not Transition.objects.exists()


def test_a_step_that_is_not_possible_now_names_who_moved_the_committee():
    staff = user_with(Role.STAFF, name="Wang Fang")
    committee = create(by=staff)
    seen_before = Committee.objects.get(pk=committee.pk)
    committees.advance(committee, "prepare", by=staff, evidence=evidence(document="D-1"))
    with pytest.raises(StateConflict, match="Wang Fang changed the state to “preparatory group”"):
        committees.advance(seen_before, "prepare", by=user_with(Role.STAFF), evidence=evidence(document="D-1"))


def test_steps_follow_each_other_in_time_and_never_lie_ahead():
    staff = user_with(Role.STAFF)
    committee = create(by=staff)
    with pytest.raises(ValidationError, match="took effect on 2024-03-01"):
        committees.advance(committee, "prepare", by=staff, evidence=evidence(DAY - timedelta(days=1), document="D"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="in the future"):
        committees.advance(committee, "prepare", by=staff, evidence=evidence(tomorrow, document="D"))
    with pytest.raises(KeyError):
        committees.advance(committee, "leap", by=staff, evidence=evidence())


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR])
def test_officers_of_the_committee_do_not_move_it(role):
    committee = create()
    officer = user_with(role, committee)
    with pytest.raises(PermissionDenied):
        committees.advance(committee, "prepare", by=officer, evidence=evidence(document="D"))
    assert committees.steps_for(committee, officer) == []
    assert [step.name for step in committees.steps_for(committee, user_with(Role.LEADER))] == [
        "prepare",
        "reject",
        "dissolve",
    ]


def test_members_leave_with_the_committee():
    committee, secretary = committee_with_secretary()
    seats = [admit(committee, on=DAY, by=secretary) for _ in range(3)]
    before = Transition.objects.about(Seat).count()
    committees.advance(
        committee,
        "dissolve",
        by=user_with(Role.STAFF),
        evidence=evidence(date(2024, 6, 1), document="D", reason="Merged"),
    )
    ended = Seat.objects.filter(pk__in=[seat.pk for seat in seats])
    assert {(seat.valid.upper, seat.ended_as) for seat in ended} == {(date(2024, 6, 1), "lapsed")}
    assert Transition.objects.about(Seat).count() == before + 3


def test_a_dissolution_before_the_last_admission_is_refused_as_a_whole():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=DAY, by=secretary)
    with pytest.raises(ValidationError, match=str(seat.organisation)):
        committees.advance(
            committee, "dissolve", by=user_with(Role.STAFF), evidence=evidence(DAY, document="D", reason="Merged")
        )
    committee.refresh_from_db()
    assert committee.state == State.ACTIVE


@pytest.mark.parametrize(
    ("ends_on", "message"), [(date(2026, 2, 28), "ends on 2026-02-28 so far"), (date(2027, 3, 2), "within one year")]
)
def test_a_re_election_is_postponed_by_a_year_at_most(ends_on, message):
    staff = user_with(Role.STAFF)
    committee = create(
        State.RE_ELECTION_DUE, by=staff, term_number=2, term_begins_on=DAY, term_ends_on=date(2026, 2, 28)
    )
    with pytest.raises(ValidationError, match=message):
        committees.advance(
            committee, "postpone", by=staff, evidence=evidence(date(2026, 1, 1), document="D", term_ends_on=ends_on)
        )


def test_a_re_election_is_postponed_once():
    staff = user_with(Role.STAFF)
    committee = create(
        State.RE_ELECTION_DUE, by=staff, term_number=2, term_begins_on=DAY, term_ends_on=date(2026, 2, 28)
    )
    for number, ends_on in enumerate([date(2026, 5, 31), date(2026, 7, 31)]):
        proof = evidence(date(2026, 1, 1), document="D", term_ends_on=ends_on)
        if number:
            with pytest.raises(ValidationError, match="postponed already"):
                committees.advance(committee, "postpone", by=staff, evidence=proof)
        else:
            committees.advance(committee, "postpone", by=staff, evidence=proof)


@pytest.mark.parametrize(
    ("days_left", "state", "called"),
    [
        (183, State.ACTIVE, True),
        (184, State.ACTIVE, False),
        (-30, State.ACTIVE, True),
        (0, State.SUSPENDED, False),
        (0, State.RE_ELECTION_DUE, False),
    ],
)
def test_a_re_election_falls_due_half_a_year_before_the_term_ends(days_left, state, called):
    last_day = timezone.localdate() + timedelta(days=days_left)
    committee = CommitteeFactory.create(state=state)
    committee.terms.create(number=1, valid=date_range(date(2015, 1, 1), date(2020, 1, 1)))
    committee.terms.create(number=2, valid=date_range(date(2020, 1, 1), last_day + timedelta(days=1)))
    assert committees.call_due_re_elections() == called
    assert committees.call_due_re_elections() == 0

    committee.refresh_from_db()
    told = Transition.objects.of(committee)
    assert committee.state == (State.RE_ELECTION_DUE if called else state)
    assert [(row.by, row.details) for row in told] == [(None, {"term_ends_on": str(last_day)})] * called


def test_a_committee_whose_term_is_open_or_unknown_is_left_alone():
    CommitteeFactory.create()
    CommitteeFactory.create().terms.create(number=1, valid=date_range(date(2015, 1, 1)))
    call_re_elections()
    assert not Transition.objects.exists()


def test_a_description_is_changed_by_who_keeps_the_committee():
    committee, secretary = committee_with_secretary()
    seen = committees.version(committee)
    committees.describe(committee, by=secretary, seen=seen, mandate_en="New mandate", name_ru="Новое имя")
    committee.refresh_from_db()
    assert (committee.mandate_en, committee.name_ru) == ("New mandate", "Новое имя")
    assert "новое" in committee.search_key
    with pytest.raises(PermissionDenied):
        committees.describe(
            committee,
            by=user_with(Role.CHAIR, committee),
            seen=committees.version(committee),
            mandate_en="The chair's words",
        )


def test_a_text_written_over_a_newer_one_is_refused():
    committee, secretary = committee_with_secretary()
    seen = committees.version(committee)
    committees.describe(committee, by=secretary, seen=seen, mandate_en="First")
    with pytest.raises(StateConflict, match="Somebody else has changed this description"):
        committees.describe(committee, by=user_with(Role.STAFF), seen=seen, mandate_en="Second")
    committee.refresh_from_db()
    assert committee.mandate_en == "First"


def test_the_state_is_no_part_of_a_description():
    committee, secretary = committee_with_secretary()
    with pytest.raises(TypeError, match="state"):
        committees.describe(committee, by=secretary, seen=committees.version(committee), state="dissolved")


def test_terms_do_not_overlap_and_end_after_they_begin():
    committee, secretary = committee_with_secretary()
    first = offices.save_term(committee, by=secretary, number=1, begins_on=DAY, ends_on=date(2026, 2, 28))
    assert first.valid.upper == date(2026, 3, 1)
    with pytest.raises(ValidationError, match="covers some of these days"):
        offices.save_term(committee, by=secretary, number=2, begins_on=date(2026, 2, 1), ends_on=None)
    with pytest.raises(ValidationError, match="term of this number"):
        offices.save_term(committee, by=secretary, number=1, begins_on=date(2026, 3, 1), ends_on=None)
    with pytest.raises(ValidationError, match="ends before it begins"):
        offices.save_term(committee, by=secretary, number=2, begins_on=DAY, ends_on=DAY - timedelta(days=1))
    offices.save_term(committee, by=secretary, number=1, begins_on=DAY, ends_on=date(2025, 2, 28), term=first)
    assert committee.terms.get().valid.upper == date(2025, 3, 1)


def test_a_filing_with_the_same_recipient_is_corrected_not_doubled():
    committee, secretary = committee_with_secretary()
    offices.save_filing(committee, by=secretary, recipient="SCO Secretariat", filed_on=DAY)
    offices.save_filing(committee, by=secretary, recipient="SCO Secretariat", filed_on=date(2024, 3, 5), document="F")
    assert committee.filings.get().document == "F"
    with pytest.raises(PermissionDenied):
        offices.save_filing(committee, by=user_with(Role.CHAIR, committee), recipient="x", filed_on=DAY)
