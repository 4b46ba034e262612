"""Which organisations stand together: under one parent, or under one private controller."""

from collections.abc import Collection, Iterable
from typing import Final

from django.utils import timezone

from members.enums import OwnershipType
from members.models import Organisation, Ownership

#: Parents of parents that are followed, against a circle in the records.
DEPTH: Final = 10
#: A state body owns firms that have nothing else to do with each other, so for them the parent alone counts.
STATE_OWNED: Final = (OwnershipType.CENTRAL_SOE, OwnershipType.LOCAL_SOE)


def in_one_group(organisation: Organisation, others: Collection[int]) -> set[int]:
    """Those of `others` (ids) that are the organisation itself or belong to its group, as far as is on record."""
    if not others:
        return set()
    own = _family(organisation)
    controllers = _controllers({organisation.pk, *others})
    theirs = controllers.get(organisation.pk, set())
    return {each for each in others if each in own or theirs & controllers.get(each, set())}


def _family(organisation: Organisation) -> set[int]:
    """Everything under the topmost parent, records merged into one another included."""
    top = _top(organisation)
    found, level = {organisation.pk, top}, {top}
    for _depth in range(DEPTH):
        level = _merged(level) | set(Organisation.objects.filter(parent__in=level).values_list("pk", flat=True))
        level -= found
        if not level:
            break
        found |= level
    return found | _merged(found)


def _top(organisation: Organisation) -> int:
    top, parent = organisation.pk, organisation.parent_id
    for _depth in range(DEPTH):
        if parent is None:
            break
        top, parent = parent, Organisation.objects.filter(pk=parent).values_list("parent_id", flat=True).first()
    return top


def _merged(ids: Iterable[int]) -> set[int]:
    """The records that remain of these, and those that were merged into them."""
    rows = Organisation.objects.filter(pk__in=ids) | Organisation.objects.filter(merged_into__in=ids)
    pairs = rows.values_list("pk", "merged_into_id")
    return {each for pair in pairs for each in pair if each is not None}


def _controllers(ids: Collection[int]) -> dict[int, set[str]]:
    """Today's private controllers by organisation, in a form that is the same however they were typed."""
    facts = Ownership.objects.current().on(timezone.localdate()).filter(organisation__in=ids)
    found: dict[int, set[str]] = {}
    for pk, name in facts.exclude(type__in=STATE_OWNED).values_list("organisation_id", "controller"):
        if folded := " ".join(name.casefold().split()):
            found.setdefault(pk, set()).add(folded)
    return found
