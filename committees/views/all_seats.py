"""The rosters of all committees in one list, for the Secretariat."""

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

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        day, visible = AsOf.parse(self.request.GET).day, SeatPeriod.objects.visible_to(self.request.user)
        rows: QuerySet[SeatPeriod] = visible.current().with_roster(day)
        return rows
