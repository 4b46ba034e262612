"""How the inbox is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.notifications import kinds
from temp_portal.notifications.models import Delivery


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, str(kind.label)) for kind in kinds.every()]


class InboxFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="notification__kind", choices=_kinds)
    unread = django_filters.BooleanFilter(label=_("Unread only"), method="only_unread")

    def only_unread(self, deliveries: QuerySet[Delivery], _name: str, wanted: bool) -> QuerySet[Delivery]:
        return deliveries.filter(read_at__isnull=wanted)
