"""The rosters of all committees in one list, for the Secretariat."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from committees.as_of import AsOf
from committees.columns.seats import ALL_SEATS
from committees.filters.seats import RosterFilter
from committees.models import SeatPeriod
from temp_portal.core.lists import Empty, ListView


class AllSeats(ListView[SeatPeriod]):
    """Who sits where on the day of `?as_of=`, what was recorded last first."""

    title = gettext_lazy("Seats of all committees")
    rule = "committees.view_all_seats"
    columns = ALL_SEATS
    filterset_class = RosterFilter
    search_field = "seat__organisation__search_key"
    row_label = "seat"
    empty = Empty(gettext_lazy("Nobody sits in any committee on this day."))

    @cached_property
    def day(self) -> date:
        return AsOf.parse(self.request.GET).day

    def get_found(self) -> QuerySet[SeatPeriod]:
        rows: QuerySet[SeatPeriod] = SeatPeriod.objects.visible_to(self.request.user).current()
        return rows

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        found: Any = self.get_found()
        rows: QuerySet[SeatPeriod] = found.with_roster(self.day)
        return rows

    def get_read(self) -> QuerySet[SeatPeriod]:
        rows: QuerySet[SeatPeriod] = SeatPeriod.objects.with_roster(self.day)
        return rows

    def get_read_key(self) -> date:
        return self.day
