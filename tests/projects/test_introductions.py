"""Entrepreneurs first, investment second: the pipeline, who works on it, and what it adds up to."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from members.enums import OrganisationKind
from projects.introductions.enums import EXITS, WAY, Step
from projects.introductions.funnel import by_district, funnel
from projects.introductions.models import Assessment, Entrepreneur, Introduction
from projects.introductions.workflows import entrepreneurs, introductions
from projects.models import Project
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Reading, Transition
from temp_portal.audit.workflow import StateConflict
from tests.factories import MoneyEventFactory, OrganisationFactory, PersonFactory, ProjectFactory, user_with
from tests.factories import committee_with_secretary as kept_committee
from tests.factories.introductions import FIRST_DAY, introduced, walked

pytestmark = pytest.mark.django_db


def days(*offsets):
    return [FIRST_DAY + timedelta(days=each) for each in offsets]


def district():
    return OrganisationFactory.create(kind=OrganisationKind.LOCAL_GOVERNMENT)


def test_a_landing_needs_evidence_and_the_payment_of_its_project():
    committee, secretary = kept_committee()
    made = walked(introduced(by=secretary, committee=committee), Step.REGISTERED, by=secretary, days=days(*range(6)))
    with pytest.raises(ValidationError, match="evidence"):
        introductions.land(made, by=secretary, effective_on=days(9)[0], landed_by="production", evidence=" ")
    with pytest.raises(ValidationError, match="evidence"):
        introductions.move(made, "to_landed", by=secretary, effective_on=days(9)[0])
    paid = MoneyEventFactory.create(kind="disbursed")
    committed = MoneyEventFactory.create(project=paid.project, kind="committed")
    paid.project.sponsorships.create(committee=committee)
    introductions.link(made, by=secretary, project=paid.project)
    landing = {"by": secretary, "effective_on": days(9)[0], "landed_by": "disbursement", "evidence": "Slip 7"}
    for event in (None, committed):
        with pytest.raises(ValidationError):
            introductions.land(made, event=event, **landing)
    landed = introductions.land(made, event=paid, **landing)
    assert (landed.state, landed.landing_event) == (Step.LANDED, paid)
    with pytest.raises(ValidationError, match="link stands"):
        introductions.link(landed, by=secretary, project=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Introduction.objects.filter(pk=landed.pk).update(landing_evidence="")


def test_steps_come_in_order_exits_have_reasons_and_no_day_runs_back():
    committee, secretary = kept_committee()
    made = introduced(by=secretary, committee=committee)
    with pytest.raises(StateConflict):
        introductions.move(made, "to_idea", by=secretary, effective_on=FIRST_DAY)
    with pytest.raises(ValidationError, match="2026-01-05"):
        introductions.move(made, "to_contacted", by=secretary, effective_on=date(2026, 1, 4))
    with pytest.raises(ValidationError, match="Say why"):
        introductions.move(made, "decline", by=secretary, effective_on=FIRST_DAY)
    gone = introductions.move(made, "decline", by=secretary, effective_on=FIRST_DAY, reason="No plans abroad")
    again = introductions.move(gone, "take_up", by=secretary, effective_on=FIRST_DAY, reason="New board")
    assert again.state == Step.CONTACTED
    back = introductions.move(again, "back_to_identified", by=secretary, effective_on=FIRST_DAY, reason="Wrong firm")
    assert back.state == Step.IDENTIFIED
    assert Transition.objects.of(back).count() == 4


def test_each_keeps_the_own_district_or_committee():
    committee, secretary = kept_committee()
    place, elsewhere = district(), district()
    officer, other = user_with(Role.DISTRICT_OFFICER, place), user_with(Role.DISTRICT_OFFICER, elsewhere)
    chair, leader = user_with(Role.CHAIR, committee), user_with(Role.LEADER)
    by_officer = introduced(by=officer, district=place, by_organisation=place)
    both = introduced(by=secretary, committee=committee, district=place)
    seen = {each: set(Introduction.objects.visible_to(each)) for each in (officer, other, secretary, chair, leader)}
    assert seen == {
        officer: {by_officer, both},
        other: set(),
        secretary: {both},
        chair: {both},
        leader: {by_officer, both},
    }
    for reader in (chair, leader, other):
        with pytest.raises(PermissionDenied):
            introductions.move(both, "to_contacted", by=reader, effective_on=FIRST_DAY)
    with pytest.raises(ValidationError, match="own district"):
        introduced(by=officer, district=elsewhere, by_organisation=place)
    assert not Entrepreneur.objects.visible_to(other).exists()


def test_assessments_are_added_and_never_changed():
    committee, secretary = kept_committee()
    person = introduced(by=secretary, committee=committee).entrepreneur
    judge = {"by": secretary, "criterion": "brand", "evidence": "Sold in nine countries"}
    entrepreneurs.assess(person, score=2, assessed_on=date(2026, 2, 1), **judge)
    entrepreneurs.assess(person, score=4, assessed_on=date(2026, 3, 1), **judge)
    assert Entrepreneur.objects.with_scores().get(pk=person.pk).brand == 4
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Assessment.objects.filter(score=2).update(score=5)
    with pytest.raises(ValidationError):
        entrepreneurs.assess(person, score=6, assessed_on=date(2026, 3, 1), **judge)


def test_money_counts_once_a_district_and_its_kinds_stay_apart():
    committee, secretary = kept_committee()
    place, staff = district(), user_with(Role.STAFF)
    paid = MoneyEventFactory.create(kind="disbursed", amount=5, currency="CNY")
    MoneyEventFactory.create(project=paid.project, kind="committed", amount=9, currency="CNY")
    for _each in range(2):
        made = introduced(by=secretary, committee=committee, district=place)
        introductions.link(made, by=staff, project=paid.project)
    (row,) = by_district(Introduction.objects.all(), Project.objects.money_visible_to(staff))
    assert [(each["kind"], each["total"]) for each in row.money] == [
        ("committed", Decimal(9)),
        ("disbursed", Decimal(5)),
    ]
    (hidden,) = by_district(Introduction.objects.all(), Project.objects.money_visible_to(secretary))
    assert (hidden.total, list(hidden.money)) == (2, [])


class FunnelAgainstCounting(TestCase):
    """The statement agrees with counting each course by hand."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20)), max_size=9), max_size=5))
    def test_it_agrees(self, courses):
        committee, secretary = kept_committee()
        told = [self.walk(introduced(by=secretary, committee=committee), secretary, course) for course in courses]
        for index, stage in enumerate(funnel(Introduction.objects.all())):
            reached = [moves for moves in told if any(s in WAY and WAY.index(s) >= index for s, _day in moves)]
            assert stage.reached == len(reached)
            assert stage.here == sum(moves[-1][0] == stage.step for moves in told)
            assert stage.left == sum(
                moves[-1][0] in EXITS and len(moves) > 1 and moves[-2][0] == stage.step for moves in told
            )
            spans = [
                (later[1] - one[1]).days
                for moves in told
                for one, later in pairwise(moves)
                if one[0] == stage.step and later[0] in WAY and WAY.index(later[0]) == index + 1
            ]
            assert stage.days == (Decimal(str(float(median(spans)))) if spans else None)

    def walk(self, made, by, course):
        """Moves forward (0), back (1) or out (2), where possible; gives the states with their days."""
        day, moves = FIRST_DAY, [(Step.IDENTIFIED, FIRST_DAY)]
        for kind, pause in course:
            names = [each.name for each in introductions.FLOW.available(made, by) if each.name != "to_landed"]
            wanted = {0: ("to_", "take_up"), 1: ("back_",), 2: ("decline",)}[kind]
            name = next((each for each in names if each.startswith(wanted)), None)
            if name:
                day += timedelta(days=pause)
                made = introductions.move(made, name, by=by, effective_on=day, reason="Because")
                moves.append((Step(made.state), day))
        return moves


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_board_cost_the_same_for_one_and_three(client, django_assert_num_queries, rows):
    committee, secretary = kept_committee()
    for _each in range(rows):
        somebody = entrepreneurs.enter(by=secretary, person=PersonFactory.create())
        introduced(by=secretary, committee=committee, district=district(), entrepreneur=somebody)
    client.force_login(secretary)
    for page, queries in (("", 8), ("board/", 6), ("funnel/", 8), ("entrepreneurs/", 6)):
        with django_assert_num_queries(queries):
            assert client.get(f"/introductions/{page}").status_code == 200, page
    assert Reading.objects.filter(reader=secretary, place="/introductions/board/").count() == 1


