"""Members whose ownership changed hands while their functional role still follows from the group before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from committees.enums import ROLE_OF_GROUP, FunctionalRole
from committees.models import Committee, SeatPeriod
from members.models import Ownership
from temp_portal.core.db import first_day


@dataclass(frozen=True, slots=True)
class Proposal:
    """The role that would follow from the new ownership, from `day`; a proposal, which the committee may decline."""

    period: SeatPeriod
    ownership: Ownership
    role: FunctionalRole
    day: date


def role_proposals(committee: Committee) -> list[Proposal]:
    """For members whose role was the default of the group before. A role that was chosen is left alone. Two queries."""
    today = timezone.localdate()
    rows = (
        SeatPeriod.objects.of(committee).on(today).select_related("seat__organisation__merged_into", "seat__committee")
    )
    periods = list(rows.order_by("seat__organisation__legal_name", "seat"))
    facts: dict[int, list[Ownership]] = {}
    known = Ownership.objects.current().verified().filter(organisation__in=[each.organisation.pk for each in periods])
    for fact in known.order_by("valid"):
        facts.setdefault(fact.organisation_id, []).append(fact)
    found = (_proposal(period, facts.get(period.organisation.pk, []), today) for period in periods)
    return [each for each in found if each is not None]


def _proposal(period: SeatPeriod, facts: Iterable[Ownership], today: date) -> Proposal | None:
    """The last two groups decide: the role of the one before is the seat's, and that of today's differs."""
    past = [fact for fact in facts if first_day(fact.valid) <= today]
    now = past[-1] if past else None
    if now is None or today not in now.valid:
        return None
    before = next((fact for fact in reversed(past) if fact.group != now.group), None)
    role = ROLE_OF_GROUP.get(now.group, FunctionalRole.NONE)
    if before is None or period.functional_role == role:
        return None
    if period.functional_role != ROLE_OF_GROUP.get(before.group, FunctionalRole.NONE):
        return None
    return Proposal(period, now, role, max(first_day(now.valid), first_day(period.valid)))
