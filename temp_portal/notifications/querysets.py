"""Every question asked of notices and their deliveries."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from temp_portal.notifications.enums import Channel, DeliveryState


class DeliveryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The user's own inbox: nobody reads another's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient_id=user.pk, channel=Channel.INBOX)

    def unread(self) -> Self:
        return self.filter(channel=Channel.INBOX, read_at__isnull=True)

    def with_unread(self) -> Self:
        """Adds `is_unread`, to order by."""
        return self.annotate(is_unread=models.ExpressionWrapper(Q(read_at__isnull=True), models.BooleanField()))

    def mails(self) -> Self:
        return self.filter(channel=Channel.MAIL)

    def due(self) -> Self:
        """Mails that anybody may take now, the longest waiting first."""
        waiting = self.mails().filter(state=DeliveryState.PENDING, due_at__lte=timezone.now())
        return waiting.order_by("due_at", "pk")
