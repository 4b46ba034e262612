"""Notices to an account, and the names that stand in the texts of notices and mails."""

from django.utils.translation import gettext_lazy as _

from temp_portal.audit.holdings import Trace, holding, trace
from temp_portal.audit.wiping import counter, wiper
from temp_portal.notifications.models import Delivery, LocalMail, MailOptOut, Notification

MAIL = ("to", "subject", "text", "html")

holding(Delivery, user=["recipient"], fields=["notification", "channel", "sent_at", "read_at"], deleted=True)
holding(MailOptOut, user=["user"], fields=["kind"], deleted=True)

trace(Trace(_("texts of notices"), counter(Notification, "context"), wiper(Notification, "context")))
trace(Trace(_("mails kept on this machine"), counter(LocalMail, *MAIL), wiper(LocalMail, *MAIL)))