def test_the_forms_walk_from_the_first_word_to_the_landing(client):
    committee, secretary = kept_committee()
    place = district()
    client.force_login(secretary)
    first = {
        "name": "Лю Вэй",
        "district": place.pk,
        "committee": committee.pk,
        "by_committee": committee.pk,
        "effective_on": "2026-01-05",
    }
    refused = client.post("/introductions/new/", first | {"by_organisation": place.pk})
    assert "Say who introduced" in refused.content.decode()
    assert "Лю Вэй" in refused.content.decode()
    assert not Entrepreneur.objects.exists()
    made_at = client.post("/introductions/new/", first)["Location"]
    made = Introduction.objects.get()
    assert client.get(made_at).status_code == 200
    for step in WAY[1:-1]:
        assert client.post(f"{made_at}to_{step.value}/", {"effective_on": "2026-02-01"}).status_code == 302
    project = ProjectFactory.create(code="TEMP-7")
    assert "no project “TEMP-8”" in client.post(f"{made_at}project/", {"code": "TEMP-8"}).content.decode()
    assert client.post(f"{made_at}project/", {"code": "temp-7"}).status_code == 302
    landing = {"effective_on": "2026-03-01", "landed_by": "production", "evidence": "Protocol 3"}
    assert client.post(f"{made_at}to_landed/", landing).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.project) == (Step.LANDED, project)
    assert client.post(f"{made_at}to_landed/", landing).status_code == 409
    assert client.post(f"{made_at}no_such_move/", landing).status_code == 404
    assess = {"criterion": "brand", "score": "5", "evidence": "Nine countries", "assessed_on": "2026-02-02"}
    assert client.post(f"{made.entrepreneur.get_absolute_url()}assess/", assess).status_code == 302
    again = first | {"district_name": "", "source": "Round table"}
    assert client.post(f"{made.entrepreneur.get_absolute_url()}introduce/", again).status_code == 302
    page = client.get(made.entrepreneur.get_absolute_url()).content.decode()
    assert "5 very strong" in page
    assert client.get("/introductions/?reached=idea&left_from=idea").status_code == 200
    rows = client.get("/introductions.csv?reached=landed").getvalue().decode()
    assert "Лю Вэй" in rows
    assert client.get(f"/introductions/pick-person/?q={PersonFactory.create(name='Zhao Lei').name}").json() == []
