"""The outbox: one row per event, narrow rows per recipient and channel, both written with what they tell about."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import ClockTimestamp
from temp_portal.notifications.enums import Channel, DeliveryState
from temp_portal.notifications.querysets import DeliveryQuerySet


class Notification(models.Model):
    """One event worth telling. The context is frozen: the notice says what was true when it was written."""

    kind = models.CharField(_("kind"), max_length=60)
    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_id = models.BigIntegerField(_("record"))
    context = models.JSONField(_("context"), default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(_("key"), max_length=200, unique=True, null=True, editable=False)
    token = models.UUIDField(_("token"), default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="notification_subject")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject_type} {self.subject_id}"


class Delivery(models.Model):
    """One notice for one person by one channel.

    In the inbox a row is delivered by being there. A mail is taken by moving `due_at` into the future, which is at once
    the sender's lease and the time of the next attempt.
    """

    # Without constraints in the database: both keys come out of the very statement that writes the row, and checking
    # them again row by row takes three fifths of the time of a notice to 100,000. Deletion cascades in Django.
    notification = models.ForeignKey(
        Notification,
        models.CASCADE,
        related_name="deliveries",
        db_index=False,
        db_constraint=False,
        verbose_name=_("notice"),
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("recipient"),
    )
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    state = models.CharField(_("state"), max_length=7, choices=DeliveryState)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), db_default=0)
    error = models.TextField(_("last error"), db_default="", blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notification", "recipient", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.PENDING, due_at__isnull=False)
                | (~Q(state=DeliveryState.PENDING) & Q(due_at__isnull=True)),
                name="delivery_due_while_pending",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(channel=Channel.INBOX), name="delivery_read_in_inbox"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "id"], condition=Q(channel=Channel.INBOX), name="delivery_inbox"),
            models.Index(
                fields=["recipient"],
                condition=Q(channel=Channel.INBOX, read_at__isnull=True),
                name="delivery_unread",
            ),
            models.Index(fields=["due_at", "id"], condition=Q(state=DeliveryState.PENDING), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} → {self.recipient_id} ({self.channel})"


class MailOptOut(models.Model):
    """A kind of notice that a person does not want by mail. It still comes to the inbox."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_opt_outs", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=60)

    class Meta:
        verbose_name = _("mail switched off")
        verbose_name_plural = _("mails switched off")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_opt_out_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class LocalMail(models.Model):
    """A mail kept on this machine instead of being sent, where no mail server is configured (`mailbox.py`)."""

    sent_at = models.DateTimeField(_("sent at"), db_default=ClockTimestamp(), editable=False)
    sender = models.CharField(_("from"), max_length=320)
    to = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)

    class Meta:
        verbose_name = _("mail in the local mailbox")
        verbose_name_plural = _("mails in the local mailbox")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
