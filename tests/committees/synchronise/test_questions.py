"""Rows that ask for an answer: unknown, doubtful, double, rejected, and members whom the file does not name."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import Appointment
from committees.synchronisation.plan import Group
from members.models import Organisation
from tests.committees.synchronising import (
    cells,
    compared,
    counts,
    csv_of,
    entries,
    members,
    roster,
    row,
    seat_of,
    send,
)
from tests.factories import OrganisationFactory
from tests.factories.web import text

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)


def test_who_is_missing_leaves_only_when_one_says_so(client, world):
    committee, secretary, firms = world
    made = compared(committee, csv_of([row("三禾冷链有限公司")]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 1, "left": 2}
    # The box changes what is written: it is shown first, with the number on the button.
    send(client, made, apply="1", leave_missing="on", leave_as="lapsed")
    made.refresh_from_db()
    assert made.state == "compared"
    assert len(roster(committee, NOVEMBER)) == 3
    assert "Apply 2 changes" in text(client.get(made.get_absolute_url()))
    send(client, made, apply="1", leave_missing="on", leave_as="lapsed")
    assert roster(committee, NOVEMBER) == {firms[2].pk}
    assert seat_of(firms[0]).ended_as == "lapsed"
    assert not Appointment.objects.current().on(NOVEMBER).exists()


def test_unknown_rows_are_answered(client, world):
    committee, secretary, firms = world
    content = csv_of(members(row("Beichen Copper Group"), row("Nowhere Ltd"), row("Elsewhere Ltd"), row("Third Ltd")))
    made = compared(committee, content, by=secretary, on=NOVEMBER)
    unknown = entries(made, Group.UNKNOWN)
    assert [entry.row.name for entry in unknown] == [
        "Beichen Copper Group",
        "Nowhere Ltd",
        "Elsewhere Ltd",
        "Third Ltd",
    ]
    assert firms[3] in unknown[0].candidates
    other = OrganisationFactory.create()
    numbers = [entry.key for entry in unknown]
    send(
        client,
        made,
        check="1",
        **{
            f"row-{numbers[0]}": str(firms[3].pk),
            f"other-{numbers[1]}": str(other.pk),
            f"row-{numbers[2]}": "new",
            f"row-{numbers[3]}": "out",
        },
    )
    made.refresh_from_db()
    assert counts(made) == {"unchanged": 3, "joined": 3, "unknown": 1}
    assert made.choices[numbers[3]] == "out"
    send(client, made, apply="1")
    made.refresh_from_db()
    assert made.state == "applied", made.failure
    new = Organisation.objects.get(legal_name="Elsewhere Ltd")
    assert roster(committee, NOVEMBER) == {*(firm.pk for firm in firms), other.pk, new.pk}


def test_two_rows_for_one_organisation(client, world):
    committee, secretary, firms = world
    double = [row("渝岭矿业有限公司", 功能角色="支撑"), row("Yuling Mining", 功能角色="补充")]
    same = [row("远屿贸易有限公司"), row("Yuanyu Trade")]
    made = compared(committee, csv_of([*double, *same]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"ambiguous": 1, "unchanged": 1, "left": 1}
    key = f"use-{firms[0].pk}"
    send(client, made, check="1", **{key: "3"})
    made.refresh_from_db()
    (entry,) = entries(made, Group.CHANGED)
    assert cells(entry) == {"role": ("Spearhead", "Complement")}
    send(client, made, check="1", **{key: "out"})
    made.refresh_from_db()
    assert counts(made)["left"] == 1


def test_rejected_rows_are_a_file_with_reasons(client, world):
    committee, secretary, _firms = world
    bad = [row("远屿贸易有限公司", 职务="皇帝"), row("", 职务="会员", 功能角色="支撑")]
    bad.append(row("渝岭矿业有限公司", 入会时间="近日"))
    made = compared(committee, csv_of([*bad, row("Nobody Ltd"), row("三禾冷链有限公司")]), by=secretary, on=NOVEMBER)
    assert counts(made) == {"rejected": 3, "unknown": 1, "unchanged": 1}
    response = client.get(reverse("committees:synchronisation-rejected", args=["copper", made.pk]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Row,Reason,单位名称,职务,功能角色,入会时间"
    assert "“皇帝” is no position of this committee. It has: Chair, Vice-chair." in lines[1]
    assert "The row names no organisation." in lines[2]
    assert "入会时间: Not a date" in lines[3]
    assert "The organisation is not in the register." in lines[4]


def test_a_row_that_says_left_counts_as_missing(world):
    committee, secretary, _firms = world
    lines = [line | {"状态": "已离开" if line["单位名称"] == "Yuanyu Trade" else "在任"} for line in members()]
    made = compared(committee, csv_of(lines), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 2, "left": 1}


def test_the_comparison_is_a_file(client, world):
    committee, secretary, _firms = world
    content = csv_of([row("渝岭矿业有限公司", 功能角色="引领"), row("Nobody Ltd")])
    made = compared(committee, content, by=secretary, on=NOVEMBER)
    response = client.get(reverse("committees:synchronisation-comparison", args=["copper", made.pk]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Group,Row,Organisation,Value,Before,After,Note",
        "Unknown,3,Nobody Ltd,,,,",
        "Change,2,Yuling Mining,Functional role,Spearhead,Lead,",
        "Not in the file,,Yuanyu Trade,,,,",
        "Not in the file,,Sanhe Cold Chain,,,,",
    ]


def test_a_stranger_named_twice_is_put_into_the_register_once(client, world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members(row("Nobody Ltd"), row("NOBODY, Ltd."))), by=secretary, on=NOVEMBER)
    assert counts(made) == {"unchanged": 3, "unknown": 1, "rejected": 1}
    send(client, made, check="1", **{"row-5": "new"})
    send(client, made, apply="1")
    assert Organisation.objects.filter(legal_name__iexact="nobody ltd").count() == 1


def test_one_answer_for_all_whom_nobody_resembles(client, world):
    committee, secretary, _firms = world
    strangers = [row(f"{name} Ltd") for name in ("Aral", "Balkash", "Caspi", "Dunay")]
    made = compared(committee, csv_of(members(*strangers, row("Beichen Copper Group"))), by=secretary, on=NOVEMBER)
    assert "All 4 undecided rows that resemble nobody" in text(client.get(made.get_absolute_url()))
    send(client, made, check="1", **{"row-5": "out", "strangers": "new"})
    made.refresh_from_db()
    assert made.choices == {"5": "out", "6": "new", "7": "new", "8": "new"}
    assert counts(made) == {"unchanged": 3, "unknown": 2, "joined": 3}


def test_an_answer_can_be_taken_back(client, world):
    committee, secretary, _firms = world
    made = compared(committee, csv_of(members(row("Nobody Ltd"), row("Else Ltd"))), by=secretary, on=NOVEMBER)
    send(client, made, check="1", **{"row-5": "out"})
    made.refresh_from_db()
    other = OrganisationFactory.create()
    send(client, made, check="1", **{"row-5": "", "other-5": str(other.pk)})
    made.refresh_from_db()
    assert made.choices == {"5": str(other.pk)}
