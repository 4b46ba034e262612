"""Who owns the members of a committee, on any day: what the bars, their keys and the composition rules count.

Counted are voting seats by the group of the ownership that was verified for the day. Collective enterprises, other
organisations, unverified members and observers stand outside the percentages (domain brief §2), as in the reports.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, SeatPeriod
from committees.querysets import CommitteeQuerySet
from members.enums import COUNTED_GROUPS, OwnershipGroup
from members.models import Organisation

OBSERVER: Final = "observer"
OUTSIDE: Final[dict[str, str | Promise]] = {
    OwnershipGroup.COLLECTIVE: OwnershipGroup.COLLECTIVE.label,
    OwnershipGroup.NON_ENTERPRISE: OwnershipGroup.NON_ENTERPRISE.label,
    OwnershipGroup.UNVERIFIED: OwnershipGroup.UNVERIFIED.label,
    OBSERVER: _("Observers"),
}


@dataclass(frozen=True)
class Composition:
    """Members by ownership group, and by what stands outside the percentages."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """The denominator of all percentages: verified enterprises with a vote."""
        return sum(self.counts.get(group, 0) for group in COUNTED_GROUPS)

    @property
    def groups(self) -> list[tuple[str, str | Promise, int]]:
        """(key, label, number) of the four groups in their order, zeros included."""
        return [(group.value, group.label, self.counts.get(group, 0)) for group in COUNTED_GROUPS]

    @property
    def outside(self) -> list[tuple[str, str | Promise, int]]:
        """(key, label, number) of what is not counted, without zeros."""
        return [(key, label, number) for key, label in OUTSIDE.items() if (number := self.counts.get(key, 0))]

    @property
    def total(self) -> int:
        """All members, counted or not."""
        return sum(self.counts.values())

    def plus(self, key: str) -> "Composition":
        """The composition with one more member of a group, or of those outside."""
        return Composition({**self.counts, key: self.counts.get(key, 0) + 1})

    def share(self, group: str) -> Fraction:
        """The exact share of a group among those counted; 0 when nobody is."""
        return Fraction(self.counts.get(group, 0), self.counted) if self.counted else Fraction(0)


@dataclass(frozen=True, slots=True)
class Effect:
    """A group before and after an admission: numbers, and shares of those counted (None outside)."""

    group: str
    label: str | Promise
    before: int
    after: int
    share_before: Fraction | None = None
    share_after: Fraction | None = None

    @property
    def changes(self) -> bool:
        return self.before != self.after


def effect(before: Composition, key: str) -> list[Effect]:
    """What one more member of a group (or of `OUTSIDE`) does: the four groups, then what stands outside, if anybody."""
    after = before.plus(key)
    counted = [
        Effect(code, label, number, after.counts.get(code, 0), before.share(code), after.share(code))
        for code, label, number in before.groups
    ]
    outside = [Effect(code, label, before.counts.get(code, 0), number) for code, label, number in after.outside]
    return [*counted, *outside]


def composition_of(committee: Committee, day: date) -> Composition:
    """The composition of one committee on `day`, by present knowledge. One query."""
    return compositions([committee.pk], day)[committee.pk]


def compositions(committees: Iterable[int] | CommitteeQuerySet, day: date) -> dict[int, Composition]:
    """The composition of each of these committees (ids, or a queryset of at most some thousands). One query."""
    ids = list(committees.values_list("pk", flat=True)) if isinstance(committees, CommitteeQuerySet) else [*committees]
    rows = (
        SeatPeriod.objects.current()
        .on(day)
        .filter(seat__committee__in=ids)
        .with_ownership(day)
        .values("seat__committee_id", "voting", "ownership_group")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for row in rows:
        own = counts[row["seat__committee_id"]]
        key = row["ownership_group"] if row["voting"] else OBSERVER
        own[key] = own.get(key, 0) + row["number"]
    return {pk: Composition(own) for pk, own in counts.items()}


def composition_of_all(committees: CommitteeQuerySet, day: date) -> Composition:
    """Distinct organisations that sit in any of the committees on `day`, each counted once. One query.

    Whoever has a vote somewhere is no observer here. A merged record counts where the remaining one does not sit.
    """
    sitting = SeatPeriod.objects.current().on(day).filter(seat__committee__in=committees)
    of_remaining = sitting.filter(seat__organisation=OuterRef("merged_into"))
    doubles = Organisation.objects.filter(Exists(of_remaining), merged_into__isnull=False)
    organisations = (
        sitting.exclude(seat__organisation__in=doubles)
        .with_ownership(day)
        .values("seat__organisation_id", "ownership_group")
        .annotate(votes=BoolOr("voting"))
    )
    voting: dict[str, Any] = {
        group.value: Count("ownership_group", filter=Q(ownership_group=group, votes=True)) for group in OwnershipGroup
    }
    return Composition(organisations.aggregate(**voting, observer=Count("ownership_group", filter=Q(votes=False))))
