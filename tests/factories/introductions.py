from datetime import date
from itertools import pairwise
from typing import Any

from committees.models import Committee
from members.models import Organisation
from projects.introductions.enums import WAY, Step
from projects.introductions.models import Entrepreneur, Introduction
from projects.introductions.workflows import entrepreneurs, introductions
from temp_portal.accounts.models import User

FIRST_DAY = date(2026, 1, 5)


def introduced(
    *,
    by: User,
    committee: Committee | None = None,
    district: Organisation | None = None,
    entrepreneur: Entrepreneur | None = None,
    on: date = FIRST_DAY,
    **fields: Any,
) -> Introduction:
    """An introduction by the committee, made through the workflow."""
    somebody = entrepreneur or entrepreneurs.enter(by=by, name="Lin Haoran", field_of_work="foil")
    where = {"district": district} if district else {"district_name": "Longhe"}
    made = Introduction(entrepreneur=somebody, committee=committee, created_by=by, **where, **fields)
    if not any((made.by_person_id, made.by_organisation_id, made.by_committee_id)):
        made.by_committee = committee
    return introductions.introduce(made, by=by, effective_on=on)


def walked(introduction: Introduction, to: Step, *, by: User, days: list[date]) -> Introduction:
    """The introduction moved step by step up to `to`, one day of `days` each."""
    way = list(pairwise(WAY[: WAY.index(to) + 1]))
    for (_before, step), day in zip(way, days, strict=True):
        if step == Step.LANDED:
            introduction = introductions.land(
                introduction, by=by, effective_on=day, landed_by="production", evidence="Protocol 1"
            )
        else:
            introduction = introductions.move(introduction, f"to_{step.value}", by=by, effective_on=day)
    return introduction
