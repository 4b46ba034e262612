"""What committees show on the public front page: how many, who takes part, whose they are, the cards by sector."""

from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.cards import by_sector
from committees.composition import Composition, composition_of_all
from committees.enums import ONGOING_STATES, PREPARING_STATES, WORKING_STATES, CommitteeState
from committees.models import Committee
from committees.querysets import CommitteeQuerySet
from members.enums import COUNTED_GROUPS
from temp_portal.audit.models import Transition
from temp_portal.core.dashboard import Block, Contribution, Figure, register
from temp_portal.core.markup import number

#: Cards of one sector before "all of this sector".
CARDS: Final = 9
SECONDS: Final = 60


def collect(request: HttpRequest, day: date) -> Contribution:
    """Figures and blocks as a visitor may see them. Five queries, whatever the number of committees."""
    public = Committee.objects.visible_to(AnonymousUser())
    ongoing = public.filter(state__in=ONGOING_STATES)
    together = _together(day)
    numbers = public.aggregate(
        active=Count("pk", filter=Q(state__in=WORKING_STATES)),
        preparing=Count("pk", filter=Q(state__in=PREPARING_STATES)),
    )
    hero = {"composition": together, "urls": member_urls()}
    sectors = {
        "sectors": by_sector(_first_of_each_sector(ongoing), day),
        "may_create": request.user.has_perm("committees.create_committee"),
    }
    return Contribution(
        figures=[_active(**numbers), _taking_part(together)],
        blocks=[
            Block("hero", 10, "committees/front/ownership.html", hero),
            Block("section", 10, "committees/front/sectors.html", sectors),
            Block("section", 90, "committees/front/joining.html"),
        ],
    )


def _together(day: date) -> Composition:
    """Everybody who takes part. Counting a million seats takes seconds, so the answer is kept for a moment: as long as
    nothing is decided, and no longer than SECONDS, after which newly verified ownerships count too.
    """
    last = Transition.objects.order_by("-pk").values_list("pk", flat=True).first()
    counts = cache.get_or_set(
        f"committees.together:{day}:{last}",
        lambda: composition_of_all(Committee.objects.visible_to(AnonymousUser()), day).counts,
        SECONDS,
    )
    return Composition(counts or {})


def member_urls() -> dict[str, str]:
    """Address of the members of each ownership group, for the keys of bars over the whole platform."""
    page = reverse("committees:members")
    return {group.value: f"{page}?ownership={group.value}" for group in COUNTED_GROUPS}


def _active(active: int, preparing: int) -> Figure:
    states = "&".join(f"state={state.value}" for state in WORKING_STATES)
    note = ngettext("and %(count)s preparing", "and %(count)s preparing", preparing) % {"count": number(preparing)}
    return Figure(
        _("Committees active"),
        number(active),
        note=note if preparing else "",
        url=f"{reverse('committees:catalogue')}?{states}",
    )


def _taking_part(together: Composition) -> Figure:
    groups = "&".join(f"ownership={group.value}" for group in COUNTED_GROUPS)
    return Figure(
        _("Enterprises taking part"), number(together.counted), url=f"{reverse('committees:members')}?{groups}"
    )


def _first_of_each_sector(committees: CommitteeQuerySet) -> CommitteeQuerySet:
    """At most CARDS committees a sector, the working ones first, each with `in_sector`."""
    working = Case(When(state=CommitteeState.ACTIVE, then=Value(0)), default=Value(1))
    return (
        committees.with_catalogue()
        .annotate(
            place=Window(RowNumber(), partition_by="sector", order_by=[working, F("slug")]),
            in_sector=Window(Count("pk"), partition_by="sector"),
        )
        .filter(place__lte=CARDS)
        .order_by("sector_rank", "place")
    )


register("committees", collect)
