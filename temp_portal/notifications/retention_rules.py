from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.retention import YEAR, rule
from temp_portal.notifications.enums import Channel, DeliveryState
from temp_portal.notifications.models import Delivery, LocalMail

LOGS = _("Logs: twelve months.")


@rule("mails", label=_("Record of mails that were sent"), kept=YEAR, source=LOGS)
def mails(before: datetime) -> "QuerySet[Any]":
    return Delivery.objects.filter(channel=Channel.MAIL, state=DeliveryState.SENT, sent_at__lt=before)


@rule("local-mails", label=_("Mails kept on this machine"), kept=YEAR, source=LOGS)
def local_mails(before: datetime) -> "QuerySet[Any]":
    return LocalMail.objects.filter(sent_at__lt=before)
