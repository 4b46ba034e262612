"""Cells of a spreadsheet pasted into the roster: what they mean, what is shown first, and what is saved at once."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from committees.models import Seat
from committees.workflows import appointments, seats
from members.models import Representative
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range
from tests.factories import OrganisationFactory, PersonFactory, admit, committee_with_secretary

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2024, 1, 10), date(2024, 3, 1)


@pytest.fixture
def kept(client):
    """(committee, secretary, seats of A, B and C), the secretary signed in."""
    committee, secretary = committee_with_secretary()
    committee.positions.create(
        code="chair", title_en="Chair", title_zh_hans="主任委员", title_ru="Председатель", rank=1, holders_max=1
    )
    client.force_login(secretary)
    members = [
        admit(committee, OrganisationFactory.create(name_en=f"{name} Company"), on=JANUARY, by=secretary)
        for name in "ABC"
    ]
    return committee, secretary, members


def cell(seat, field, text, column="A column"):
    offices = appointments.of_seat(seat).values_list("pk", flat=True)
    version = ".".join(map(str, [seat.periods.current().get(exit="").pk, *sorted(offices)]))
    return {"seat": seat.pk, "version": version, "field": field, "column": column, "text": text}


def paste(client, committee, *cells, **options):
    data = {"cells": json.dumps(cells), "effective_on": MARCH.isoformat()} | options
    return client.post(reverse("committees:roster-paste", args=[committee.slug]), data)


def roles():
    return list(Seat.objects.order_by("pk").values_list("functional_role", flat=True))


@pytest.mark.parametrize(
    ("field", "texts", "value"),
    [
        ("functional_role", ["Lead", "lead", " LEAD ", "引领", "Ведущая"], "lead"),
        ("chain_role", ["Trade", "trade", "Торговля"], "trade"),
        ("voting", ["No", "no"], False),
    ],
)
def test_words_of_every_language_are_understood(client, kept, field, texts, value):
    committee, _secretary, members = kept
    for text in texts:
        answer = paste(client, committee, cell(members[0], field, text))
        assert "1 cell would change" in answer.text, text
        assert 'class="msg"' not in answer.text, text
    paste(client, committee, cell(members[0], field, texts[-1]), save="1")
    assert getattr(Seat.objects.get(pk=members[0].pk), field) == value


def test_nothing_is_written_before_it_is_saved_and_then_as_one_recording(client, kept):
    committee, secretary, members = kept
    before = Recording.objects.count()
    cells = [
        cell(seat, field, text) for seat in members for field, text in [("functional_role", "Lead"), ("voting", "No")]
    ]
    shown = paste(client, committee, *cells)
    assert "Save 6 cells" in shown.text
    assert "A Company" in shown.text
    assert (roles(), Recording.objects.count()) == (["none"] * 3, before)
    saved = paste(client, committee, *cells, save="1", document="Minutes 7")
    assert "6 cells saved." in saved.text
    assert saved.text.count("<tr") == 3
    assert roles() == ["lead"] * 3
    assert Recording.objects.count() == before + 1
    for seat in members:
        # One transition for each row, however many of its cells were pasted.
        last = Transition.objects.of(seat).last()
        assert Transition.objects.of(seat).count() == 2
        assert (last.by, last.effective_on, last.details["document"]) == (secretary, MARCH, "Minutes 7")
    undo = re.search(r'action="([^"]+)"', saved.text)[1]
    taken_back = client.post(undo)
    assert taken_back.text.count("<tr") == 3
    assert roles() == ["none"] * 3


def test_what_cannot_be_set_is_told_and_left_out(client, kept):
    committee, secretary, (first, second, third) = kept
    chair = committee.positions.get()
    appointments.appoint(third, chair, by=secretary, effective_on=JANUARY)
    stranger = PersonFactory.create()
    cells = [
        cell(first, "functional_role", "King"),
        cell(first, "representative", str(stranger.pk)),
        cell(first, "voting", ""),
        cell(first, "chain_role", "Trade"),
        cell(second, "position", "Chair"),
        cell(third, "", "Somewhere", column="Country"),
        cell(third, "functional_role", "None"),
        cell(first, "voting", "No") | {"seat": 0},
    ]
    shown = paste(client, committee, *cells)
    for message in (
        "1 cell would change",
        "This is none of the choices.",
        "This field is required.",
        "Chair: C Company holds it on these days.",
        "This column is not edited here.",
        "This row is not on the roster.",
    ):
        assert message in shown.text, message
    assert shown.text.count('<th scope="row">') == 7
    assert "1 cell saved." in paste(client, committee, *cells, save="1").text
    assert Seat.objects.get(pk=first.pk).chain_role == "trade"


def test_people_and_offices_are_known_by_their_names(client, kept):
    committee, secretary, (first, second, _third) = kept
    person = PersonFactory.create(name="Дана", name_latin="Dana")
    Representative.objects.create(organisation=first.organisation, person=person, valid=date_range(JANUARY))
    appointments.appoint(second, committee.positions.get(), by=secretary, effective_on=JANUARY)
    cells = [cell(first, "representative", "dana"), cell(second, "position", "单位会员")]
    assert "2 cells saved." in paste(client, committee, *cells, save="1").text
    assert "1 cell saved." in paste(client, committee, cell(first, "position", "председатель"), save="1").text
    assert Seat.objects.get(pk=first.pk).representative == person
    assert [held.seat for held in committee.positions.get().appointments.current().on(MARCH)] == [first]


def test_a_row_that_somebody_changed_is_left_out(client, kept):
    committee, secretary, (first, second, _third) = kept
    cells = [cell(first, "functional_role", "Lead"), cell(second, "functional_role", "Lead")]
    seats.change(first, by=secretary, effective_on=MARCH, functional_role="support")
    shown = paste(client, committee, *cells)
    assert "Somebody has changed this row in the meantime" in shown.text
    assert "Save 1 cell" in shown.text
    paste(client, committee, *cells, save="1")
    assert roles() == ["support", "lead", "none"]


def test_what_is_the_same_is_no_change(client, kept):
    committee, _secretary, (first, *_others) = kept
    answer = paste(client, committee, cell(first, "functional_role", "None"), cell(first, "chain_role", "–"))
    assert "0 cells would change" in answer.text
    assert "data-paste-save" not in answer.text
    assert paste(client, committee, cell(first, "functional_role", "None"), save="1").status_code == 200


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("", "This field is required"),
        ("[", "Enter a valid JSON"),
        ("{}", "This field is required"),
        ("7", "Nothing was pasted that could be read"),
        ('[{"seat": "x"}]', "Nothing was pasted that could be read"),
        (json.dumps([{"seat": 1, "version": "", "field": "", "column": "", "text": ""}] * 2001), "At most 2000 cells"),
        ('[{"seat": 99999999999999999999, "version": "", "field": "", "column": "", "text": "\\u0000"}]', None),
    ],
)
def test_what_is_no_paste_is_explained(client, kept, cells, message):
    committee = kept[0]
    answer = client.post(
        reverse("committees:roster-paste", args=[committee.slug]), {"cells": cells, "effective_on": "2024-03-01"}
    )
    assert answer.status_code == (422 if message else 200)
    assert (message or "This row is not on the roster.") in answer.text


@pytest.mark.parametrize("day", ["01.03.2024", "2999-01-01"])
def test_the_day_is_checked(client, kept, day):
    committee, _secretary, (first, *_others) = kept
    answer = paste(client, committee, cell(first, "functional_role", "Lead"), effective_on=day)
    assert re.search("Write the day as year|lies in the future", answer.text)
    assert roles()[0] == "none"
